"""The way of an application by the stages of its functional map: done, now, next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from engine.queries.application_data import MapRow
from engine.queries.instance_detail import InstanceDetail
from engine.queries.steps import Step

AnyTold = TypeVar("AnyTold", bound="Told")

DONE, NOW, NEXT, ENDED, MISSED = "done", "now", "next", "ended", "missed"


@dataclass(frozen=True)
class Stage:
    """One stage. `state` is done, now, next; of a case that is over: ended (there, before the last
    stage) or missed."""

    number: str
    names: Mapping[str, str]
    state: str
    steps: tuple[Step, ...]


def stages_of(
    instance: InstanceDetail,
    rows: Sequence[MapRow],
    *,
    elsewhere: Sequence[Step] = (),
    went_well: bool = False,
) -> list[Stage]:
    """The stages of the map with the instance's steps under them; empty without a map.

    A stage that another instance carries out has no steps here: it is entered when one of its steps
    goes on `elsewhere`, and done when a later one is entered. `went_well`: a case that is over came
    to its good end where it stands.
    """
    stage_of = {row.row: row.stage for row in rows}
    maps = _maps((*instance.steps, *elsewhere))
    going_on = [each for each in elsewhere if each.ended_at is None]
    standing = {stage for step in going_on for stage in _stages(step, stage_of, maps)}
    steps = {
        row.row: tuple(step for step in instance.steps if row.row in _stages(step, stage_of, maps))
        for row in rows
        if row.is_stage
    }
    entered = [number for number, found in steps.items() if found or number in standing]
    last = entered[-1] if entered else next(iter(steps), None)
    active = instance.row.state == "active"
    stages = []
    passed = True
    for row in (row for row in rows if row.is_stage):
        if row.row == last:
            passed = False
            state = NOW if active else (DONE if went_well else ENDED)
        elif passed:
            state = NOW if active and _goes_on(steps[row.row]) else DONE
        else:
            state = NEXT if active else MISSED
        stages.append(Stage(row.row, row.names, state, steps[row.row]))
    return stages


class Told(Protocol):
    """Something the person was told."""

    @property
    def sent_at(self) -> datetime: ...


def told_in(stages: Sequence[Stage], told: Iterable[AnyTold]) -> dict[str, list[AnyTold]]:
    """What the person was told, by the number of the stage that had begun last; oldest first.

    What came before any stage is under the first one.
    """
    begun = [
        (min(step.started_at for step in stage.steps), stage.number)
        for stage in stages
        if stage.steps
    ]
    found: dict[str, list[AnyTold]] = {stage.number: [] for stage in stages}
    for each in sorted(told, key=lambda one: one.sent_at):
        before = [entry for entry in begun if entry[0] <= each.sent_at]
        number = max(before)[1] if before else next(iter(found), None)
        if number is not None:
            found[number].append(each)
    return found


def _maps(steps: Sequence[Step]) -> set[str]:
    """The sources that are maps: those whose rows are numbered below stages, "FK-B.03 2.2"."""
    sources = (source.rpartition(" ") for step in steps for source in step.sources)
    return {name for name, _, row in sources if "." in row}


def _stages(step: Step, stage_of: Mapping[str, str], maps: set[str]) -> set[str]:
    """The stages that a step belongs to."""
    if not step.is_work:
        return set()
    rows = {row for name, _, row in (each.rpartition(" ") for each in step.sources) if name in maps}
    return {stage_of[row] for row in rows if row in stage_of}


def _goes_on(steps: Sequence[Step]) -> bool:
    return any(step.ended_at is None for step in steps)
