"""The saved state: small, of a numbered format, and readable for ever."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import orjson
import pytest

from engine.errors import StateFormatError
from engine.spiff import Execution, compile_process, state
from tests.support.catalogue import CATALOGUE, everything_at_once
from tests.support.diagrams import (
    definitions,
    end_event,
    path,
    process,
    service_task,
    start_event,
    user_task,
)
from tests.support.instances import AliveAndUnpruned, Instance, Saved, SavedAndCompiledAnew
from tests.support.variables import VariablesInMemory

STATES = Path(__file__).parent / "states"


def small() -> Instance:
    return Instance(
        definitions(
            process(
                "process",
                start_event("start"),
                service_task("check"),
                user_task("approve"),
                end_event("end"),
                *path("start", "check", "approve", "end"),
            )
        )
    )


def test_the_state_of_one_waiting_token_is_a_few_bytes() -> None:
    instance = small()
    assert instance.state == b'[2,2,[[0,[[2,0,"check",1]]]]]'
    instance.complete("check", text="x" * 10_000)
    assert instance.state == b'[2,3,[[0,[[3,0,"approve",1]]]]]'
    instance.complete("approve")
    assert instance.state == b"[2,4,[]]"


def test_an_instance_that_has_ended_stays_ended_after_loading() -> None:
    instance = small()
    instance.complete("check")
    instance.complete("approve")
    instance.act(lambda execution: None)
    assert instance.completed
    assert instance.step.transitions == ()


@pytest.mark.parametrize("name", CATALOGUE)
def test_state_saved_and_loaded_after_every_step_of_every_test_diagram(name: str) -> None:
    """An `Instance` does so for every diagram of every test; here for the catalogue, to the end."""
    instance = CATALOGUE[name]()
    assert {type(way) for way in instance.ways} == {Saved, SavedAndCompiledAnew, AliveAndUnpruned}
    steps = 0
    while instance.waits and steps < 100:
        wait = list(instance.waits.values())[steps % len(instance.waits)]
        if wait.kind in ("timer", "message"):
            instance.act(lambda execution, key=wait.key: execution.trigger(key))
        else:
            instance.act(lambda execution, token=wait.token: execution.complete(token))
        steps += 1
    assert instance.completed or instance.step.deadlocks or steps == 100


@pytest.mark.parametrize("lost", ["internal_data", "owner"])
def test_a_state_that_lost_something_is_noticed_by_every_test(lost: str) -> None:
    def losing(row: list[object]) -> list[object]:
        return row[:4] if lost == "internal_data" else [row[0], 0, *row[2:]]

    dump_token = state._dump_token
    with (
        mock.patch.object(state, "_dump_token", lambda token: losing(dump_token(token))),
        pytest.raises((AssertionError, KeyError, AttributeError)),
    ):
        instance = everything_at_once()
        while instance.open:
            instance.complete(instance.open[-1])


@pytest.mark.parametrize(
    ("saved", "found"),
    [
        (b"[3,1,[]]", "format 3"),
        (b'{"format":0}', "format 0"),
        (b"[]", "format"),
        (b"5", "format"),
        (b"{}", "format None"),
        (b"", "can't be read"),
        (b"\x80abc", "can't be read"),
    ],
)
def test_an_unknown_format_is_refused_clearly(saved: bytes, found: str) -> None:
    with pytest.raises(StateFormatError, match=found):
        Execution.load(small().ways[0].specification, VariablesInMemory(), saved)


def test_an_element_that_the_definition_does_not_have_is_refused_clearly() -> None:
    saved = b'[2,2,[[0,[[2,0,"gone",1]]]]]'
    with pytest.raises(StateFormatError, match="an element gone for token 2"):
        Execution.load(small().ways[0].specification, VariablesInMemory(), saved)


@pytest.mark.parametrize("number", [1, 2])
def test_a_state_of_every_format_is_read_for_ever(number: int) -> None:
    """The fixtures are states of one instance: an older one is upgraded to the same tokens."""
    now = everything_at_once()
    saved = (STATES / f"format_{number}.json").read_bytes()
    variables = VariablesInMemory()
    variables.scopes = now.scopes
    variables.parents = now.ways[0].variables.parents
    execution = Execution.load(now.ways[0].specification, variables, saved)
    newest = (STATES / f"format_{state.FORMAT}.json").read_bytes()
    assert orjson.loads(execution.dump()) == orjson.loads(newest)
    for wait in now.waits.values():
        assert execution.has_wait(wait.key)


def test_every_older_format_has_an_upgrader() -> None:
    assert set(state.UPGRADERS) == set(range(1, state.FORMAT))
    assert sorted(path.stem for path in STATES.iterdir()) == [
        f"format_{number}" for number in range(1, state.FORMAT + 1)
    ]


def test_a_state_goes_on_in_a_definition_that_has_one_more_element() -> None:
    instance = small()
    changed = definitions(
        process(
            "process",
            start_event("start"),
            service_task("check"),
            user_task("approve"),
            user_task("archive"),
            end_event("end"),
            *path("start", "check", "archive", "approve", "end"),
        )
    )
    execution = Execution.load(
        compile_process(changed, "process"), VariablesInMemory(), instance.state
    )
    execution.complete(instance.wait("check").token)
    assert [wait.element_id for wait in execution.settle(100).opened] == ["archive"]
