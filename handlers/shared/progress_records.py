"""How far inquiries are, for the pages: which registry has answered, and which is awaited."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from handlers.shared.inquiry_records import inquiry, inquiry_answer
from handlers.shared.records import as_time


@dataclass(frozen=True)
class RegistryProgress:
    """One registry of an inquiry. `names` by language; times are UTC.

    `since`: when it was first asked without an answer yet. `answered_at`: None while it is
    awaited. `reason` (for operators, in English) and `failures` say how the last try went.
    """

    registry: str
    names: dict[str, str]
    since: datetime
    answered_at: datetime | None
    reason: str | None
    failures: int


@dataclass(frozen=True)
class InquiryProgress:
    """How far the questions about one enterprise are.

    `state`: `asking` (answers are coming in), `waiting` (asked again at `next_try_at`) or
    `operator` (it has lasted for so long that an operator has an incident).
    """

    key: str
    instance_id: str
    business_key: str | None
    identifier: str
    state: str
    began_at: datetime
    next_try_at: datetime | None
    registries: tuple[RegistryProgress, ...]

    @property
    def answered(self) -> tuple[RegistryProgress, ...]:
        """Those that have answered."""
        return tuple(each for each in self.registries if each.answered_at is not None)

    @property
    def awaited(self) -> tuple[RegistryProgress, ...]:
        """Those that have not, the longest awaited first."""
        waiting = (each for each in self.registries if each.answered_at is None)
        return tuple(sorted(waiting, key=lambda each: (each.since, each.registry)))


def progress_of(connection: Connection, instances: Collection[str]) -> dict[str, InquiryProgress]:
    """The inquiry that goes on for each of these instances; one that has none is not among them.

    Where one instance has two (a step was left while it waited), the newer one.
    """
    found = connection.execute(
        select(inquiry).where(inquiry.c.instance_id.in_(instances)).order_by(inquiry.c.began_at)
    ).all()
    rows = connection.execute(
        select(inquiry_answer)
        .where(inquiry_answer.c.key.in_([each.key for each in found]))
        .order_by(inquiry_answer.c.registry)
    ).all()
    return {
        each.instance_id: InquiryProgress(
            key=each.key,
            instance_id=each.instance_id,
            business_key=each.business_key,
            identifier=each.identifier,
            state=each.state,
            began_at=as_time(each.began_at),
            next_try_at=_as_time(each.next_try_at),
            registries=tuple(_as_progress(row) for row in rows if row.key == each.key),
        )
        for each in found
    }


def _as_progress(row: Any) -> RegistryProgress:
    return RegistryProgress(
        registry=row.registry,
        names=dict(row.names),
        since=as_time(row.since),
        answered_at=_as_time(row.answered_at),
        reason=row.reason,
        failures=row.failures,
    )


def _as_time(text: str | None) -> datetime | None:
    return None if text is None else as_time(text)
