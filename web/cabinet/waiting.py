"""What a case waits for, in the words of its enterprise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.queries.instance_list import InstanceRow
from engine.queries.waiting import Waiting
from web.cabinet.tasks import asked_of
from web.context import actor, queries
from web.contracts import term_of_contract
from web.language import words

_PLACE = "{place}"


@dataclass(frozen=True)
class Awaited:
    """One thing that is waited for, and by when. `is_own`: it waits for the reader."""

    text: str
    due_at: datetime | None
    is_own: bool


def places_of(rows: Iterable[InstanceRow]) -> Mapping[str, int]:
    """The places of the tasks that are told of with their place, by the task's id."""
    told = [
        each.task_id
        for row in rows
        for each in row.waiting_for
        if each.task_id is not None and _PLACE in _wording(row, each)
    ]
    return queries().places_in_list(actor(), told) if told else {}


def awaited(row: InstanceRow, places: Mapping[str, int]) -> list[Awaited]:
    """What a case waits for: as the process application words it, else by the element's name."""
    own = asked_of(actor().groups, actor().user, row.waiting_for)
    return [
        Awaited(
            _wording(row, each).replace(_PLACE, str(places.get(each.task_id or "", 1))),
            _due(row, each),
            each in own,
        )
        for each in row.waiting_for
    ]


def _due(row: InstanceRow, waiting: Waiting) -> datetime | None:
    """Its term; where another case is waited for, the term of that one."""
    if waiting.due_at is None and waiting.kind == "message":
        return term_of_contract(row)
    return waiting.due_at


def _wording(row: InstanceRow, waiting: Waiting) -> str:
    texts = queries().waiting_texts(actor(), row.process_id, row.version)
    return words(texts.get(waiting.element_id) or waiting.names)
