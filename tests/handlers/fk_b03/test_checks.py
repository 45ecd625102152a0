"""Completion checks: measures, places and the ledger, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError

from engine.completion_check import CompletionRefused
from handlers.fk_b03 import records
from handlers.shared.reference_data import ReferenceData
from handlers.shared.texts import LANGUAGES

Complete = Callable[..., Mapping[str, Any] | None]
Example = Callable[[str], dict[str, Any]]
BIN = "150140000022"


@pytest.fixture
def variables(example: Example) -> dict[str, Any]:
    """Twelve employees, so two places; two are asked for."""
    return example("fk_b03.make_application_document")


@pytest.fixture
def strict_windows(ports: dict[type, object], reference_data: ReferenceData) -> None:
    """The windows of the guide in the stead of the demonstration's."""
    ports[ReferenceData] = reference_data


def _taken(database: Engine, year: int = 2026) -> int:
    with database.begin() as connection:
        return records.count_taken(connection, BIN, year)


def _all_languages(fields: Mapping[str, Mapping[str, str]]) -> bool:
    return all(
        texts[language] and "{" not in texts[language]
        for texts in fields.values()
        for language in LANGUAGES
    )


def test_an_application_in_order_passes(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    with database.begin() as connection:
        assert complete("fk_b03.application", connection, variables) is None
    assert _taken(database) == 0


@pytest.mark.parametrize(
    ("changes", "field", "part"),
    [
        ({"no_grants": False, "measure": "PW"}, "measure", "«Күміс жас»"),
        ({"no_grants": False, "measure": "PW"}, "measure", "Не подтверждено отсутствие грантов"),
        ({"no_grants": False, "no_medical_care": None}, "measure", "доступных мер нет"),
        ({"no_grants": False, "no_medical_care": None}, "measure", "меры не предлагаются"),
        (
            {"legal_form": "state_institution", "measure": "SA"},
            "measure",
            "Общественные работы, Молодёжная практика",
        ),
        ({"places": 3}, "places", "Доступно мест: 2"),
        ({"listed_headcount": 4, "places": 1}, "places", "Доступно мест: 0"),
        ({"settlement": "990000000"}, "settlement", "Выберите другое место"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    complete: Complete,
    database: Engine,
    variables: dict[str, Any],
    changes: dict[str, Any],
    field: str,
    part: str,
) -> None:
    with database.begin() as connection, pytest.raises(CompletionRefused) as refused:
        complete("fk_b03.application", connection, variables, submitted=changes)
    assert set(refused.value.fields) == {field}
    assert part in refused.value.fields[field]["ru"]
    assert _all_languages(refused.value.fields)


def test_all_faults_are_told_at_once(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    wrong = {"measure": "PW", "no_grants": False, "places": 9, "settlement": "990000000"}
    with database.begin() as connection, pytest.raises(CompletionRefused) as refused:
        complete("fk_b03.application", connection, variables, submitted=wrong)
    assert set(refused.value.fields) == {"measure", "places", "settlement"}


def test_signing_takes_the_places_and_keeps_which_rules_decided(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    with database.begin() as connection:
        given = complete("fk_b03.take_places", connection, variables, submitted={"sending": "send"})
    assert given is not None
    assert given["filing"]["filed_at"] == "2026-03-02T10:30:00+05:00"
    assert given["filing"]["places_limit"] == 2
    assert given["filing"]["decisions"] == [
        {"decision": "fk_b03_measures", "version": 0},
        {"decision": "fk_b03_places", "version": 0},
    ]
    assert _taken(database) == 2
    assert _taken(database, 2027) == 0


@pytest.mark.parametrize("sending", ["edit", "delete"])
def test_only_sending_takes_places(
    complete: Complete, database: Engine, variables: dict[str, Any], sending: str
) -> None:
    with database.begin() as connection:
        complete("fk_b03.take_places", connection, variables, submitted={"sending": sending})
    assert _taken(database) == 0


def test_the_last_place_goes_to_the_first_who_signs(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    first, second = database.connect(), database.connect()
    with first.begin() as winning:
        complete("fk_b03.take_places", first, variables, key="winner")
        with pytest.raises(OperationalError, match="locked"):
            second.begin()
        winning.commit()
    with second.begin(), pytest.raises(CompletionRefused) as refused:
        complete("fk_b03.take_places", second, variables, key="other")
    first.close()
    second.close()
    assert "осталось: 0" in refused.value.fields[""]["ru"]
    assert _all_languages(refused.value.fields)
    assert _taken(database) == 2


def test_a_transaction_that_is_rolled_back_takes_nothing(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    with database.connect() as connection:
        transaction = connection.begin()
        complete("fk_b03.take_places", connection, variables, key="winner")
        transaction.rollback()
    assert _taken(database) == 0


def test_signing_again_replaces_the_places_held_before(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    for places in (2, 1, 2):
        with database.begin() as connection:
            complete("fk_b03.application", connection, variables | {"places": places})
            complete("fk_b03.take_places", connection, variables | {"places": places})
        assert _taken(database) == places


def test_released_places_can_be_taken_by_others_and_the_row_stays(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    with database.begin() as connection:
        complete("fk_b03.take_places", connection, variables, key="first")
    for _ in range(2):
        with database.begin() as connection:
            assert complete("fk_b03.release_places", connection, variables, key="first") is None
    assert _taken(database) == 0
    with database.begin() as connection:
        complete("fk_b03.take_places", connection, variables, key="second")
        rows = connection.execute(
            select(records.places_taken.c.application_key, records.places_taken.c.released_at)
        ).all()
    assert {key: released is not None for key, released in rows} == {"first": True, "second": False}


def test_releasing_what_was_never_taken_is_nothing(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    with database.begin() as connection:
        assert complete("fk_b03.release_places", connection, variables) is None


def test_other_enterprises_and_years_have_places_of_their_own(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    with database.begin() as connection:
        complete("fk_b03.take_places", connection, variables, key="1")
        complete("fk_b03.take_places", connection, variables | {"bin": "150140000042"}, key="2")
        complete("fk_b03.take_places", connection, variables | {"financial_year": 2027}, key="3")
    assert (_taken(database), _taken(database, 2027)) == (2, 2)


def test_the_rules_are_those_of_the_day_of_signing(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    with database.begin() as connection, pytest.raises(CompletionRefused) as refused:
        complete(
            "fk_b03.take_places", connection, variables | {"no_grants": False, "measure": "YP"}
        )
    assert list(refused.value.fields) == [""]


@pytest.mark.usefixtures("strict_windows")
@pytest.mark.parametrize(
    ("today", "part"),
    [
        (date(2026, 1, 20), "Следующий период: 01.02.2026 – 30.09.2026, на 2026 год."),
        (date(2026, 10, 1), "ещё не объявлен"),
    ],
)
def test_outside_the_windows_the_next_one_is_named(
    complete: Complete, today: date, part: str
) -> None:
    with pytest.raises(CompletionRefused) as refused:
        complete("fk_b03.window", None, {"financial_year": 2026}, today=today)
    assert part in refused.value.fields["financial_year"]["ru"]
    assert _all_languages(refused.value.fields)


@pytest.mark.usefixtures("strict_windows")
def test_inside_a_window_the_moment_of_the_request_is_fixed(
    complete: Complete, database: Engine
) -> None:
    variables = {"financial_year": 2026, "bin": BIN}
    with database.begin() as connection:
        given = complete("fk_b03.window", connection, variables, today=date(2026, 9, 30))
    assert given is not None
    assert given["requested_at"].startswith("2026-09-30")


@pytest.mark.parametrize("day", [date(2026, 1, 20), date(2026, 11, 20), date(2028, 6, 1)])
def test_in_a_demonstration_some_year_is_always_open(
    complete: Complete, database: Engine, day: date
) -> None:
    variables = {"financial_year": day.year, "bin": BIN}
    with database.begin() as connection:
        assert complete("fk_b03.window", connection, variables, today=day)


@pytest.mark.parametrize(
    ("year", "last", "is_refused"),
    [
        (2026, {"passed": False, "next_check_from": "2026-03-12T09:00:07+05:00"}, True),
        (2026, {"passed": False, "next_check_from": "2026-03-01T09:00:00+05:00"}, False),
        (2026, {"passed": True, "next_check_from": None}, False),
        (2027, {"passed": False, "next_check_from": "2026-03-12T09:00:07+05:00"}, False),
    ],
)
def test_after_a_failed_check_no_new_application_before_its_time(
    complete: Complete, database: Engine, year: int, last: dict[str, Any], is_refused: bool
) -> None:
    verdict = {"checked_at": "2026-03-02T09:00:00+05:00", "fresh_until": None, **last}
    if last["passed"]:
        verdict["fresh_until"] = "2026-03-30T09:00:00+05:00"
    variables = {"financial_year": 2026, "bin": BIN}
    with database.begin() as connection:
        records.keep_check(
            connection,
            key="earlier",
            identifier=BIN,
            financial_year=year,
            checked_at=datetime.fromisoformat(verdict["checked_at"]),
            outcome={"eligibility": verdict},
        )
        if not is_refused:
            assert complete("fk_b03.window", connection, variables)
            return
        with pytest.raises(CompletionRefused) as refused:
            complete("fk_b03.window", connection, variables)
    assert "12.03.2026 09:00:07" in refused.value.fields["bin"]["kk"]
    assert _all_languages(refused.value.fields)


@pytest.mark.parametrize("end", ["2026-03-02", "2026-03-01"])
def test_diagrams_deployed_before_still_ask_when_a_contract_ends(
    complete: Complete, end: str
) -> None:
    with pytest.raises(CompletionRefused) as refused:
        complete("fk_b03.contract_terms", None, {}, submitted={"contract_end_date": end})
    assert _all_languages(refused.value.fields)
    assert complete("fk_b03.contract_terms", None, {"contract_end_date": "2026-03-03"}) is None
