"""What a case waits for, in the words of its enterprise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from engine.queries.instance_list import InstanceRow
from engine.queries.waiting import Waiting
from handlers.shared.inquiry_records import OPERATOR
from handlers.shared.progress_records import InquiryProgress
from web.cabinet.tasks import asked_of
from web.context import actor, queries, surroundings
from web.contracts import terms_of_contracts
from web.formats import moment
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


def inquiries_of(rows: Iterable[InstanceRow]) -> Mapping[str, InquiryProgress]:
    """The questions to registries that go on for those of these cases that wait for nothing else,
    by the case's id."""
    store = surroundings().checks
    idle = [row.id for row in rows if row.state == "active" and not row.waiting_for]
    return store.inquiries(idle) if store is not None and idle else {}


def awaited(
    row: InstanceRow,
    places: Mapping[str, int],
    terms: Mapping[str, datetime],
    inquiries: Mapping[str, InquiryProgress],
) -> list[Awaited]:
    """What a case waits for: as the process application words it, else by the element's name; a
    check that goes on by the registries that have not answered.

    `places`, `terms` and `inquiries` are those of the list that the case is in, each asked for
    once.
    """
    if row.id in inquiries:
        return [Awaited(_awaited_registries(inquiries[row.id]), None, False)]
    own = asked_of(actor().groups, actor().user, row.waiting_for)
    return [
        Awaited(
            _asked(each) if each in own else _told(row, each, places),
            terms.get(row.business_key or "") if _is_elsewhere(each) else each.due_at,
            each in own,
        )
        for each in row.waiting_for
    ]


def _is_elsewhere(waiting: Waiting) -> bool:
    """Whether another case is waited for, so that the term is that one's."""
    return waiting.due_at is None and waiting.kind == "message"


def _awaited_registries(inquiry: InquiryProgress) -> str:
    if inquiry.state == OPERATOR:
        return gettext("The check waits for an operator: a registry does not answer.")
    names = ", ".join(words(each.names) for each in inquiry.awaited)
    told = gettext("The check waits for registries that have not answered: %(names)s.", names=names)
    if inquiry.next_try_at is None:
        return told
    again = gettext("They are asked again: %(time)s.", time=moment(inquiry.next_try_at))
    return f"{told} {again}"


def _asked(waiting: Waiting) -> str:
    return words(waiting.asks)


def _told(row: InstanceRow, waiting: Waiting, places: Mapping[str, int]) -> str:
    return _wording(row, waiting).replace(_PLACE, str(places.get(waiting.task_id or "", 1)))


def _wording(row: InstanceRow, waiting: Waiting) -> str:
    texts = queries().waiting_texts(actor(), row.process_id, row.version)
    return words(texts.get(waiting.element_id) or waiting.names)
