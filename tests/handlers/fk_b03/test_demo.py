"""The invented enterprises: valid numbers, and each fails what it is there to fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from engine.external_task import TemporaryFailure
from handlers.fk_b03.decisions import Decide
from handlers.fk_b03.facts import REGISTRIES
from handlers.shared import demo

ENTERPRISES: dict[str, dict[str, Any]] = json.loads(demo.ENTERPRISES.read_text())
ALL_OTHERS = ENTERPRISES.pop("*")
BY_NAME = {
    record["business_register"]["name_ru"]: identifier for identifier, record in ENTERPRISES.items()
}
FAILS = {
    "Филиал ТОО «Үлгі-101»": 1,
    **{f"ТОО «Үлгі-{100 + number}»": number for number in range(2, 14)},
    "ТОО «Үлгі-114»": 13,
}
PLACES = {
    "ТОО «Үлгі-1»": 68,
    "ТОО «Үлгі-2»": 2,
    "ИП «Үлгі-3»": 1,
    "ГУ «Үлгі-4»": 12,
    "ТОО «Үлгі-5»": 0,
}
Run = Callable[..., dict[str, Any]]


def _check_digit(digits: list[int]) -> int:
    for weights in (range(1, 12), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest < 10:
            return rest
    raise ValueError("no check digit")


def test_the_demonstration_knows_everybody_so_that_others_are_not_registered() -> None:
    assert dict.fromkeys(REGISTRIES) == ALL_OTHERS


@pytest.mark.parametrize("identifier", ENTERPRISES)
def test_numbers_have_their_check_digit(identifier: str) -> None:
    digits = [int(character) for character in identifier]
    assert len(digits) == 12
    assert digits[11] == _check_digit(digits[:11])


@pytest.mark.parametrize(("name", "places"), PLACES.items())
def test_these_pass_with_so_many_places(run: Run, decide: Decide, name: str, places: int) -> None:
    given = run("fk_b03.check_eligibility", {"bin": BY_NAME[name], "financial_year": 2026})
    assert given["is_eligible"]
    inputs = {
        "День подачи": "2026-03-02",
        "Форма предприятия": given["legal_form"],
        "Списочная численность": given["listed_headcount"],
        "Занято мест": given["places_taken"],
    }
    offered = decide("fk_b03_places_offered", inputs).value
    assert isinstance(offered, dict)
    assert {each["places"] for each in offered["limits"]} == {places}


@pytest.mark.parametrize(("name", "number"), FAILS.items())
def test_these_fail_exactly_one_condition(run: Run, name: str, number: int) -> None:
    given = run("fk_b03.check_eligibility", {"bin": BY_NAME[name], "financial_year": 2026})
    assert not given["is_eligible"]
    failed = [item for item in given["eligibility"]["conditions"] if item["met"] is False]
    assert [item["number"] for item in failed] == [number]


def test_for_one_a_registry_is_down(run: Run) -> None:
    variables = {"bin": BY_NAME["ТОО «Үлгі-201»"], "financial_year": 2026}
    with pytest.raises(
        TemporaryFailure, match="Налоги и социальные платежи.*registry social_payments"
    ):
        run("fk_b03.check_eligibility", variables)
