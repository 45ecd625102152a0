"""What a case waits for, in the words of its enterprise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.queries.instance_list import InstanceRow
from engine.queries.waiting import Waiting
from web.cabinet.tasks import asked_of
from web.context import actor, queries
from web.contracts import terms_of_contracts
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


def terms_elsewhere(rows: Iterable[InstanceRow]) -> Mapping[str, datetime]:
    """The terms of the cases that others of these cases wait for, by the key of who waits."""
    waiting = [row for row in rows if any(_is_elsewhere(each) for each in row.waiting_for)]
    return terms_of_contracts(waiting)


def awaited(
    row: InstanceRow, places: Mapping[str, int], terms: Mapping[str, datetime]
) -> list[Awaited]:
    """What a case waits for: as the process application words it, else by the element's name.

    `places` and `terms` are those of the list that the case is in, each asked for once.
    """
    own = asked_of(actor().groups, actor().user, row.waiting_for)
    return [
        Awaited(
            _wording(row, each).replace(_PLACE, str(places.get(each.task_id or "", 1))),
            terms.get(row.business_key or "") if _is_elsewhere(each) else each.due_at,
            each in own,
        )
        for each in row.waiting_for
    ]


def _is_elsewhere(waiting: Waiting) -> bool:
    """Whether another case is waited for, so that the term is that one's."""
    return waiting.due_at is None and waiting.kind == "message"


def _wording(row: InstanceRow, waiting: Waiting) -> str:
    texts = queries().waiting_texts(actor(), row.process_id, row.version)
    return words(texts.get(waiting.element_id) or waiting.names)
