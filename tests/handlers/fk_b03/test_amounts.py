"""Amounts that people enter: the least wage and the least sum of a contract, both dated data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from engine.completion_check import CompletionRefused
from handlers.shared.texts import LANGUAGES

Complete = Callable[..., Mapping[str, Any] | None]
LEAST_WAGE = {2023: 70000, 2024: 85000}


def refusal(complete: Complete, check: str, given: Mapping[str, Any], **day: date) -> Any:
    with pytest.raises(CompletionRefused) as refused:
        complete(check, None, {"places_total": 3}, submitted=given, **day)
    (texts,) = refused.value.fields.values()
    assert all(texts[language] and "{" not in texts[language] for language in LANGUAGES)
    return refused.value.fields


@pytest.mark.parametrize("year", LEAST_WAGE)
def test_the_wage_is_at_least_the_minimum_wage_of_the_day(complete: Complete, year: int) -> None:
    day, least = date(year, 12, 1), LEAST_WAGE[year]
    fields = refusal(complete, "fk_b03.vacancy", {"salary": least - 1}, today=day)
    assert f"{least // 1000}\N{NO-BREAK SPACE}000" in fields["salary"]["ru"]
    given = {"salary": least}
    assert complete("fk_b03.vacancy", None, {}, submitted=given, today=day) is None


def test_the_sum_of_a_contract_is_plausible_for_its_places(complete: Complete) -> None:
    fields = refusal(complete, "fk_b03.contract_sum", {"contract_sum": 1080})
    assert "30\N{NO-BREAK SPACE}000" in fields["contract_sum"]["kk"]
    assert "the number of places is 3, so it is at least" in fields["contract_sum"]["en"]
    assert (
        complete(
            "fk_b03.contract_sum", None, {"places_total": 3}, submitted={"contract_sum": 30000}
        )
        is None
    )
