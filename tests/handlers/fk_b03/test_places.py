"""How many places: floor(headcount × rate) − taken, never below zero."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from handlers.fk_b03.places import (
    PlacesRule,
    places_limit,
    places_offered,
    places_rule,
)
from handlers.shared.dated import DatedTable
from handlers.shared.reference_data import ReferenceData

TODAY = date(2026, 3, 2)
FIFTH = PlacesRule(Decimal("0.20"), ())


@pytest.mark.parametrize(
    ("headcount", "taken", "limit"),
    [(0, 0, 0), (4, 0, 0), (5, 0, 1), (12, 0, 2), (12, 1, 1), (12, 2, 0), (12, 9, 0), (340, 8, 60)],
)
def test_the_formula(headcount: int, taken: int, limit: int) -> None:
    assert places_limit(headcount, FIFTH, taken) == limit


def test_the_share_is_exact_and_not_a_binary_fraction() -> None:
    assert places_limit(100, PlacesRule(Decimal("0.29"), ()), 0) == 29


def test_outside_the_rate_there_is_no_limit() -> None:
    assert places_limit(3, PlacesRule(None, ()), 50) is None


def _table(**rows: object) -> DatedTable:
    content = {
        "rows": [{"key": key, "from": "2026-01-01", "value": rows[key]} for key in sorted(rows)]
    }
    return DatedTable.read("places", json.dumps(content).encode())


def test_the_narrowest_row_decides() -> None:
    rows = {"rate": "0.20", "rate/SW": "0.30", "rate/SW/state_institution": "0.10"}
    table = _table(**rows)

    def rate(measure: str, legal_form: str) -> Decimal | None:
        return places_rule(table, TODAY, measure=measure, legal_form=legal_form).rate

    assert rate("PW", "legal_entity") == Decimal("0.20")
    assert rate("SW", "legal_entity") == Decimal("0.30")
    assert rate("SW", "state_institution") == Decimal("0.10")


def test_a_category_outside_the_rate_is_a_row(reference_data: ReferenceData) -> None:
    rows = {"rate": "0.20", "outside_rate/for_disabled": True, "outside_rate/for_students": False}
    table = _table(**rows)
    form = {"measure": "SW", "legal_form": "legal_entity"}
    assert places_rule(table, TODAY, categories=["for_students"], **form).is_limited
    assert not places_rule(table, TODAY, categories=["for_disabled"], **form).is_limited
    shipped = reference_data.table("fk_b03/places")
    assert places_rule(shipped, TODAY, categories=["for_disabled"], **form).is_limited


@pytest.mark.parametrize(
    ("headcount", "taken", "kk"),
    [
        (12, 0, "Тізімде 12 жұмыскер → ең көбі 2 орын"),
        (3, 0, "Тізімде 3 жұмыскер → ең көбі 0 орын"),
        (12, 1, "Тізімде 12 жұмыскер, өтінілген орындар: 1 → тағы ең көбі 1 орын"),
    ],
)
def test_the_sum_is_shown_also_when_it_gives_zero(
    reference_data: ReferenceData, headcount: int, taken: int, kk: str
) -> None:
    offered = places_offered(
        reference_data.table("fk_b03/places"),
        reference_data.table("fk_b03/measures"),
        reference_data.table("fk_b03/eligibility").extras["places"],
        TODAY,
        headcount=headcount,
        legal_form="state_institution",
        taken=taken,
    )
    text = offered["text"]
    assert isinstance(text, dict)
    assert text["kk"] == kk
    assert list(offered["limits"]) == ["PW", "YP"]
