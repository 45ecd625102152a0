"""The contract as the director, the specialist and the employer meet it (rows 3.4 to 5.1)."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import expect

from tests.browser.served import Served, done, status
from tests.browser.visit import NARROW, WIDE, Visit, shows

pytestmark = pytest.mark.browser

LANGUAGES = ("kk", "ru")


def two_in_one(office: Served) -> tuple[str, str, str]:
    """Two approved applications (three places and one), and their contract, ready to be signed."""
    first = office.approved_for(places=3)
    second = office.approved_for()
    contract = office.contracts()[-1]
    office.do(contract, "complete_contract")
    return first, second, contract


def number(office: Served, instance_id: str) -> str:
    key = office.row(instance_id).business_key
    assert isinstance(key, str)
    return key


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_sides_sign_one_contract_of_several_applications(
    office: Served, sit: Callable[[str, str], Visit], language: str
) -> None:
    first, second, contract = two_in_one(office)
    director = sit("director-1", language)
    director.go(office.task_path(contract, "sign_for_customer"))
    for case in (first, second):
        shows(director.page.get_by_role("rowheader", name=number(office, case)))
    names = [office.profession(case)[language] for case in (first, second)]
    by_profession = f"{names[0]} – 3; {names[1]} – 1"
    shows(director.page.get_by_text(by_profession))
    shows(director.page.get_by_text("1 080 000"))
    shows(director.page.get_by_text(director.says("Nobody yet: yours is the first signature.")))
    shown_hash = director.page.locator("section[aria-labelledby=paper-title] .q-hash").first
    paper = document_of(office, contract)
    expect(shown_hash).to_have_text(hashlib.sha256(paper).hexdigest())
    director.examine("contract-director")
    director.fill("director", {"director_decision": "sign"})
    director.press("Continue")
    director.press("Sign with a demo key")
    shows(done(director))
    office.work()

    employer = sit("employer-1", language)
    page = f"/cabinet/applications/{first}"
    employer.go(page)
    shows(employer.standing(status("contract_signing", language)))
    shows(employer.page.locator(".q-action .q-due"))
    employer.page.locator(".q-action").get_by_role("link").click()
    signed = employer.page.get_by_text(office.person("director-1").names[language])
    shows(signed)
    trusted = employer.says(
        "The signature belongs to this document, the certificate to the signer, "
        "and a trusted authority issued it."
    )
    paper_shown = employer.page.locator("section[aria-labelledby=paper-title]")
    shows(paper_shown.locator("details").get_by_text(trusted))
    for width in (NARROW, WIDE):
        employer.resize(width)
        employer.examine("contract-employer")
        expect(employer.page.locator("iframe.q-paper")).to_be_visible(visible=width == WIDE)
        shows(employer.link(employer.says("Download")))
    employer.fill("employer_contract", {"employer_decision": "sign"})
    employer.press("Continue")
    employer.press("Sign with a demo key")
    shows(done(employer))
    office.work()

    for case, other in ((first, second), (second, first)):
        employer.go(f"/cabinet/applications/{case}")
        shows(employer.standing(status("contract_concluded", language)))
        shows(employer.link(number(office, other)))
    with employer.page.expect_download() as begun:
        employer.link(employer.says("Contract with both signatures (ZIP)")).click()
    packed = zipfile.ZipFile(BytesIO(begun.value.path().read_bytes()))
    assert packed.read(packed.namelist()[0]) == paper
    assert [name.rpartition(".pdf")[2] for name in packed.namelist()] == ["", ".1.p7s", ".2.p7s"]
    employer.link(number(office, contract)).click()
    shows(employer.heading(f"№ {number(office, contract)}"))
    employer.examine("contract-concluded")
    employer.link(number(office, first)).click()
    shows(employer.heading(f"№ {number(office, first)}"))


def document_of(office: Served, contract: str) -> bytes:
    """The bytes that are signed."""
    reference = office.queries.instance(office.person("director-1").actor, contract).variables[
        "contract_document"
    ]
    assert isinstance(reference, dict)
    content: bytes = office.engine.document_content(reference["document"])
    return content


def test_the_director_sends_it_back_and_sees_what_was_changed(
    office: Served, sit: Callable[[str, str], Visit]
) -> None:
    """A round in each language."""
    office.approved_for()
    contract = office.contracts()[-1]
    office.do(contract, "complete_contract")
    sums = ("1 080 000", "900 000", "800 000")
    for number_, language in enumerate(LANGUAGES):
        director, specialist = sit("director-1", language), sit("specialist-1", language)
        reason = f"{number_}: сомасы қате / неверная сумма"
        director.go(office.task_path(contract, "sign_for_customer"))
        director.fill("director", {"director_decision": "return"})
        director.press("Continue")
        shows(director.summary())
        director.fill("director", {"director_comment": reason})
        director.press("Continue")
        shows(done(director))
        office.work()

        specialist.go(office.task_path(contract, "complete_contract"))
        told = specialist.page.locator(".q-remark").first
        shows(told.get_by_text(reason))
        shows(told.get_by_text(office.person("director-1").names[language]))
        shows(told.get_by_text(specialist.says("Nothing was changed since.")))
        specialist.examine("contract-sent-back")
        specialist.fill("contract", {"contract_sum": sums[number_ + 1]})
        specialist.press()
        shows(done(specialist))
        office.work()

        director.go(office.task_path(contract, "sign_for_customer"))
        changed = director.page.locator(".q-remark dl").first
        shows(changed.get_by_text(sums[number_]))
        shows(changed.get_by_text(sums[number_ + 1]))
        expect(director.page.locator(".q-remark")).to_have_count(number_ + 1)
        expect(director.page.locator("input[name=director_decision]:checked")).to_have_count(0)
        expect(director.page.locator("#field-director_comment")).to_have_value("")
        director.resize(NARROW)
        director.look("contract-changed")
    office.walk(contract, "sign_for_customer")
    employer = sit("employer-1", "ru")
    employer.go(office.task_path(contract, "sign_for_contractor"))
    expect(employer.page.get_by_text("неверная сумма"), "it is between the staff").to_have_count(0)
    office.do(contract, "sign_for_contractor")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_employer_declines_and_all_its_applications_end(
    office: Served, sit: Callable[[str, str], Visit], language: str
) -> None:
    before = taken(office)
    first, second, contract = two_in_one(office)
    office.walk(contract, "sign_for_customer")
    assert taken(office) == before + 4
    employer = sit("employer-1", language)
    employer.go(office.task_path(contract, "sign_for_contractor"))
    group = employer.page.get_by_role("group").filter(has=employer.page.get_by_role("radio"))
    meaning = {"kk": "оған кірген барлық өтінім жабылады", "ru": "все заявки в нём закроются"}
    shows(group.get_by_text(meaning[language]))
    employer.fill("employer_contract", {"employer_decision": "decline"})
    employer.press("Continue")
    shows(employer.summary())
    employer.fill("employer_contract", {"decline_reason": "Жоспар өзгерді"})
    employer.press("Continue")
    shows(done(employer))
    office.work()
    for case in (first, second):
        employer.go(f"/cabinet/applications/{case}")
        shows(employer.standing(status("contract_declined", language)))
        shows(employer.page.get_by_text("Жоспар өзгерді"))
    employer.examine("contract-declined")
    assert taken(office) == before


def taken(office: Served) -> int:
    """How many places the enterprise holds, as a new application is told."""
    case = office.start()
    found = office.queries.instance(office.person("employer-1").actor, case).variables
    offered = found["places_offered"]
    assert isinstance(offered, dict)
    return int(offered["taken"])
