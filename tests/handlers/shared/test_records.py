"""What the statements say where no second database is at hand to try them on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from handlers.fk_b03.records import lock_enterprise_year
from handlers.shared.ports import Begin
from handlers.shared.records import as_text, as_time, correspondence, put_row
from handlers.shared.texts import ALMATY


class Recorder:
    """A connection that writes down what it is asked to execute."""

    def __init__(self, dialect: Any) -> None:
        self.dialect = dialect
        self.statements: list[str] = []

    def execute(self, statement: Any) -> Recorder:
        self.statements.append(str(statement.compile(dialect=self.dialect)))
        return self

    rowcount = 1


@pytest.mark.parametrize("dialect", [postgresql.dialect(), sqlite.dialect()])
def test_who_takes_places_writes_first_and_then_holds_the_row(dialect: Any) -> None:
    recorder = Recorder(dialect)
    lock_enterprise_year(recorder, "150140000022", 2026)
    insert, select = recorder.statements
    assert "ON CONFLICT DO NOTHING" in insert
    assert ("FOR UPDATE" in select) == (dialect.name == "postgresql")


def test_a_row_is_made_with_what_is_new_and_changed_without(begin: Begin) -> None:
    key, first = {"party": "150140000022"}, {"changed_by": "employer-1", "changed_at": "then"}
    for language, new in (("kk", first), ("ru", {"changed_by": "employer-2"})):
        with begin() as connection:
            put_row(connection, correspondence, key, {"language": language}, {**first, **new})
    with begin() as connection:
        (row,) = connection.execute(select(correspondence)).all()
    assert tuple(row) == ("150140000022", "ru", "employer-1", "then")


def test_times_are_kept_as_utc_text_that_sorts_as_time() -> None:
    early = datetime(2026, 3, 2, 1, 0, 0, tzinfo=ALMATY)
    late = datetime(2026, 3, 1, 23, 0, 0, 5, tzinfo=UTC)
    assert as_text(early) < as_text(late)
    assert (as_time(as_text(early)), as_time(as_text(late))) == (early, late)
