"""The messages of enterprises with what became of their e-mails, for those who look at them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, false, func, or_, select

from handlers.shared.email_records import (
    FAILED,
    QUEUED,
    SENDING,
    STATES,
    EmailRow,
    as_email,
    email,
)
from handlers.shared.records import CabinetRow, as_row, cabinet_message


@dataclass(frozen=True)
class Posted:
    """A message with its e-mail, if it has one."""

    message: CabinetRow
    email: EmailRow | None


@dataclass(frozen=True)
class Sight:
    """Whose messages are seen: of these units and parties; None: of every one.

    `cases` selects the ids of the instances whose messages are seen beside those of the units: a
    case that has no unit yet is that of whoever filed it.
    """

    units: Collection[str] | None = None
    parties: Collection[str] | None = None
    cases: Select[Any] | None = None


def posted(
    connection: Connection,
    sight: Sight,
    *,
    state: str | None = None,
    search: str = "",
    before: int | None = None,
    limit: int = 25,
) -> list[Posted]:
    """Messages with their e-mails, newest first.

    `state` is one of `STATES`; `search` is found in the number of a case, at the beginning of a BIN
    or IIN, in an address. `before`: only messages with a smaller id.
    """
    statement = _joined().where(*_seen(sight)).order_by(cabinet_message.c.id.desc()).limit(limit)
    if state is not None:
        statement = statement.where(_in_state(state))
    if search:
        statement = statement.where(
            or_(
                cabinet_message.c.business_key.icontains(search, autoescape=True),
                cabinet_message.c.party.startswith(search, autoescape=True),
                email.c.address.icontains(search, autoescape=True),
            )
        )
    if before is not None:
        statement = statement.where(cabinet_message.c.id < before)
    return [_as_posted(row) for row in connection.execute(statement)]


def posted_message(connection: Connection, sight: Sight, message_id: int) -> Posted | None:
    """A message with its e-mail, where it is seen."""
    statement = _joined().where(cabinet_message.c.id == message_id, *_seen(sight))
    row = connection.execute(statement).one_or_none()
    return None if row is None else _as_posted(row)


def posted_of_instance(connection: Connection, instance_id: str) -> list[Posted]:
    """The messages of a process instance, newest first."""
    rows = connection.execute(_OF_INSTANCE, {"instance_id": instance_id})
    return [_as_posted(row) for row in rows]


def count_by_state(connection: Connection, sight: Sight) -> dict[str, int]:
    """How many e-mails are in each of `STATES`."""
    rows = connection.execute(
        select(email.c.state, func.count())
        .select_from(email.join(cabinet_message, cabinet_message.c.id == email.c.message_id))
        .where(*_seen(sight))
        .group_by(email.c.state)
    )
    counted = dict.fromkeys(STATES, 0)
    for state, count in rows:
        counted[QUEUED if state == SENDING else state] += count
    return counted


def failed_ids(connection: Connection, sight: Sight) -> list[int]:
    """The ids of the e-mails that failed, oldest first."""
    rows = connection.execute(
        select(email.c.id)
        .select_from(email.join(cabinet_message, cabinet_message.c.id == email.c.message_id))
        .where(email.c.state == FAILED, *_seen(sight))
        .order_by(email.c.id)
    )
    return [row.id for row in rows]


def _joined() -> Select[Any]:
    own = [column.label(f"email_{column.name}") for column in email.c]
    return select(cabinet_message, *own).join(
        email, email.c.message_id == cabinet_message.c.id, isouter=True
    )


_OF_INSTANCE = (
    _joined()
    .where(cabinet_message.c.instance_id == bindparam("instance_id"))
    .order_by(cabinet_message.c.id.desc())
)


def _seen(sight: Sight) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if sight.units is not None:
        of_units = cabinet_message.c.unit.in_(sorted(sight.units))
        conditions.append(or_(of_units, _of_cases(sight.cases)))
    if sight.parties is not None:
        conditions.append(cabinet_message.c.party.in_(sorted(sight.parties)))
    return conditions


def _of_cases(cases: Select[Any] | None) -> ColumnElement[bool]:
    if cases is None:
        return false()
    return cases.where(cases.selected_columns[0] == cabinet_message.c.instance_id).exists()


def _in_state(state: str) -> ColumnElement[bool]:
    return email.c.state.in_((QUEUED, SENDING) if state == QUEUED else (state,))


def _as_posted(row: Any) -> Posted:
    return Posted(as_row(row), None if row.email_id is None else as_email(row, "email_"))
