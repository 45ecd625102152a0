"""Documents as people list them: their names, what made them, and whose signature is on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, TypedDict

import pytest

from engine.commands import CompleteTask, PrepareSignature, UploadDocument
from engine.errors import NotAllowed
from engine.external_task import Document
from engine.identity import Actor
from engine.queries.documents import DocumentRef
from engine.signatures import Expectation
from tests.support.diagrams import (
    Element,
    end_event,
    path,
    process,
    service_task,
    start_event,
    user_task,
)
from tests.support.files import pdf
from tests.support.house import OPERATOR, House, person

IIN = "900101300037"
NAMES = {
    "paper": {"kk": "Өтінім", "ru": "Заявка", "en": "Application"},
    "paper_again": {"kk": "Қайта өтінім", "ru": "Повторная заявка", "en": "Second application"},
}
LABEL = {"kk": "Қосымша", "ru": "Приложение", "en": "Attachment"}
FORM = {
    "type": "object",
    "x-title": LABEL,
    "properties": {"proof": {"type": "string", "format": "document", "x-label": LABEL}},
}
FILES = {
    "p/documents.json": json.dumps({"documents": NAMES}).encode(),
    "p/forms/proof.json": json.dumps(FORM).encode(),
}
STEP = {"kk": "Жасау", "ru": "Сделать", "en": "Make"}
STAFF = person("aigul", "staff", units=frozenset({"almaty"}))
COLLEAGUE = person("erlan", "employer", parties=frozenset({"150140000012"}))
EMPLOYER = person("dana", "employer", parties=frozenset({"150140000012"}))


class Paper(TypedDict):
    paper: Document


class Papers(TypedDict):
    paper: Document
    unnamed: Document


EVIDENCE_JSON = {
    "signer": {"common_name": "DANA", "iin": IIN, "subject": f"serialNumber=IIN{IIN}"},
    "checks": ["parse"],
    "chain": ["a certificate"],
    "statement": {"subject": IIN},
}


@dataclass(frozen=True)
class Kept:
    """Evidence that keeps what would tell the signer's IIN."""

    content_sha256: str
    signature_sha256: str

    def as_json(self) -> Mapping[str, Any]:
        return EVIDENCE_JSON


@dataclass(frozen=True)
class Seen:
    """A signature that is anybody's."""

    evidence: Kept

    def accept(self, expect: Expectation) -> Kept:
        return self.evidence


class Trusting:
    """Takes every signature."""

    def examine(self, cms: bytes, content: bytes, at: datetime) -> Seen:
        return Seen(Kept(sha256(content).hexdigest(), sha256(cms).hexdigest()))


def make() -> Papers:
    return {
        "paper": Document("a.pdf", "application/pdf", b"%PDF a"),
        "unnamed": Document("b.pdf", "application/pdf", b"%PDF b"),
    }


def make_again() -> Paper:
    return {"paper": Document("c.pdf", "application/pdf", b"%PDF c", "paper_again")}


@pytest.fixture
def papers(make_house: Callable[..., House]) -> House:
    house = make_house(handlers={"make": make, "make_again": make_again}, signatures=Trusting())
    house.deploy(two_papers(), files=FILES)
    return house


def two_papers() -> Element:
    labels = {"unit": "almaty", "party": "150140000012"}
    return process(
        "p",
        start_event("s"),
        service_task("w", topic="make", names=STEP),
        service_task("again", topic="make_again"),
        user_task("a", candidate_groups="staff", form_key="p/forms/proof.json"),
        user_task("b", candidate_groups="employer", properties={"signatureDocument": "${paper}"}),
        end_event("e"),
        *path("s", "w", "again", "a", "b", "e"),
        properties={name: f"${{'{value}'}}" for name, value in labels.items()},
    )


def listed(house: House, instance_id: str, actor: Actor) -> tuple[DocumentRef, ...]:
    found: tuple[DocumentRef, ...] = house.engine.queries.instance(actor, instance_id).documents
    return found


def signed(house: House) -> str:
    """An instance whose second paper the employer signed."""
    instance_id = house.start()
    house.complete(instance_id, "a", {})
    (task,) = house.tasks(instance_id, "b")
    prepared = house.execute(PrepareSignature(task), EMPLOYER)
    command = CompleteTask(task, {}, signature=b"signed", nonce=prepared.nonce)
    house.execute(command, EMPLOYER)
    return instance_id


def test_a_document_is_called_what_the_process_calls_its_variable_or_kind(papers: House) -> None:
    first, unnamed, again = listed(papers, papers.start(), OPERATOR)
    assert first.names == NAMES["paper"]
    assert first.step_names == STEP
    assert (unnamed.names, unnamed.name) == ({}, "b.pdf")
    assert again.names == NAMES["paper_again"]
    assert again.step_names["en"] == "again"
    assert not first.attached and not again.attached


def test_an_attachment_is_called_what_its_form_asks_for(papers: House) -> None:
    instance_id = papers.start()
    (task,) = papers.tasks(instance_id, "a")
    kept = papers.execute(UploadDocument("proof", "scan.pdf", pdf(), task_id=task), STAFF)
    papers.execute(CompleteTask(task, {"proof": kept.upload_id}), STAFF)
    attached = listed(papers, instance_id, OPERATOR)[-1]
    assert (attached.name, attached.names) == ("scan.pdf", LABEL)
    assert [each.attached for each in listed(papers, instance_id, OPERATOR)][-1]


def test_what_is_to_be_signed_has_its_name_too(papers: House) -> None:
    instance_id = papers.start()
    papers.complete(instance_id, "a", {})
    (task,) = papers.tasks(instance_id, "b")
    demand = papers.engine.queries.task(EMPLOYER, task).signature
    assert demand is not None
    assert demand.document.names == NAMES["paper_again"]


def test_a_document_stored_before_documents_had_kinds_keeps_its_file_name(papers: House) -> None:
    instance_id = papers.start()
    with papers.engine.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE document SET kind = NULL, element_id = NULL")
    for document in listed(papers, instance_id, OPERATOR):
        assert (document.names, document.step_names) == ({}, {})


@pytest.mark.parametrize(
    "actor", [STAFF, COLLEAGUE, person("dana")], ids=["staff", "party", "signer"]
)
def test_those_whose_case_it_is_learn_who_signed(papers: House, actor: Actor) -> None:
    (signature,) = listed(papers, signed(papers), actor)[2].signatures
    assert signature.is_open
    assert signature.evidence["signer"]["iin"] == IIN
    file = papers.engine.queries.signature(actor, signature.id)
    assert (file.cms, file.signature.evidence["chain"]) == (b"signed", ["a certificate"])
    assert file.document.names == NAMES["paper_again"]


def test_others_who_see_the_case_get_no_iin(papers: House) -> None:
    instance_id = signed(papers)
    for document in (
        listed(papers, instance_id, OPERATOR)[2],
        papers.engine.queries.document(OPERATOR, listed(papers, instance_id, OPERATOR)[2].id).ref,
    ):
        (signature,) = document.signatures
        assert not signature.is_open
        assert signature.evidence["signer"] == {"common_name": "DANA", "iin": "••••••••0037"}
        assert IIN not in json.dumps(signature.evidence)
        assert signature.evidence["checks"] == ["parse"]
        with pytest.raises(NotAllowed):
            papers.engine.queries.signature(OPERATOR, signature.id)


def test_a_document_of_another_case_is_listed_where_a_variable_tells_of_it(house: House) -> None:
    house.deploy(told())
    owner = person("dana", parties=frozenset({"150140000012"}))
    stranger = person("erlan", parties=frozenset({"900101300037"}))
    paper = stored(house, owner)
    instance_id = house.start("told", {"contract": {"document": paper}, "bin": "900101300037"})
    assert [each.id for each in listed(house, instance_id, OPERATOR)] == [paper]
    assert listed(house, instance_id, stranger) == (), "the other case is not theirs"


def told() -> Element:
    return process(
        "told",
        start_event("s"),
        user_task("a", candidate_groups="staff"),
        end_event("e"),
        *path("s", "a", "e"),
        properties={"party": "${bin}", "inputs": "bin, contract"},
    )


def stored(house: House, actor: Actor) -> str:
    """The id of an attachment in a case of the actor's."""
    house.deploy(
        process(
            "p",
            start_event("s"),
            user_task("a", candidate_groups="staff", form_key="p/forms/proof.json"),
            end_event("e"),
            *path("s", "a", "e"),
            properties={"party": "${'150140000012'}"},
        ),
        files=FILES,
    )
    instance_id = house.start()
    (task,) = house.tasks(instance_id, "a")
    kept = house.execute(UploadDocument("proof", "scan.pdf", pdf(), task_id=task), actor)
    house.execute(CompleteTask(task, {"proof": kept.upload_id}), actor)
    (document,) = listed(house, instance_id, actor)
    return document.id
