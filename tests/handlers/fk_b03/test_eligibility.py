"""Row 1.3: the thirteen conditions, each failing alone, and the figures behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from handlers.fk_b03.eligibility import (
    Settings,
    judge,
    listed_headcount,
    required_employed,
    still_decides,
    verdict,
)
from handlers.fk_b03.facts import EmployeeGroup, EnterpriseFacts
from handlers.shared.reference_data import ReferenceData
from handlers.shared.texts import LANGUAGES

TODAY = date(2026, 3, 2)

GOOD = EnterpriseFacts(
    legal_form="legal_entity",
    name={"kk": "«Үлгі» ЖШС", "ru": "ТОО «Үлгі»"},
    registered_on=date(2015, 1, 12),
    heads_match=True,
    contracts_in_force=12,
    months_paid=12,
    has_debt=False,
    is_unreliable_taxpayer=False,
    takes_part_in_training=False,
    is_insolvent=False,
    provides_social_services=False,
    finances_terrorism=False,
    is_pseudo_enterprise=False,
    finished_last_year=20,
    employed_after=2,
    employees=(EmployeeGroup(12, True, 8500),),
)

FAILING = [
    (1, {"legal_form": "branch"}),
    (1, {"legal_form": ""}),
    (2, {"registered_on": date(2025, 3, 3)}),
    (2, {"registered_on": None}),
    (3, {"heads_match": False}),
    (4, {"contracts_in_force": 0}),
    (5, {"has_debt": True}),
    (5, {"months_paid": 11}),
    (6, {"is_unreliable_taxpayer": True}),
    (7, {"takes_part_in_training": True}),
    (8, {"is_insolvent": True}),
    (9, {"provides_social_services": True}),
    (10, {"finances_terrorism": True}),
    (11, {"is_pseudo_enterprise": True}),
    (12, {"employed_after": 1}),
    (13, {"employees": ()}),
    (13, {"employees": (EmployeeGroup(12, False, 8500),)}),
    (13, {"employees": (EmployeeGroup(12, True, 8499),)}),
    (13, {"employees": (EmployeeGroup(5, True, 0), EmployeeGroup(5, False, 90000))}),
]


@pytest.fixture
def settings(reference_data: ReferenceData) -> Settings:
    return Settings.on(reference_data.table("fk_b03/eligibility"), TODAY)


def test_an_enterprise_in_order_meets_all_thirteen(settings: Settings) -> None:
    results = judge(GOOD, settings, TODAY)
    assert [(result.number, result.met) for result in results] == [
        (number, True) for number in range(1, 14)
    ]
    assert all(result.advice is None for result in results)


@pytest.mark.parametrize(("number", "changes"), FAILING)
def test_each_condition_fails_alone_with_a_reason_and_advice(
    settings: Settings, number: int, changes: dict[str, object]
) -> None:
    results = judge(replace(GOOD, **changes), settings, TODAY)
    assert [result.number for result in results if result.met is not True] == [number]
    failed = results[number - 1]
    assert failed.advice is not None
    for language in LANGUAGES:
        for texts in (failed.title, failed.reason, failed.advice):
            assert texts[language]
            assert "{" not in texts[language]


@pytest.mark.parametrize(
    ("registered_on", "met"),
    [(date(2025, 3, 1), True), (date(2025, 3, 2), True), (date(2025, 3, 3), False)],
)
def test_twelve_months_to_the_day_are_enough(
    settings: Settings, registered_on: date, met: bool
) -> None:
    results = judge(replace(GOOD, registered_on=registered_on), settings, TODAY)
    assert results[1].met is met


def test_the_advice_of_condition_2_names_the_earliest_day(settings: Settings) -> None:
    results = judge(replace(GOOD, registered_on=date(2025, 6, 15)), settings, TODAY)
    assert results[1].advice is not None
    assert "15.06.2026" in results[1].advice["kk"]


def test_condition_5_fails_in_the_words_of_the_guide(settings: Settings) -> None:
    failed = judge(replace(GOOD, has_debt=True), settings, TODAY)[4]
    assert failed.reason["ru"] == (
        "По данным информационных систем государственных органов предприятие имеет задолженность "
        "по налогам и другим социальным платежам (отказано в соответствии с приказом МТСЭН РК "
        "от 30 июня 2023 года № 275)."
    )


def test_condition_12_does_not_apply_without_places_last_year(settings: Settings) -> None:
    results = judge(replace(GOOD, finished_last_year=0, employed_after=0), settings, TODAY)
    assert results[11].met is None
    assert "не применяется" in results[11].reason["ru"]
    assert verdict(results, settings, datetime(2026, 3, 2))["passed"]


@pytest.mark.parametrize(
    ("finished", "employed", "met"),
    [(10, 1, True), (11, 1, False), (11, 2, True), (5, 0, False), (5, 1, True), (100, 10, True)],
)
def test_condition_12_asks_for_a_tenth_rounded_up(
    settings: Settings, finished: int, employed: int, met: bool
) -> None:
    facts = replace(GOOD, finished_last_year=finished, employed_after=employed)
    assert judge(facts, settings, TODAY)[11].met is met


def test_required_employed_is_exact(settings: Settings) -> None:
    assert [required_employed(n, settings.employment_rate) for n in (1, 10, 20, 21, 30)] == [
        1, 1, 2, 3, 3,
    ]  # fmt: skip


def test_headcount_needs_contract_and_contribution(settings: Settings) -> None:
    groups = (
        EmployeeGroup(7, True, 8500),
        EmployeeGroup(3, True, 8499),
        EmployeeGroup(4, False, 50000),
        EmployeeGroup(5, True, 50000),
    )
    assert listed_headcount(replace(GOOD, employees=groups), settings) == 12


def test_the_least_contribution_follows_the_wage_of_the_day(reference_data: ReferenceData) -> None:
    table = reference_data.table("fk_b03/eligibility")
    assert Settings.on(table, date(2023, 12, 31)).least_contribution == 7000
    assert Settings.on(table, date(2024, 1, 1)).least_contribution == 8500


def test_a_passed_check_is_fresh_for_its_time_only(settings: Settings, now: datetime) -> None:
    check = verdict(judge(GOOD, settings, TODAY), settings, now)
    assert check["passed"]
    assert check["next_check_from"] is None
    assert check["fresh_until"] == (now + settings.freshness).isoformat()
    assert still_decides(check, now + settings.freshness - timedelta(seconds=1))
    assert not still_decides(check, now + settings.freshness)


def test_a_passed_check_is_as_fresh_as_the_oldest_of_its_facts(
    settings: Settings, now: datetime
) -> None:
    known_at = (now - timedelta(hours=5)).astimezone(UTC)
    check = verdict(judge(GOOD, settings, TODAY), settings, now, known_at=known_at)
    assert check["checked_at"] == now.isoformat()
    assert check["fresh_until"] == (now - timedelta(hours=5) + settings.freshness).isoformat()
    failed = verdict(
        judge(replace(GOOD, has_debt=True), settings, TODAY), settings, now, known_at=known_at
    )
    assert failed["next_check_from"] == (now + settings.recheck_pause).isoformat()


def test_a_failed_check_names_the_moment_of_the_next_one(settings: Settings, now: datetime) -> None:
    check = verdict(judge(replace(GOOD, has_debt=True), settings, TODAY), settings, now)
    assert not check["passed"]
    assert check["fresh_until"] is None
    assert check["next_check_from"] == "2026-03-12T10:30:00+05:00"
    assert "установлены основания для отказа" in check["summary"]["ru"]
    assert still_decides(check, now + timedelta(days=9, hours=23))
    assert not still_decides(check, now + timedelta(days=10))


def test_the_check_keeps_which_rows_decided(settings: Settings, now: datetime) -> None:
    rules = verdict(judge(GOOD, settings, TODAY), settings, now)["rules"]
    assert {"minimum_wage", "recheck_pause"} <= {rule["key"] for rule in rules}
    assert {rule["table"] for rule in rules} == {"fk_b03/eligibility"}
