"""Messages that a person sends: only to events that name their group, in cases that they see."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from engine.commands import CorrelateMessage
from engine.completion_check import Completion, CompletionRefused
from engine.errors import NotAllowed
from tests.support.diagrams import (
    Element,
    boundary_event,
    end_event,
    event_start,
    event_sub_process,
    message,
    path,
    process,
    start_event,
    user_task,
)
from tests.support.house import OPERATOR, House, person

CLERK = person("aigul", "staff", parties=frozenset({"b1"}))
REFUSAL = {"kk": "Жоқ", "ru": "Нет", "en": "No"}


def _check(completion: Completion) -> Mapping[str, object]:
    if completion.status == "sent":
        raise CompletionRefused({"": REFUSAL})
    return {"asked_by": completion.user, "words": f"{completion.submitted.get('why')}!"}


@pytest.fixture
def house(make_house: Callable[..., House]) -> House:
    return make_house(checks={"demo.stop": _check})


def stoppable() -> Element:
    """A draft that staff may stop by a message; once it is sent, the check is in the way."""
    stop = {"candidateGroups": "boss, staff", "check": "demo.stop"}
    return process(
        "p",
        start_event("s"),
        user_task("write", candidate_groups="staff", properties={"status": "draft"}),
        user_task("wait", candidate_groups="staff", properties={"status": "sent"}),
        boundary_event("back", "wait", message("take_back"), properties=stop),
        end_event("e"),
        end_event("taken_back"),
        event_sub_process(
            "stop",
            event_start("asked", message("stop"), properties=stop),
            end_event("stopped", properties={"status": "stopped"}),
            *path("asked", "stopped"),
        ),
        *path("s", "write", "wait", "e"),
        *path("back", "taken_back"),
        properties={"inputs": "bin, why, asked_by, words", "party": "${bin}"},
    )


def test_a_message_is_taken_from_the_groups_that_the_event_names(house: House) -> None:
    house.deploy(stoppable())
    case = house.start("p", {"bin": "b1"}, business_key="A-1")
    house.execute(CorrelateMessage("stop", "A-1", {"why": "late"}), CLERK)
    assert house.instance(case).status == "stopped"
    assert house.state(case) == "completed"
    assert house.rows("user_task", state="open") == []
    assert house.variables(case)["asked_by"] == "aigul"
    assert house.variables(case)["words"] == "late!"


@pytest.mark.parametrize(
    "sender",
    [
        person("dana", "other", parties=frozenset({"b1"})),
        person("dana", "staff", parties=frozenset({"b2"})),
    ],
)
def test_it_is_not_taken_from_others_nor_for_anothers_case(house: House, sender: object) -> None:
    house.deploy(stoppable())
    case = house.start("p", {"bin": "b1"}, business_key="A-1")
    with pytest.raises(NotAllowed):
        house.execute(CorrelateMessage("stop", "A-1"), sender)
    assert house.open(case) == ["write"]


def test_where_nothing_waits_for_it_a_person_may_not_send_it(house: House) -> None:
    house.deploy(stoppable())
    house.start("p", {"bin": "b1"}, business_key="A-1")
    with pytest.raises(NotAllowed):
        house.execute(CorrelateMessage("take_back", "A-1"), CLERK)


@pytest.mark.parametrize("sender", [CLERK, OPERATOR])
@pytest.mark.parametrize("name", ["stop", "take_back"])
def test_the_check_of_the_event_refuses_everyone_and_nothing_changes(
    house: House, sender: object, name: str
) -> None:
    house.deploy(stoppable())
    case = house.start("p", {"bin": "b1"}, business_key="A-1")
    house.complete(case, "write")
    before = house.snapshot()
    with pytest.raises(CompletionRefused) as refused:
        house.execute(CorrelateMessage(name, "A-1"), sender)
    assert refused.value.fields == {"": REFUSAL}
    assert house.snapshot() == before


def test_the_check_of_a_start_by_a_message_is_run(house: House) -> None:
    house.deploy(
        process(
            "q",
            start_event("s", message("begin"), properties={"check": "demo.stop"}),
            user_task("a", candidate_groups="staff"),
            end_event("e"),
            *path("s", "a", "e"),
            properties={"inputs": "why, asked_by, words"},
        )
    )
    begun = house.execute(CorrelateMessage("begin", None, {"why": "x"}), OPERATOR)
    assert house.variables(begun.instance_id)["words"] == "x!"
