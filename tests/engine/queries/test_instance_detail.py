"""One instance: its steps, tokens, variables, documents, and those it calls."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

import pytest

from engine.errors import NotFound
from engine.external_task import Document
from engine.identity import Actor
from engine.queries.instance_detail import InstanceDetail
from tests.support.diagrams import (
    Element,
    boundary_event,
    call_activity,
    end_event,
    exclusive_gateway,
    flow,
    multi_instance,
    path,
    process,
    service_task,
    start_event,
    sub_process,
    timer,
    user_task,
)
from tests.support.house import OPERATOR, House, person

AIGUL = person("aigul")


class Papers(TypedDict):
    first: Document
    second: Document


def detail(house: House, instance_id: str, actor: Actor = AIGUL) -> InstanceDetail:
    return house.engine.queries.instance(actor, instance_id)


def test_the_steps_tell_what_was_done_by_whom_and_what_goes_on(
    make_house: Callable[..., House],
) -> None:
    house = make_house(handlers={"work": lambda: None})
    house.deploy(
        process(
            "p",
            start_event("s", names={"en": "Asked"}),
            user_task(
                "a",
                candidate_groups="staff",
                names={"en": "Check"},
                properties={"source": "MAP 1.2"},
            ),
            exclusive_gateway("g", default="on"),
            service_task("w", names={"en": "Register"}),
            user_task("b", candidate_groups="staff", names={"en": "Sign"}, due_date="P1D"),
            end_event("e"),
            flow("s", "a"),
            flow("a", "g"),
            flow("g", "e", "${1 == 2}"),
            flow("g", "w", id="on"),
            flow("w", "b"),
            flow("b", "e"),
        )
    )
    instance_id = house.start(actor=person("dana"))
    house.clock.advance(hours=3)
    house.complete(instance_id, "a", actor=person("bolat"))
    found = detail(house, instance_id)
    assert [
        (step.element_id, step.type, step.is_work, step.outcome, step.who) for step in found.steps
    ] == [
        ("s", "startEvent", True, "completed", "dana"),
        ("a", "userTask", True, "completed", "bolat"),
        ("g", "exclusiveGateway", False, "completed", None),
        ("w", "serviceTask", True, "completed", None),
        ("b", "userTask", True, None, None),
    ]
    check, sign = found.steps[1], found.steps[-1]
    assert (check.names["en"], check.sources) == ("Check", ("MAP 1.2",))
    assert (check.ended_at - check.started_at).total_seconds() == 3 * 3600
    assert sign.task_id == house.tasks(instance_id, "b")[0]
    assert sign.due_at == house.rows("user_task", id=sign.task_id)[0].due_at
    assert found.tokens == {"b": 1}
    assert found.row.id == instance_id
    assert found.definition_id == house.instance(instance_id).definition_id


def test_lanes_are_named(house: House, one_task: Callable[..., Element]) -> None:
    node = one_task()
    namespace = node.nsmap["bpmn"]
    lanes = node.makeelement(f"{{{namespace}}}laneSet")
    lane = lanes.makeelement(f"{{{namespace}}}lane", {"id": "l", "name": "Специалист"})
    reference = lane.makeelement(f"{{{namespace}}}flowNodeRef")
    reference.text = "a"
    lane.append(reference)
    lanes.append(lane)
    node.insert(0, lanes)
    house.deploy(node)
    steps = {step.element_id: step for step in detail(house, house.start()).steps}
    assert steps["a"].lane_names["ru"] == "Специалист"
    assert steps["s"].lane_names == {}


def test_tokens_are_counted_where_they_stand(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            sub_process(
                "scope",
                start_event("inner"),
                user_task("a", multi_instance(cardinality="3"), candidate_groups="staff"),
                end_event("done"),
                *path("inner", "a", "done"),
                names={"en": "A part"},
            ),
            end_event("e"),
            *path("s", "scope", "e"),
        )
    )
    instance_id = house.start()
    assert detail(house, instance_id).tokens == {"a": 3}
    house.complete(instance_id, "a")
    found = detail(house, instance_id)
    assert found.tokens == {"a": 2}
    assert {step.element_id for step in found.steps if step.is_work} == set()
    for _ in range(2):
        house.complete(instance_id, "a")
    assert detail(house, instance_id).tokens == {}


def test_several_of_one_task_are_told_apart_by_their_index(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            user_task(
                "a",
                multi_instance(cardinality="2"),
                candidate_groups="staff",
                names={"en": "Check"},
            ),
            end_event("e"),
            *path("s", "a", "e"),
        )
    )
    found = detail(house, house.start())
    work = [step for step in found.steps if step.is_work]
    assert [step.loop_counter for step in work] == [0, 1]
    assert len({step.task_id for step in work}) == 2


def test_variables_are_those_of_the_process_without_the_engines_own(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task(inputs={"local": "x"}))
    instance_id = house.start("p", {"a": 1, "list": [1, {"b": None}]})
    assert detail(house, instance_id).variables == {"a": 1, "list": [1, {"b": None}]}


def test_every_running_timer_is_listed(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            user_task("a", candidate_groups="staff"),
            boundary_event("late", "a", timer(duration="PT2H"), names={"en": "Too late"}),
            end_event("e"),
            end_event("given_up"),
            *path("s", "a", "e"),
            *path("late", "given_up"),
        )
    )
    instance_id = house.start()
    (found,) = detail(house, instance_id).timers
    assert (found.element_id, found.names["en"]) == ("late", "Too late")
    assert (found.due_at - house.clock.now).total_seconds() == 7200
    house.clock.advance(hours=3)
    house.work()
    ended = detail(house, instance_id)
    assert ended.timers == ()
    cancelled = next(step for step in ended.steps if step.element_id == "a")
    assert (cancelled.outcome, cancelled.ended_at) == ("cancelled", house.clock.now)


def test_an_incident_marks_its_element_and_its_message_is_for_operators(
    make_house: Callable[..., House],
) -> None:
    def fail() -> None:
        raise ValueError("secret detail")

    house = make_house(handlers={"work": fail}, settings={"retries": 1})
    house.deploy(
        process(
            "p",
            start_event("s"),
            service_task("w", names={"en": "Register"}),
            end_event("e"),
            *path("s", "w", "e"),
        )
    )
    instance_id = house.start()
    shown = detail(house, instance_id)
    assert shown.failed == ("w",)
    assert shown.row.incident_count == 1
    (incident,) = shown.incidents
    assert (incident.names["en"], incident.message) == ("Register", "")
    (incident,) = detail(house, instance_id, OPERATOR).incidents
    assert "secret detail" in incident.message


def test_documents_are_listed_in_order(make_house: Callable[..., House]) -> None:
    def work() -> Papers:
        return {
            "first": Document("1.txt", "text/plain", b"one"),
            "second": Document("2.txt", "text/plain", b"three"),
        }

    house = make_house(handlers={"work": work})
    house.deploy(
        process(
            "p",
            start_event("s"),
            service_task("w"),
            user_task("a", candidate_groups="staff"),
            end_event("e"),
            *path("s", "w", "a", "e"),
        )
    )
    instance_id = house.start(actor=person("dana"))
    documents = detail(house, instance_id).documents
    assert [(each.name, each.size, each.signatures) for each in documents] == [
        ("1.txt", 3, ()),
        ("2.txt", 5, ()),
    ]
    queries = house.engine.queries
    assert queries.document(AIGUL, documents[1].id).content == b"three"
    assert queries.document(Actor("dana"), documents[1].id).ref == documents[1]
    for actor, document_id in ((Actor("erlan"), documents[0].id), (AIGUL, "nowhere")):
        with pytest.raises(NotFound):
            queries.document(actor, document_id)
    with pytest.raises(NotFound):
        queries.signature(AIGUL, "nowhere")


def test_parent_and_child_name_each_other(house: House, one_task: Callable[..., Element]) -> None:
    house.deploy(
        one_task("child", names={"en": "The child"}),
        process(
            "p",
            start_event("s"),
            call_activity("call", "child"),
            end_event("e"),
            *path("s", "call", "e"),
        ),
    )
    parent_id = house.start(business_key="A-1")
    parent = detail(house, parent_id)
    (child,) = parent.children
    assert (child.process_id, child.state, child.element_id) == ("child", "active", "call")
    below = detail(house, child.id)
    assert below.parent is not None
    assert (below.parent.id, below.parent.business_key) == (parent_id, "A-1")
    assert (below.parent.element_id, below.children) == ("call", ())
    assert parent.parent is None


def test_an_instance_that_does_not_exist_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        detail(house, "nowhere", OPERATOR)
