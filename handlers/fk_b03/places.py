"""How many subsidised places an enterprise may ask for.

`max(0, floor(listed headcount × rate) − places already applied for or contracted this year)`:
a reading; S0 says only that it depends on the headcount and the measure.
Rows of `fk_b03/places.json`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handlers.shared.dated import DatedTable
from handlers.shared.texts import Texts, fill


@dataclass(frozen=True)
class PlacesRule:
    """The share of the headcount for one measure and legal form, and which row decided.

    `rate` is None for an application outside the rate: it is not limited and not counted.
    """

    rate: Decimal | None
    evidence: tuple[dict[str, str], ...]

    @property
    def is_limited(self) -> bool:
        """Whether places under this rule are limited, and count against the limit."""
        return self.rate is not None


def places_rule(
    table: DatedTable, day: date, *, measure: str, legal_form: str, categories: Iterable[str] = ()
) -> PlacesRule:
    """The rule on the day. `categories` are the ones ticked: `for_students`, `for_disabled`.

    Raises NoValidRow.
    """
    for category in categories:
        outside = table.row(f"outside_rate/{category}", day)
        if outside.value:
            return PlacesRule(None, (table.evidence(outside),))
    row = table.first_row([f"rate/{measure}/{legal_form}", f"rate/{measure}", "rate"], day)
    return PlacesRule(Decimal(row.value), (table.evidence(row),))


def places_limit(headcount: int, rule: PlacesRule, taken: int) -> int | None:
    """How many places may still be asked for, 0 or more; None where there is no limit."""
    if rule.rate is None:
        return None
    return max(0, math.floor(headcount * rule.rate) - taken)


def places_offered(
    places: DatedTable,
    measures: DatedTable,
    wording: Mapping[str, Texts],
    day: date,
    *,
    headcount: int,
    legal_form: str,
    taken: int,
) -> dict[str, object]:
    """The sum shown before the form: for each measure of the legal form, and in words.

    `limits` holds the places by measure; the words name the largest. Raises NoValidRow.
    """
    row = measures.in_force(day).get(f"legal_form/{legal_form}")
    codes = row.value if row else list(measures.extras["names"])
    limits = {
        code: places_limit(
            headcount, places_rule(places, day, measure=code, legal_form=legal_form), taken
        )
        for code in codes
    }
    largest = max((limit for limit in limits.values() if limit is not None), default=0)
    return {
        "listed_headcount": headcount,
        "taken": taken,
        "limits": limits,
        "text": places_text(wording, headcount, largest, taken),
    }


def places_text(wording: Mapping[str, Texts], headcount: int, limit: int, taken: int) -> Texts:
    """The sum in words, shown before the form: «Тізімде 12 жұмыскер → ең көбі 2 орын»."""
    kind = "some_taken" if taken else "none_taken"
    return fill(wording[kind], {"headcount": headcount, "limit": limit, "taken": taken})
