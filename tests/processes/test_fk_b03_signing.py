"""Who signs an application: the head, the sole trader, the holder of a power of attorney."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from engine.commands import CompleteTask, PrepareSignature, StartProcessInstance, UploadDocument
from engine.completion_check import CompletionRefused
from engine.errors import InvalidSubmission, SignatureRefused
from engine.queries.documents import SignatureRow
from engine.signatures import oids
from engine.signatures.signing import sign_detached
from tests.processes.fk_b03 import SOLE_TRADER, START, SYSTEM, Office
from tests.support.files import pdf

HEAD_AND_TRADER = "employer-6"
IIN, LLP, ANOTHER_LLP = "830701390019", "150140003017", "150140000052"
POWER = {
    "filing_ground": "power_of_attorney",
    "power_holder": "Демо Өкіл",
    "power_holder_iin": IIN,
    "power_number": "7",
    "power_date": "2026-01-10",
    "power_until": "2026-04-30",
}
SEND = {"sending": "send"}


def filled_in(office: Office, bin: str) -> str:
    case = office.start(HEAD_AND_TRADER, bin=bin)
    office.do(case, "fill_details")
    office.do(case, "fill_application", places=1)
    return case


def signature_of(office: Office, case: str) -> SignatureRow:
    """Over the application: the request for the check was signed before it."""
    _, signature = sorted(
        (
            signature
            for document in office.queries.instance(SYSTEM, case).documents
            for signature in document.signatures
        ),
        key=lambda signature: signature.signed_at,
    )
    return signature


@pytest.mark.parametrize(("party", "bin"), [(IIN, None), (LLP, LLP)])
def test_who_heads_an_enterprise_and_is_a_sole_trader_signs_as_the_one_who_files(
    office: Office, party: str, bin: str | None
) -> None:
    case = filled_in(office, party)
    office.do(case, "sign_application", HEAD_AND_TRADER)
    signer = signature_of(office, case).evidence["signer"]
    assert (signer["iin"], signer["bin"]) == (IIN, bin)
    assert office.outcome(case) == ("active", "under_review")


@pytest.mark.parametrize(("party", "key"), [(IIN, LLP), (LLP, None)])
def test_not_with_the_key_of_the_other(office: Office, party: str, key: str | None) -> None:
    case = filled_in(office, party)
    with pytest.raises(SignatureRefused) as refused:
        sign(office, case, office.authority.issue("Демо", IIN, key))
    assert refused.value.check == "organisation"


def by_power(office: Office, **changes: object) -> str:
    """An application to be signed, filed by the holder of a power of attorney."""
    actor = office.person(HEAD_AND_TRADER).actor
    upload = UploadDocument("power_document", "power.pdf", pdf(), process_id="fk_b03")
    copy = office.engine.execute(upload, actor).upload_id
    values: dict[str, Any] = {"bin": LLP, **POWER, "power_document": copy, **changes}
    case = office.start(HEAD_AND_TRADER, **values)
    office.do(case, "fill_details")
    office.do(case, "fill_application", places=1)
    return case


def sign(office: Office, case: str, key: Any, **limits: Any) -> None:
    person, task = office.task(case, "sign_application", HEAD_AND_TRADER)
    actor = office.person(person.id, **limits).actor
    prepared = office.engine.execute(PrepareSignature(task.id), actor)
    content = office.engine.document_content(prepared.document_id)
    cms = sign_detached(key.private_key, key.certificate, content, key.issuing)
    office.engine.execute(CompleteTask(task.id, SEND, cms, prepared.nonce), actor)


@pytest.mark.parametrize(
    ("bin", "roles"),
    [
        (None, None),
        (LLP, (oids.ORGANISATION, oids.EMPLOYEE)),
        (ANOTHER_LLP, (oids.ORGANISATION, oids.EMPLOYEE)),
        (ANOTHER_LLP, ()),
    ],
)
def test_a_representative_signs_with_whichever_key_is_theirs(
    office: Office, bin: str | None, roles: tuple[str, ...] | None
) -> None:
    case = by_power(office)
    sign(office, case, office.authority.issue("Демо Өкіл", IIN, bin, roles))
    evidence = signature_of(office, case).evidence
    assert evidence["signer"]["iin"] == IIN
    assert not {"organisation", "role"} & set(evidence["checks"])
    office.work()
    assert office.outcome(case) == ("active", "under_review")


def test_not_with_the_key_of_somebody_else(office: Office) -> None:
    case = by_power(office)
    with pytest.raises(SignatureRefused) as refused:
        sign(office, case, office.authority.issue("Демо Басқа", "900101300037", LLP))
    assert refused.value.check == "signer"


def test_the_head_signs_as_ever_although_another_may(office: Office) -> None:
    case = by_power(office, power_holder_iin="900101300017")
    with pytest.raises(SignatureRefused) as refused:
        sign(office, case, office.authority.issue("Демо", IIN))
    assert refused.value.check == "organisation"
    office.do(case, "sign_application", HEAD_AND_TRADER)
    assert signature_of(office, case).evidence["signer"]["bin"] == LLP


def test_the_power_must_be_in_force_on_the_day_of_signing(office: Office) -> None:
    case = by_power(office, power_until="2026-03-03")
    office.clock.advance(seconds=timedelta(days=3).total_seconds())
    with pytest.raises(CompletionRefused, match="03.03.2026"):
        sign(office, case, office.authority.issue("Демо Өкіл", IIN))


def test_the_copy_of_the_power_is_required(office: Office) -> None:
    actor = office.person(HEAD_AND_TRADER).actor
    values = {**START, "bin": LLP, **POWER}
    with pytest.raises(InvalidSubmission) as refused:
        office.engine.execute(StartProcessInstance("fk_b03", values), actor)
    assert set(refused.value.fields) == {"power_document"}


def test_the_specialist_is_told_to_look_at_it(office: Office) -> None:
    case = by_power(office)
    sign(office, case, office.authority.issue("Демо Өкіл", IIN))
    notes: Any = office.queries.instance(SYSTEM, case).variables["case_notes"]
    assert any(note["text"]["en"].startswith("The specialist looks at the copy") for note in notes)


def test_what_waits_to_be_signed(office: Office) -> None:
    first, second = by_power(office), filled_in(office, IIN)
    office.start(HEAD_AND_TRADER, bin=LLP)
    actor = office.person(HEAD_AND_TRADER).actor
    rows = office.queries.tasks_to_sign(actor)
    assert [row.instance_id for row in rows] == [first, second]
    assert [row.instance_id for row in office.queries.tasks_to_sign(actor, limit=1)] == [first]
    assert office.queries.tasks_to_sign(office.person("employer-1").actor) == ()


def test_it_is_not_sent_without_a_signature_nor_with_anothers(office: Office) -> None:
    case = office.start()
    office.walk(case, "fill_details", "fill_application")
    person, task = office.task(case, "sign_application")
    with pytest.raises(SignatureRefused) as refused:
        office.engine.execute(CompleteTask(task.id, {"sending": "send"}), person.actor)
    assert refused.value.check == "presence"
    stranger = office.person("employer-1", iin="900101300037")
    command = office.signed(stranger, task.id, {"sending": "send"})
    with pytest.raises(SignatureRefused) as refused:
        office.engine.execute(command, person.actor)
    assert refused.value.check == "signer"
    assert set(refused.value.messages) == {"kk", "ru", "en"}
    assert office.open(case) == ["sign_application"]


def test_a_signature_cannot_be_sent_twice(office: Office) -> None:
    first, second = office.start(), office.start()
    for case in (first, second):
        office.walk(case, "fill_details")
    office.do(first, "fill_application", profession="cashier")
    office.do(second, "fill_application", profession="storekeeper")
    person, task = office.task(first, "sign_application")
    command = office.signed(person, task.id, {"sending": "send"})
    office.engine.execute(command, person.actor)
    _person, other = office.task(second, "sign_application")
    with pytest.raises(SignatureRefused) as refused:
        office.engine.execute(replace(command, task_id=other.id), person.actor)
    assert refused.value.check == "nonce"


def test_a_sole_trader_signs_with_a_certificate_without_a_bin(office: Office) -> None:
    case = office.start("employer-2", bin=SOLE_TRADER)
    office.do(case, "fill_details")
    office.do(case, "fill_application", measure="SW", places=1)
    office.do(case, "sign_application")
    assert office.outcome(case) == ("active", "under_review")
