"""Beginning an application and signing its request: windows, lock-outs, the time of filing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from engine.completion_check import CompletionRefused
from handlers.fk_b03 import records
from handlers.shared.reference_data import ReferenceData
from tests.support.languages import in_all_languages

Complete = Callable[..., Mapping[str, Any] | None]
BIN = "150140000022"
ASKED = {"financial_year": 2026, "bin": BIN}
SIGN = {"request": "sign"}
HOLDER = "850312390018"
ALL = pytest.mark.parametrize(
    ("check", "submitted", "fields"),
    [
        ("fk_b03.begin", {}, ("financial_year", "bin")),
        ("fk_b03.window", {}, ("financial_year", "bin")),
        ("fk_b03.request_check", SIGN, ("", "")),
    ],
)
"""Whatever a case may be filed with, and the fields of a closed window and of a lock-out."""


@pytest.fixture
def strict_windows(ports: dict[type, object], reference_data: ReferenceData) -> None:
    """The windows of the guide in the stead of the demonstration's."""
    ports[ReferenceData] = reference_data


def _fail_check(database: Engine, **changes: Any) -> None:
    """The enterprise was checked on 2 March and did not pass, unless `changes` say otherwise."""
    verdict = {
        "passed": False,
        "checked_at": "2026-03-02T09:00:00+05:00",
        "fresh_until": None,
        "next_check_from": "2026-03-12T09:00:07+05:00",
    }
    year = changes.pop("year", 2026)
    with database.begin() as connection:
        records.keep_check(
            connection,
            key="earlier",
            identifier=BIN,
            financial_year=year,
            checked_at=datetime.fromisoformat("2026-03-02T09:00:00+05:00"),
            outcome={"eligibility": verdict | changes},
        )


@pytest.mark.usefixtures("strict_windows")
@pytest.mark.parametrize(
    ("today", "part"),
    [
        (date(2026, 1, 20), "Следующий период: 01.02.2026 – 30.09.2026, на 2026 год."),
        (date(2026, 10, 1), "ещё не объявлен"),
    ],
)
@ALL
def test_outside_the_windows_the_next_one_is_named(
    complete: Complete,
    check: str,
    submitted: dict[str, str],
    fields: tuple[str, str],
    today: date,
    part: str,
) -> None:
    with pytest.raises(CompletionRefused) as refused:
        complete(check, None, ASKED, submitted=submitted, today=today)
    assert part in refused.value.fields[fields[0]]["ru"]
    assert in_all_languages(refused.value.fields)


@pytest.mark.parametrize("day", [date(2026, 1, 20), date(2026, 11, 20), date(2028, 6, 1)])
def test_in_a_demonstration_some_year_is_always_open(
    complete: Complete, database: Engine, day: date
) -> None:
    variables = ASKED | {"financial_year": day.year}
    with database.begin() as connection:
        assert complete("fk_b03.begin", connection, variables, today=day)


@ALL
def test_after_a_failed_check_nothing_is_filed_before_its_time(
    complete: Complete,
    database: Engine,
    check: str,
    submitted: dict[str, str],
    fields: tuple[str, str],
) -> None:
    _fail_check(database)
    with database.begin() as connection, pytest.raises(CompletionRefused) as refused:
        complete(check, connection, ASKED, submitted=submitted)
    assert "12.03.2026 09:00:07" in refused.value.fields[fields[1]]["kk"]
    assert in_all_languages(refused.value.fields)


@pytest.mark.parametrize(
    "earlier",
    [
        {"next_check_from": "2026-03-01T09:00:00+05:00"},
        {"passed": True, "next_check_from": None, "fresh_until": "2026-03-30T09:00:00+05:00"},
        {"year": 2027},
    ],
    ids=["its time has come", "it was passed", "another year"],
)
@ALL
def test_another_check_stands_in_nobodys_way(
    complete: Complete,
    database: Engine,
    check: str,
    submitted: dict[str, str],
    fields: tuple[str, str],
    earlier: dict[str, Any],
) -> None:
    _fail_check(database, **earlier)
    with database.begin() as connection:
        assert complete(check, connection, ASKED, submitted=submitted)


def test_beginning_is_not_filing(complete: Complete, database: Engine) -> None:
    with database.begin() as connection:
        given = complete("fk_b03.begin", connection, ASKED)
    assert given is not None
    assert (given["requested_at"], given["at_counter"], given["counter_user"]) == (
        None,
        False,
        None,
    )
    assert given["case_notes"] == []


@pytest.mark.usefixtures("strict_windows")
def test_signing_the_request_fixes_the_time_of_filing(complete: Complete, database: Engine) -> None:
    last_day = date(2026, 9, 30)
    with database.begin() as connection:
        given = complete("fk_b03.request_check", connection, ASKED, submitted=SIGN, today=last_day)
    assert given == {"requested_at": "2026-09-30T10:30:00+05:00"}


@pytest.mark.usefixtures("strict_windows")
def test_a_request_can_be_deleted_at_any_time(complete: Complete) -> None:
    deleted = {"request": "delete"}
    closed = date(2026, 10, 1)
    given = complete("fk_b03.request_check", None, ASKED, submitted=deleted, today=closed)
    assert given == {}


@pytest.mark.parametrize(("iin", "is_refused"), [(HOLDER, True), ("900101300037", False)])
def test_the_holder_of_an_ended_power_does_not_sign_the_request(
    complete: Complete, database: Engine, iin: str, is_refused: bool
) -> None:
    power = {"holder_iin": HOLDER, "date": "2026-01-15", "until": "2026-03-01"}
    variables = {**ASKED, "representation": {"power": power}}
    with database.begin() as connection:
        if not is_refused:
            assert complete("fk_b03.request_check", connection, variables, submitted=SIGN, iin=iin)
            return
        with pytest.raises(CompletionRefused) as refused:
            complete("fk_b03.request_check", connection, variables, submitted=SIGN, iin=iin)
    assert "01.03.2026" in refused.value.fields[""]["ru"]
    assert in_all_languages(refused.value.fields)


def test_at_the_counter_the_written_request_is_the_filing_and_is_noted(
    complete: Complete, database: Engine
) -> None:
    with database.begin() as connection:
        given = complete("fk_b03.begin", connection, ASKED, groups=frozenset({"specialist"}))
    assert given is not None
    assert (given["at_counter"], given["counter_user"]) == (True, "employer")
    assert given["requested_at"] == "2026-03-02T10:30:00+05:00"
    assert [note["about"] for note in given["case_notes"]] == ["representation", "request"]
    assert "в письменном виде" in given["case_notes"][1]["text"]["ru"]
    assert "02.03.2026 10:30:00" in given["case_notes"][1]["text"]["kk"]
    assert in_all_languages({"": given["case_notes"][1]["text"]})


def test_diagrams_deployed_before_file_with_the_start(complete: Complete, database: Engine) -> None:
    with database.begin() as connection:
        given = complete("fk_b03.window", connection, ASKED)
    assert given is not None
    assert given["requested_at"] == "2026-03-02T10:30:00+05:00"
    assert "at_counter" not in given
