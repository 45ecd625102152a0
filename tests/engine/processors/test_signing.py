"""When a task asks for a signature."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import TypedDict

import pytest

from engine.commands import CompleteTask, PrepareSignature
from engine.errors import BadCommand, SignatureRefused, StepFailed
from engine.external_task import Document
from engine.identity import Actor
from engine.signatures import Evidence, Expectation
from tests.support.diagrams import (
    Element,
    end_event,
    path,
    process,
    service_task,
    start_event,
    user_task,
)
from tests.support.evidence import EVIDENCE
from tests.support.house import House, person

PAPER = {"document": "d1", "name": "paper.pdf", "media_type": "application/pdf", "sha256": "0" * 64}


def signed(required: str) -> Element:
    properties = {"signatureDocument": "${paper}", "signatureRequired": required}
    return process(
        "p",
        start_event("s"),
        user_task("a", candidate_groups="staff", properties=properties),
        end_event("e"),
        *path("s", "a", "e"),
        properties={"inputs": "paper, decision"},
    )


def test_what_is_submitted_decides_whether_a_signature_is_asked_for(house: House) -> None:
    house.deploy(signed("${decision == 'sign'}"))
    instance = house.start(variables={"paper": PAPER})
    task = house.tasks(instance, "a")[0]
    with pytest.raises(SignatureRefused) as refused:
        house.execute(CompleteTask(task, {"decision": "sign"}))
    assert refused.value.check == "presence"
    house.execute(CompleteTask(task, {"decision": "return"}))
    assert house.state(instance) == "completed"


def test_a_demand_that_cannot_be_decided_is_an_incident(house: House) -> None:
    house.deploy(signed("${decision == 'sign'}"))
    instance = house.start(variables={"paper": PAPER})
    with pytest.raises(StepFailed, match="decision"):
        house.execute(CompleteTask(house.tasks(instance, "a")[0]))
    (incident,) = house.incidents(instance_id=instance)
    assert incident.element_id == "a"


def test_a_signed_task_without_a_form_changes_nothing_that_is_known(house: House) -> None:
    house.deploy(signed("${decision == 'sign'}"))
    instance = house.start(variables={"paper": PAPER})
    task = house.tasks(instance, "a")[0]
    with pytest.raises(BadCommand, match="paper"):
        house.execute(CompleteTask(task, {"decision": "return", "paper": {"document": "d2"}}))
    assert house.variables(instance)["paper"] == PAPER


@dataclass(frozen=True)
class Seen:
    """A signature that is anybody's; tells whom it was to be of."""

    evidence: Evidence
    told: list[Expectation]

    def accept(self, expect: Expectation) -> Evidence:
        self.told.append(expect)
        return self.evidence


class Verifier:
    """Remembers what it examined, and whose the signatures were to be."""

    def __init__(self) -> None:
        self.house: House | None = None
        self.examined: list[bytes] = []
        self.expected: list[Expectation] = []
        self.made = ""
        self.about: bytes | None = None
        self.refusal: SignatureRefused | None = None

    def examine(self, cms: bytes, content: bytes, at: datetime) -> Seen:
        self.examined.append(cms)
        assert self.house is not None
        # Another writer gets through meanwhile: no transaction is open.
        self.house.deploy(process("other", start_event("s"), end_event("e"), *path("s", "e")))
        if self.refusal is not None:
            raise self.refusal
        digest = sha256(self.about or content).hexdigest()
        value = self.made or sha256(cms).hexdigest()
        evidence = replace(EVIDENCE, content_sha256=digest, signature_sha256=value)
        return Seen(evidence, self.expected)


class Paper(TypedDict):
    paper: Document


def write() -> Paper:
    return {"paper": Document("paper.pdf", "application/pdf", b"%PDF")}


@pytest.fixture(name="verifier")
def _verifier() -> Verifier:
    return Verifier()


@pytest.fixture(name="written")
def _written(make_house: Callable[..., House], verifier: Verifier) -> House:
    """A paper that is written once, and signed in two tasks after one another."""
    house = make_house(handlers={"write": write}, signatures=verifier)
    verifier.house = house
    sign = {"candidate_groups": "staff", "properties": {"signatureDocument": "${paper}"}}
    house.deploy(
        process(
            "p",
            start_event("s"),
            service_task("w", topic="write"),
            user_task("a", **sign),
            user_task("b", **sign),
            end_event("e"),
            *path("s", "w", "a", "b", "e"),
        )
    )
    return house


def refused(house: House, command: CompleteTask, actor: Actor | None = None) -> str:
    with pytest.raises(SignatureRefused) as caught:
        house.execute(command, actor)
    return caught.value.check


def test_a_signature_is_examined_before_the_transaction_begins(
    written: House, verifier: Verifier
) -> None:
    instance = written.start()
    task = written.tasks(instance, "a")[0]
    nonce = written.execute(PrepareSignature(task)).nonce
    written.execute(CompleteTask(task, signature=b"cms", nonce=nonce))
    assert verifier.examined == [b"cms"]


def test_nothing_is_examined_for_a_nonce_that_does_not_hold(
    written: House, verifier: Verifier
) -> None:
    instance = written.start()
    task = written.tasks(instance, "a")[0]
    nonce = written.execute(PrepareSignature(task)).nonce
    stranger = person("bolat")
    assert refused(written, CompleteTask(task, signature=b"cms", nonce=nonce), stranger) == "nonce"
    for given in (None, "made up"):
        assert refused(written, CompleteTask(task, signature=b"cms", nonce=given)) == "nonce"
    written.clock.advance(minutes=31)
    assert refused(written, CompleteTask(task, signature=b"cms", nonce=nonce)) == "nonce"
    assert verifier.examined == []


def test_a_nonce_is_for_one_task_and_one_signature(written: House) -> None:
    instance = written.start()
    first = written.tasks(instance, "a")[0]
    nonce = written.execute(PrepareSignature(first)).nonce
    written.execute(CompleteTask(first, signature=b"cms", nonce=nonce))
    second = written.tasks(instance, "b")[0]
    assert refused(written, CompleteTask(second, signature=b"other", nonce=nonce)) == "nonce"


def test_the_same_signature_is_not_taken_twice_however_it_is_packed(
    written: House, verifier: Verifier
) -> None:
    verifier.made = "ab" * 32
    instance = written.start()
    first = written.tasks(instance, "a")[0]
    nonce = written.execute(PrepareSignature(first)).nonce
    written.execute(CompleteTask(first, signature=b"cms", nonce=nonce))
    second = written.tasks(instance, "b")[0]
    nonce = written.execute(PrepareSignature(second)).nonce
    assert refused(written, CompleteTask(second, signature=b"cms", nonce=nonce)) == "nonce"
    assert refused(written, CompleteTask(second, signature=b"repacked", nonce=nonce)) == "nonce"
    verifier.made = "cd" * 32
    written.execute(CompleteTask(second, signature=b"another", nonce=nonce))
    assert written.state(instance) == "completed"


def signing(house: House, task: str, actor: Actor | None = None) -> CompleteTask:
    prepared = house.execute(PrepareSignature(task), actor)
    return CompleteTask(task, signature=b"cms", nonce=prepared.nonce)


def test_a_refusal_changes_nothing(written: House, verifier: Verifier) -> None:
    instance = written.start()
    task = written.tasks(instance, "a")[0]
    verifier.refusal = SignatureRefused("chain", {"en": "no chain"})
    command = signing(written, task)
    for _ in range(2):
        assert refused(written, command) == "chain"
    verifier.refusal = None
    written.execute(command)
    assert written.tasks(instance, "b")


def test_what_was_examined_must_be_the_stored_document(written: House, verifier: Verifier) -> None:
    instance = written.start()
    task = written.tasks(instance, "a")[0]
    verifier.about = b"another document"
    assert refused(written, signing(written, task)) == "nonce"


REPRESENTATIVE, OTHER, PARTY = "900101300017", "900101300037", "150140000012"


@pytest.mark.parametrize(
    ("named", "iin", "bins", "expected"),
    [
        (REPRESENTATIVE, REPRESENTATIVE, {PARTY}, Expectation.of_person(REPRESENTATIVE)),
        (REPRESENTATIVE, REPRESENTATIVE, set(), Expectation.of_person(REPRESENTATIVE)),
        (REPRESENTATIVE, OTHER, {PARTY}, Expectation(OTHER, frozenset({PARTY}))),
        (None, OTHER, {PARTY}, Expectation(OTHER, frozenset({PARTY}))),
        (None, None, set(), Expectation("", frozenset())),
        (None, OTHER, {"1", "2"}, Expectation(OTHER, frozenset({"1", "2"}))),
    ],
)
def test_whose_signature_is_expected(
    make_house: Callable[..., House],
    verifier: Verifier,
    named: str | None,
    iin: str | None,
    bins: set[str],
    expected: Expectation,
) -> None:
    house = make_house(handlers={"write": write}, signatures=verifier)
    verifier.house = house
    properties = {"signatureDocument": "${paper}", "signatureRepresentative": "${power.holder}"}
    house.deploy(
        process(
            "p",
            start_event("s"),
            service_task("w", topic="write"),
            user_task("a", candidate_groups="staff", properties=properties),
            end_event("e"),
            *path("s", "w", "a", "e"),
            properties={"inputs": "power, bin", "party": "${bin}"},
        )
    )
    instance = house.start(variables={"power": {"holder": named}, "bin": PARTY})
    actor = replace(person("asel"), iin=iin, bins=frozenset(bins))
    house.execute(signing(house, house.tasks(instance, "a")[0], actor), actor)
    assert verifier.expected == [expected]


def test_a_sole_trader_who_heads_an_enterprise_signs_for_themselves(
    make_house: Callable[..., House], verifier: Verifier
) -> None:
    house = make_house(handlers={"write": write}, signatures=verifier)
    verifier.house = house
    house.deploy(
        process(
            "p",
            start_event("s"),
            service_task("w", topic="write"),
            user_task("a", candidate_groups="staff", properties={"signatureDocument": "${paper}"}),
            end_event("e"),
            *path("s", "w", "a", "e"),
            properties={"inputs": "bin", "party": "${bin}"},
        )
    )
    instance = house.start(variables={"bin": OTHER})
    actor = replace(person("asel"), iin=OTHER, bins=frozenset({PARTY}))
    house.execute(signing(house, house.tasks(instance, "a")[0], actor), actor)
    assert verifier.expected == [Expectation(OTHER, frozenset({OTHER}))]
