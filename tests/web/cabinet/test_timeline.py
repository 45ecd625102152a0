"""Stages of the map: done, now, next."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from web.cabinet.timeline import stages_of

ROWS: Any = tuple(
    SimpleNamespace(row=row, names={"en": row}, is_stage="." not in row, stage=row.split(".")[0])
    for row in ("1", "1.1", "2", "2.1", "3", "3.1", "4", "4.1")
)


def step(source: str, *, open_: bool = False, is_work: bool = True) -> Any:
    return SimpleNamespace(
        sources=(f"FK-B.03 {source}",), ended_at=None if open_ else "then", is_work=is_work
    )


def states(*steps: Any, state: str = "active", went_well: bool = False) -> list[str]:
    instance: Any = SimpleNamespace(row=SimpleNamespace(state=state), steps=steps)
    return [stage.state for stage in stages_of(instance, ROWS, went_well=went_well)]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((), ["now", "next", "next", "next"]),
        ((step("1.1", open_=True),), ["now", "next", "next", "next"]),
        ((step("1.1"),), ["now", "next", "next", "next"]),
        ((step("1.1"), step("2.1", open_=True)), ["done", "now", "next", "next"]),
        ((step("1.1"), step("3.1")), ["done", "done", "now", "next"]),
        ((step("1.1", open_=True), step("2.1", open_=True)), ["now", "now", "next", "next"]),
        ((step("1.1"), step("2.1", is_work=False)), ["now", "next", "next", "next"]),
    ],
)
def test_stages_of_an_application_that_goes_on(steps: Any, expected: list[str]) -> None:
    assert states(*steps) == expected


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((), ["ended", "missed", "missed", "missed"]),
        ((step("1.1"), step("2.1")), ["done", "ended", "missed", "missed"]),
        ((step("1.1"), step("4.1")), ["done", "done", "done", "ended"]),
    ],
)
def test_an_application_that_is_over_ended_somewhere(steps: Any, expected: list[str]) -> None:
    assert states(*steps, state="completed") == expected
    assert states(*steps, state="cancelled") == expected


def test_a_good_end_is_done_wherever_it_is() -> None:
    assert states(step("1.1"), step("3.1"), state="completed", went_well=True) == [
        "done",
        "done",
        "done",
        "missed",
    ]


@pytest.mark.parametrize(
    ("elsewhere", "expected"),
    [
        ((step("2.1"), step("3.1", open_=True)), ["done", "done", "now", "next"]),
        ((step("3.1"), step("2.1", open_=True)), ["done", "now", "next", "next"]),
        ((step("3.1"),), ["now", "next", "next", "next"]),
    ],
)
def test_a_stage_that_another_case_carries_out_goes_on_there(
    elsewhere: Any, expected: list[str]
) -> None:
    instance: Any = SimpleNamespace(row=SimpleNamespace(state="active"), steps=(step("1.1"),))
    stages = stages_of(instance, ROWS, elsewhere=elsewhere)
    assert [stage.state for stage in stages] == expected
    assert [len(stage.steps) for stage in stages] == [1, 0, 0, 0]


def test_a_source_names_its_row_and_others_are_ignored() -> None:
    other = SimpleNamespace(sources=("Order 275 7.7",), ended_at="then", is_work=True)
    assert states(other, step("1.1")) == ["now", "next", "next", "next"]


def test_without_a_map_there_are_no_stages() -> None:
    instance: Any = SimpleNamespace(row=SimpleNamespace(state="active"), steps=())
    assert stages_of(instance, ()) == []
