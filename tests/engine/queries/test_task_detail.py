"""One task: for whom, its form as it stands, what is to be signed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import TypedDict

import pytest

from engine.commands import (
    CancelProcessInstance,
    ClaimTask,
    CompleteTask,
    PrepareSignature,
    SaveTaskDraft,
)
from engine.errors import NotAllowed, NotFound
from engine.external_task import Document
from engine.identity import Actor
from engine.signatures import Evidence, Expectation
from tests.support.diagrams import (
    Element,
    end_event,
    multi_instance,
    path,
    process,
    service_task,
    start_event,
    user_task,
)
from tests.support.evidence import EVIDENCE
from tests.support.house import OPERATOR, House, person

WORDS = {"kk": "x", "ru": "x", "en": "x"}
FORM = {
    "type": "object",
    "x-title": WORDS,
    "properties": {
        "known": {"type": "string", "x-label": WORDS, "default": "unused"},
        "emptied": {"type": "string", "x-label": WORDS, "default": "unused"},
        "usual": {"type": "integer", "x-label": WORDS, "default": 3},
        "both": {"type": "integer", "x-label": WORDS, "default": 4, "x-prefill": "${usual}"},
        "greeting": {"type": "string", "x-label": WORDS, "x-prefill": "Hello ${name}"},
        "day": {"type": "string", "x-label": WORDS, "x-prefill": "${today()}"},
        "lost": {"type": "string", "x-label": WORDS, "x-prefill": "${no_such.thing}"},
        "blank": {"type": "string", "x-label": WORDS},
    },
}
FILES = {"p/forms/a.json": json.dumps(FORM).encode()}


class Paper(TypedDict):
    paper: Document


def write() -> Paper:
    return {"paper": Document("application.pdf", "application/pdf", b"%PDF paper")}


class Trusting:
    """Takes every signature, as one of the demo authority."""

    def examine(self, cms: bytes, content: bytes, at: datetime) -> Trusting:
        self.evidence = replace(EVIDENCE, content_sha256=sha256(content).hexdigest())
        return self

    def accept(self, expect: Expectation) -> Evidence:
        return self.evidence


def signed(**properties: str) -> Element:
    return process(
        "p",
        start_event("s"),
        service_task("w", topic="write"),
        user_task(
            "a",
            candidate_groups="staff",
            properties={"signatureDocument": "${paper}", **properties},
        ),
        end_event("e"),
        *path("s", "w", "a", "e"),
    )


def test_a_form_opens_with_variables_defaults_and_prefilled_values(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task(form_key="p/forms/a.json"), files=FILES)
    instance_id = house.start("p", {"known": "k", "emptied": None, "name": "Dana", "usual2": 1})
    task = house.engine.queries.task(person(), house.tasks(instance_id, "a")[0])
    assert task.form is not None
    assert task.form.key == "p/forms/a.json"
    assert task.values == {
        "known": "k",
        "emptied": None,
        "usual": 3,
        "both": 4,
        "greeting": "Hello Dana",
        "day": "2026-03-02",
    }
    assert not task.has_draft
    assert task.variables == {"known": "k", "emptied": None, "name": "Dana", "usual2": 1}


def test_a_field_that_is_asked_anew_begins_empty_until_it_is_drafted(
    house: House, one_task: Callable[..., Element]
) -> None:
    anew = {"type": "string", "x-asked-anew": True, "x-label": {"en": "Known"}}
    form = {**FORM, "properties": {**FORM["properties"], "known": anew}}
    house.deploy(
        one_task(form_key="p/forms/a.json"), files={"p/forms/a.json": json.dumps(form).encode()}
    )
    instance_id = house.start("p", {"known": "k"})
    task_id = house.tasks(instance_id, "a")[0]
    assert "known" not in house.engine.queries.task(person(), task_id).values
    house.execute(SaveTaskDraft(task_id, {"known": "typed"}), person())
    assert house.engine.queries.task(person(), task_id).values["known"] == "typed"


def test_a_draft_stands_in_place_of_all_that(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task(form_key="p/forms/a.json"), files=FILES)
    task_id = house.tasks(house.start("p", {"known": "k"}), "a")[0]
    house.execute(SaveTaskDraft(task_id, {"blank": "typed"}))
    task = house.engine.queries.task(person(), task_id)
    assert task.values == {"blank": "typed"}
    assert task.has_draft


def test_a_draft_leaves_what_is_only_shown(house: House, one_task: Callable[..., Element]) -> None:
    shown = {**FORM["properties"], "known": {"type": "string", "x-label": WORDS, "readOnly": True}}
    files = {"p/forms/a.json": json.dumps({**FORM, "properties": shown}).encode()}
    house.deploy(one_task(form_key="p/forms/a.json"), files=files)
    task_id = house.tasks(house.start("p", {"known": "k"}), "a")[0]
    house.execute(SaveTaskDraft(task_id, {"blank": "typed"}))
    assert house.engine.queries.task(person(), task_id).values == {"known": "k", "blank": "typed"}


def test_an_item_of_many_sees_its_own_variables(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            user_task("a", multi_instance("items", "item"), candidate_groups="staff"),
            end_event("e"),
            *path("s", "a", "e"),
        )
    )
    instance_id = house.start("p", {"items": ["x", "y"]})
    found = [house.engine.queries.task(person(), each) for each in house.tasks(instance_id, "a")]
    assert [(task.loop_counter, task.variables["item"]) for task in found] == [(0, "x"), (1, "y")]


def test_a_task_says_what_is_expected(house: House, one_task: Callable[..., Element]) -> None:
    node = one_task()
    task = next(each for each in node if each.get("id") == "a")
    documentation = task.makeelement(f"{{{task.nsmap['bpmn']}}}documentation")
    documentation.text = "Проверьте заявку"
    task.insert(0, documentation)
    house.deploy(node)
    detail = house.engine.queries.task(person(), house.tasks(house.start(), "a")[0])
    assert detail.documentation == {"ru": "Проверьте заявку"}
    assert (detail.form, detail.values, detail.signature) == (None, {}, None)


def test_a_task_that_does_not_exist_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        house.engine.queries.task(person(), "nowhere")


def test_a_task_of_others_is_not_shown_but_to_those_who_look_after_it(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task(candidate_groups="director"))
    task_id = house.tasks(house.start(actor=person("dana")), "a")[0]
    queries = house.engine.queries
    with pytest.raises(NotAllowed):
        queries.task(person("aigul", "staff"), task_id)
    with pytest.raises(NotAllowed):
        queries.task(person("dana", "staff"), task_id)
    assert queries.task(person("bolat", "director"), task_id).offered
    for group in ("operator", "process_owner", "unit_head"):
        assert not queries.task(person("erlan", group), task_id).offered
    with pytest.raises(NotFound):
        queries.task(person("erlan", "unit_head", units=frozenset({"c9"})), task_id)


def test_a_task_claimed_by_a_colleague_says_by_whom(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task())
    task_id = house.tasks(house.start(), "a")[0]
    house.execute(ClaimTask(task_id), person("bolat"))
    assert house.engine.queries.task(person("aigul"), task_id).assignee == "bolat"


def test_an_ended_task_says_who_ended_it_and_when(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task(form_key="p/forms/a.json"), files=FILES)
    instance_id = house.start(actor=person("dana"))
    task_id = house.tasks(instance_id, "a")[0]
    house.clock.advance(hours=2)
    house.complete(instance_id, "a", {"blank": "done"}, person("bolat", "staff"))
    queries = house.engine.queries
    for actor in (person("aigul", "staff"), person("dana", "employer"), OPERATOR):
        task = queries.task(actor, task_id)
        assert (task.state, task.ended_by, task.ended_at) == ("completed", "bolat", house.clock.now)
        assert (task.values, task.variables, task.signature) == ({}, {}, None)
    with pytest.raises(NotFound):
        queries.task(Actor("erlan"), task_id)


def test_a_cancelled_task_says_so(house: House, one_task: Callable[..., Element]) -> None:
    house.deploy(one_task())
    instance_id = house.start()
    task_id = house.tasks(instance_id, "a")[0]
    house.execute(CancelProcessInstance(instance_id, "test"), OPERATOR)
    assert house.engine.queries.task(person(), task_id).state == "cancelled"


def test_what_is_to_be_signed_is_the_stored_document(make_house: Callable[..., House]) -> None:
    house = make_house(handlers={"write": write}, signatures=Trusting())
    house.deploy(signed())
    task_id = house.tasks(house.start(), "a")[0]
    demand = house.engine.queries.task(person(), task_id).signature
    assert demand is not None
    assert (demand.required, demand.required_text) == (True, "${true}")
    assert (demand.document.name, demand.document.size) == ("application.pdf", 10)
    shown = house.engine.queries.document(person(), demand.document.id)
    assert shown.content == b"%PDF paper"
    prepared = house.execute(PrepareSignature(task_id))
    assert (prepared.document_id, prepared.sha256) == (shown.ref.id, shown.ref.sha256)
    house.execute(CompleteTask(task_id, signature=b"cms", nonce=prepared.nonce))
    document = house.engine.queries.document(person(), demand.document.id)
    (signature,) = document.ref.signatures
    assert (signature.signer, signature.task_id) == ("aigul", task_id)
    assert signature.evidence["content_sha256"] == prepared.sha256
    file = house.engine.queries.signature(person(), signature.id)
    assert (file.cms, file.document.id) == (b"cms", demand.document.id)


def test_whether_a_signature_is_needed_may_hang_on_what_was_typed(
    make_house: Callable[..., House],
) -> None:
    house = make_house(handlers={"write": write})
    house.deploy(signed(signatureRequired="${decision == 'sign'}"))
    task_id = house.tasks(house.start(), "a")[0]

    def required() -> bool:
        demand = house.engine.queries.task(person(), task_id).signature
        assert demand is not None
        return demand.required

    assert not required()
    house.execute(SaveTaskDraft(task_id, {"decision": "sign"}))
    assert required()


def test_a_document_that_is_not_there_yet_is_not_asked_for(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            user_task("a", candidate_groups="staff", properties={"signatureDocument": "${paper}"}),
            end_event("e"),
            *path("s", "a", "e"),
            properties={"inputs": "paper"},
        )
    )
    for variables in ({}, {"paper": "text"}, {"paper": {"document": "gone"}}):
        task_id = house.tasks(house.start("p", variables), "a")[0]
        assert house.engine.queries.task(person(), task_id).signature is None


@pytest.mark.parametrize(
    ("holder", "iin", "is_so"),
    [("900101300017", "900101300017", True), ("900101300017", None, False), (None, None, False)],
)
def test_whether_one_signs_as_a_representative(
    make_house: Callable[..., House], holder: str | None, iin: str | None, is_so: bool
) -> None:
    house = make_house(handlers={"write": write}, signatures=Trusting())
    house.deploy(signed(signatureRepresentative=f"${{'{holder}'}}" if holder else "${no.such}"))
    task_id = house.tasks(house.start(), "a")[0]
    demand = house.engine.queries.task(replace(person(), iin=iin), task_id).signature
    assert demand is not None
    assert demand.as_representative is is_so
