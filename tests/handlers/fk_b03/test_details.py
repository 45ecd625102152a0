"""Row 1.1: details are kept, and a changed head is noted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine

from engine.completion_check import Completion
from handlers.fk_b03 import records
from handlers.fk_b03.details import check_details
from handlers.shared.details_records import details_in_force, keep_details, kept_details
from handlers.shared.records import metadata
from tests.processes.fk_b03 import BIN, DETAILS

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
NO_CHANGE = {"places_taken": 0}


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    records.metadata.create_all(engine)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def submit(connection: Any, variables: dict[str, Any] | None = None, **values: Any) -> Any:
    submitted = {**DETAILS, **values}
    return check_details(
        Completion(
            element_id="fill_details",
            instance_id="i",
            process_id="fk_b03",
            business_key="2026-000001",
            user="employer-1",
            variables={"bin": BIN, "financial_year": 2026, **(variables or {}), **submitted},
            submitted=submitted,
            now=NOW,
            today=NOW.date(),
            unit=None,
            party=BIN,
            connection=connection,
        )
    )


def keep(connection: Any, **values: Any) -> bool:
    details = {**DETAILS, **values}
    return keep_details(connection, BIN, details, changed_by="employer-1", now=NOW)


def test_details_are_kept_where_that_is_wished(connection: Connection) -> None:
    submit(connection, keep_details=False)
    assert details_in_force(connection, BIN) is None
    submit(connection, keep_details=True)
    kept = details_in_force(connection, BIN)
    assert kept is not None
    assert kept.details == DETAILS
    assert (kept.changed_by, kept.business_key) == ("employer-1", "2026-000001")


def correct(connection: Any, *, keep_details: bool, **submitted: Any) -> None:
    """A correction in which only some details are asked for; the wish was given before."""
    check_details(
        Completion(
            element_id="correct_details",
            instance_id="i",
            process_id="fk_b03",
            business_key="2026-000001",
            user="employer-1",
            variables={
                "bin": BIN,
                "financial_year": 2026,
                **DETAILS,
                "keep_details": keep_details,
                **submitted,
            },
            submitted=submitted,
            now=NOW,
            today=NOW.date(),
            unit=None,
            party=BIN,
            connection=connection,
        )
    )


def test_corrected_details_are_kept_as_it_was_wished_before(connection: Connection) -> None:
    correct(connection, keep_details=False, phone="+7 727 000 00 09")
    assert details_in_force(connection, BIN) is None
    correct(connection, keep_details=True, phone="+7 727 000 00 09")
    kept = details_in_force(connection, BIN)
    assert kept is not None
    assert kept.details == {**DETAILS, "phone": "+7 727 000 00 09"}


def test_a_correction_keeps_what_the_account_holds_by_now(connection: Connection) -> None:
    keep(connection, email="new@example.kz")
    correct(connection, keep_details=True)
    correct(connection, keep_details=True, phone="+7 727 000 00 09")
    assert [row.details for row in kept_details(connection, BIN)] == [
        {**DETAILS, "email": "new@example.kz", "phone": "+7 727 000 00 09"},
        {**DETAILS, "email": "new@example.kz"},
    ]


def test_the_same_details_are_kept_once(connection: Connection) -> None:
    assert keep(connection)
    assert not keep(connection)
    assert keep(connection, phone="+7 727 000 00 09")
    assert [row.details["phone"] for row in kept_details(connection, BIN)] == [
        "+7 727 000 00 09",
        DETAILS["phone"],
    ]


def test_the_first_details_change_no_head(connection: Connection) -> None:
    assert submit(connection, keep_details=True) == NO_CHANGE


def test_a_changed_head_is_noted_with_who_and_since_when(connection: Connection) -> None:
    keep(connection)
    earlier = {"about": "representation"}
    given = submit(
        connection,
        {"case_notes": [earlier]},
        head_kk="Жаңа Басшы",
        head_ru="Новый Руководитель",
        head_since="2026-02-01",
        keep_details=True,
    )
    assert given["head_change"] == {
        "before": {"kk": "Демо Басшы", "ru": "Демо Руководитель"},
        "after": {"kk": "Жаңа Басшы", "ru": "Новый Руководитель"},
        "since": "2026-02-01",
        "noted_at": "2026-03-02T04:00:00+00:00",
        "noted_by": "employer-1",
    }
    first, note = given["case_notes"]
    assert first == earlier
    assert note["text"]["ru"] == (
        "Сменился первый руководитель предприятия: был «Демо Руководитель», "
        "теперь «Новый Руководитель», с 01.02.2026."
    )
    assert (note["by"], note["about"]) == ("employer-1", "head_change")


def test_spaces_and_letters_make_no_other_head(connection: Connection) -> None:
    keep(connection)
    assert submit(connection, head_kk="демо  БАСШЫ", head_ru=" Демо Руководитель") == NO_CHANGE


NEW = {"head_kk": "Жаңа Басшы", "head_ru": "Новый Руководитель"}


def file(connection: Any, kk: str, ru: str, key: str = "2025-000001") -> None:
    records.note_filed_head(connection, key, BIN, {"kk": kk, "ru": ru}, NOW)


def test_a_head_that_the_account_changed_first_is_noted_with_when(connection: Connection) -> None:
    file(connection, DETAILS["head_kk"], DETAILS["head_ru"])
    keep(connection, **NEW)
    given = submit(connection, **NEW)
    assert given["head_change"]["before"]["ru"] == "Демо Руководитель"
    assert given["head_change"]["kept_at"] == "2026-03-02T04:00:00+00:00"
    assert given["head_change"]["kept_by"] == "employer-1"
    said = given["case_notes"][0]["text"]["ru"]
    assert said.endswith("В реквизитах кабинета изменено 02.03.2026 09:00:00.")


def test_a_head_is_compared_with_the_last_filed_application_where_none_are_kept(
    connection: Connection,
) -> None:
    file(connection, DETAILS["head_kk"], DETAILS["head_ru"])
    assert submit(connection) == NO_CHANGE
    given = submit(connection, **NEW)
    assert given["head_change"]["before"]["ru"] == "Демо Руководитель"
    assert "kept_at" not in given["head_change"]


def test_the_last_filed_head_goes_before_what_was_kept(connection: Connection) -> None:
    keep(connection)
    file(connection, NEW["head_kk"], NEW["head_ru"])
    assert submit(connection, **NEW) == NO_CHANGE


def test_who_never_filed_is_compared_with_what_was_kept_before(connection: Connection) -> None:
    keep(connection)
    keep(connection, **NEW)
    given = submit(connection, **NEW)
    assert given["head_change"]["before"]["ru"] == "Демо Руководитель"


def test_a_change_is_noted_once_in_a_case(connection: Connection) -> None:
    keep(connection)
    changed = {"head_kk": "Жаңа Басшы", "head_ru": "Новый Руководитель"}
    first = submit(connection, **changed)
    assert "с 0" not in first["case_notes"][0]["text"]["ru"]
    assert submit(connection, first, **changed) == NO_CHANGE


def test_the_places_are_counted_anew_without_those_of_the_same_application(
    connection: Connection,
) -> None:
    for key, places in (("2026-000001", 5), ("2026-000002", 2)):
        records.take(
            connection,
            application_key=key,
            identifier=BIN,
            financial_year=2026,
            measure="SJ",
            profession="cook",
            places=places,
            is_counted=True,
            now=NOW,
        )
    assert submit(connection, {"places_taken": 0})["places_taken"] == 2
