"""Completion checks: measures, places and the ledger, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.exc import OperationalError

from engine.completion_check import CompletionRefused
from handlers.fk_b03 import records
from tests.support.languages import in_all_languages

Complete = Callable[..., Mapping[str, Any] | None]
Example = Callable[[str], dict[str, Any]]
BIN = "150140000022"


def _taken(database: Engine, year: int = 2026) -> int:
    with database.begin() as connection:
        return records.count_taken(connection, BIN, year)


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
    assert in_all_languages(refused.value.fields)


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


def give_up_soon(connection: Connection) -> None:
    """It does not wait for a lock that the test holds itself."""
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA busy_timeout = 0")


def test_the_last_place_goes_to_the_first_who_signs(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    first, second = database.connect(), database.connect()
    give_up_soon(second)
    with first.begin() as winning:
        complete("fk_b03.take_places", first, variables, key="winner")
        with pytest.raises(OperationalError, match="locked"):
            second.begin()
        winning.commit()
    with second.begin(), pytest.raises(CompletionRefused) as refused:
        complete("fk_b03.take_places", second, variables | {"profession": "cook"}, key="other")
    first.close()
    second.close()
    assert "осталось: 0" in refused.value.fields[""]["ru"]
    assert in_all_languages(refused.value.fields)
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


OTHER_CENTRE = {"region": "710000000", "district": "711110000", "settlement": None}


def test_one_profession_has_one_application_at_a_centre(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    variables |= {"places": 1}
    with database.begin() as connection:
        complete("fk_b03.take_places", connection, variables, key="2026-000007")
    another_measure = variables | {"measure": "SW"}
    for check, field in (("fk_b03.application", "profession"), ("fk_b03.take_places", "")):
        with database.begin() as connection, pytest.raises(CompletionRefused) as refused:
            complete(check, connection, another_measure, key="2026-000008")
        assert set(refused.value.fields) == {field}
        assert "2026-000007" in refused.value.fields[field]["kk"]
        assert in_all_languages(refused.value.fields)
    assert _taken(database) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"profession": "cook"},
        {"financial_year": 2027},
        {"bin": "150140000042"},
        OTHER_CENTRE,
    ],
    ids=["profession", "year", "enterprise", "centre"],
)
def test_another_application_stands_beside_it(
    complete: Complete, database: Engine, variables: dict[str, Any], changes: dict[str, Any]
) -> None:
    variables |= {"places": 1}
    with database.begin() as connection:
        complete("fk_b03.take_places", connection, variables, key="first")
    for check in ("fk_b03.application", "fk_b03.take_places"):
        with database.begin() as connection:
            complete(check, connection, variables | changes, key="second")


def test_an_application_that_is_over_leaves_its_profession_free(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    with database.begin() as connection:
        complete("fk_b03.take_places", connection, variables, key="first")
        complete("fk_b03.release_places", connection, variables, key="first")
    for check in ("fk_b03.application", "fk_b03.take_places"):
        with database.begin() as connection:
            complete(check, connection, variables, key="second")


def test_places_that_were_taken_without_a_centre_count_at_each(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    with database.begin() as connection:
        complete("fk_b03.take_places", connection, variables, key="first")
        connection.execute(update(records.places_taken).values(centre=None))
    with database.begin() as connection, pytest.raises(CompletionRefused) as refused:
        complete("fk_b03.application", connection, variables | OTHER_CENTRE, key="second")
    assert "first" in refused.value.fields["profession"]["ru"]


def test_sending_notes_who_heads_the_enterprise(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    with database.begin() as connection:
        assert records.last_filed_head(connection, BIN) is None
    for head in ("Первый", "Второй"):
        heads = {"head_kk": head, "head_ru": head}
        with database.begin() as connection:
            complete("fk_b03.take_places", connection, variables | heads)
            assert records.last_filed_head(connection, BIN) == {"kk": head, "ru": head}
    with database.begin() as connection:
        records.forget_filed_head(connection, "application-1")
        assert records.last_filed_head(connection, BIN) is None


def test_the_rules_are_those_of_the_day_of_signing(
    complete: Complete, database: Engine, variables: dict[str, Any]
) -> None:
    with database.begin() as connection, pytest.raises(CompletionRefused) as refused:
        complete(
            "fk_b03.take_places", connection, variables | {"no_grants": False, "measure": "YP"}
        )
    assert list(refused.value.fields) == [""]


@pytest.mark.parametrize("end", ["2026-03-02", "2026-03-01"])
def test_diagrams_deployed_before_still_ask_when_a_contract_ends(
    complete: Complete, end: str
) -> None:
    with pytest.raises(CompletionRefused) as refused:
        complete("fk_b03.contract_terms", None, {}, submitted={"contract_end_date": end})
    assert in_all_languages(refused.value.fields)
    assert complete("fk_b03.contract_terms", None, {"contract_end_date": "2026-03-03"}) is None


def test_who_decides_is_noted_with_the_moment(complete: Complete) -> None:
    given = complete("fk_b03.decision", None, {}, submitted={"decision": "approve"})
    assert given == {"decided_by": "employer", "decided_at": "2026-03-02T10:30:00+05:00"}
