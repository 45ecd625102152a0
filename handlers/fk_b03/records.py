"""Tables of FK-B.03: the ledger of places, the checks of row 1.3, the heads of those who filed.

Every function works on the connection it is given and leaves the transaction to its owner.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    or_,
    select,
    update,
)

from handlers.shared.records import as_text, as_time, insert_unless_there, put_row

metadata = MetaData()

enterprise_year = Table(
    "fk_b03_enterprise_year",
    metadata,
    Column("bin", String(12), primary_key=True),
    Column("financial_year", Integer, primary_key=True, autoincrement=False),
)
"""One row per enterprise and year: who takes places holds its lock."""

places_taken = Table(
    "fk_b03_places_taken",
    metadata,
    Column("application_key", String(255), primary_key=True),
    Column("bin", String(12), nullable=False),
    Column("financial_year", Integer, nullable=False),
    Column("measure", String(8), nullable=False),
    Column("profession", Text, nullable=False),
    Column("places", Integer, nullable=False),
    Column("is_counted", Boolean, nullable=False),
    Column("taken_at", String(32), nullable=False),
    Column("released_at", String(32)),
    Column("centre", String(255)),
    Index("fk_b03_places_taken_enterprise", "bin", "financial_year"),
)
"""One row per application; a released one stays, with the time. `centre` is null of old ones."""

filed_head = Table(
    "fk_b03_filed_head",
    metadata,
    Column("application_key", String(255), primary_key=True),
    Column("bin", String(12), nullable=False),
    Column("head_kk", Text, nullable=False),
    Column("head_ru", Text, nullable=False),
    Column("filed_at", String(32), nullable=False),
    Index("fk_b03_filed_head_enterprise", "bin", "filed_at"),
)
"""Who headed the enterprise when an application was filed, one row per application."""

eligibility_check = Table(
    "fk_b03_eligibility_check",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(255), nullable=False, unique=True),
    Column("bin", String(12), nullable=False),
    Column("financial_year", Integer, nullable=False),
    Column("checked_at", String(32), nullable=False),
    Column("outcome", JSON, nullable=False),
    Index("fk_b03_eligibility_check_enterprise", "bin", "financial_year", "id"),
)
"""Every check that was carried out, for the tab «Тексерулер тарихы»."""


def lock_enterprise_year(connection: Connection, identifier: str, financial_year: int) -> None:
    """Holds, until the transaction ends, what others need to take places of this enterprise."""
    insert_unless_there(
        connection, enterprise_year, {"bin": identifier, "financial_year": financial_year}
    )
    connection.execute(
        select(enterprise_year.c.bin)
        .where(enterprise_year.c.bin == identifier)
        .where(enterprise_year.c.financial_year == financial_year)
        .with_for_update()
    )


def count_taken(
    connection: Connection, identifier: str, financial_year: int, *, except_for: str = ""
) -> int:
    """Places that the enterprise holds this year, without those of one application."""
    statement = (
        select(func.coalesce(func.sum(places_taken.c.places), 0))
        .where(places_taken.c.bin == identifier)
        .where(places_taken.c.financial_year == financial_year)
        .where(places_taken.c.application_key != except_for)
        .where(places_taken.c.is_counted)
        .where(places_taken.c.released_at.is_(None))
    )
    return int(connection.execute(statement).scalar_one())


def application_for(
    connection: Connection,
    identifier: str,
    financial_year: int,
    *,
    profession: str,
    centre: str,
    except_for: str,
) -> str | None:
    """The number of an application that holds places for the profession at the centre.

    None where there is none but `except_for`. One whose centre was not noted counts at each.
    """
    table = places_taken.c
    statement = (
        select(table.application_key)
        .where(table.bin == identifier)
        .where(table.financial_year == financial_year)
        .where(table.profession == profession)
        .where(or_(table.centre == centre, table.centre.is_(None)))
        .where(table.application_key != except_for)
        .where(table.released_at.is_(None))
        .order_by(table.taken_at)
        .limit(1)
    )
    return connection.execute(statement).scalar_one_or_none()


def take(
    connection: Connection,
    *,
    application_key: str,
    identifier: str,
    financial_year: int,
    measure: str,
    profession: str,
    places: int,
    is_counted: bool,
    now: datetime,
    centre: str | None = None,
) -> None:
    """Keeps the places of an application, in the stead of those it held before."""
    values = {
        "bin": identifier,
        "financial_year": financial_year,
        "measure": measure,
        "profession": profession,
        "places": places,
        "is_counted": is_counted,
        "taken_at": as_text(now),
        "released_at": None,
        "centre": centre,
    }
    put_row(connection, places_taken, {"application_key": application_key}, values)


def release(connection: Connection, application_key: str, now: datetime) -> int:
    """Frees the places of an application; gives how many, 0 where it holds none."""
    held = (places_taken.c.application_key == application_key) & (
        places_taken.c.released_at.is_(None)
    )
    freed = connection.execute(select(places_taken.c.places).where(held)).scalar_one_or_none()
    connection.execute(update(places_taken).where(held).values(released_at=as_text(now)))
    return freed or 0


def note_filed_head(
    connection: Connection,
    application_key: str,
    identifier: str,
    head: Mapping[str, str],
    now: datetime,
) -> None:
    """Notes who heads the enterprise (kk, ru) as an application is filed, or filed again."""
    values = {
        "bin": identifier,
        "head_kk": head["kk"],
        "head_ru": head["ru"],
        "filed_at": as_text(now),
    }
    put_row(connection, filed_head, {"application_key": application_key}, values)


def last_filed_head(connection: Connection, identifier: str) -> dict[str, str] | None:
    """Who headed the enterprise (kk, ru) when it filed last; None where it never did."""
    statement = (
        select(filed_head.c.head_kk, filed_head.c.head_ru)
        .where(filed_head.c.bin == identifier)
        .order_by(filed_head.c.filed_at.desc(), filed_head.c.application_key.desc())
        .limit(1)
    )
    row = connection.execute(statement).one_or_none()
    return None if row is None else {"kk": row.head_kk, "ru": row.head_ru}


def forget_filed_head(connection: Connection, application_key: str) -> None:
    """Deletes the head that was noted with an application."""
    connection.execute(delete(filed_head).where(filed_head.c.application_key == application_key))


def keep_check(
    connection: Connection,
    *,
    key: str,
    identifier: str,
    financial_year: int,
    checked_at: datetime,
    outcome: Mapping[str, Any],
) -> None:
    """Keeps a check once per key."""
    insert_unless_there(
        connection,
        eligibility_check,
        {
            "key": key,
            "bin": identifier,
            "financial_year": financial_year,
            "checked_at": as_text(checked_at),
            "outcome": dict(outcome),
        },
    )


def forget_checks(connection: Connection, keys: Collection[str]) -> None:
    """Deletes the checks that were kept under these keys."""
    connection.execute(delete(eligibility_check).where(eligibility_check.c.key.in_(keys)))


def checks_of(
    connection: Connection, identifier: str, financial_year: int, limit: int = 50
) -> list[dict[str, Any]]:
    """The outcomes of the enterprise's checks for a year, newest first."""
    statement = (
        select(eligibility_check.c.outcome)
        .where(eligibility_check.c.bin == identifier)
        .where(eligibility_check.c.financial_year == financial_year)
        .order_by(eligibility_check.c.id.desc())
        .limit(limit)
    )
    return [dict(outcome) for outcome in connection.execute(statement).scalars()]


def all_checks_of(
    connection: Connection, identifier: str, limit: int = 50
) -> list[tuple[int, datetime, dict[str, Any]]]:
    """(financial year, when, outcome) of the enterprise's checks, newest first."""
    columns = eligibility_check.c
    statement = (
        select(columns.financial_year, columns.checked_at, columns.outcome)
        .where(columns.bin == identifier)
        .order_by(columns.id.desc())
        .limit(limit)
    )
    return [
        (row.financial_year, as_time(row.checked_at), dict(row.outcome))
        for row in connection.execute(statement)
    ]
