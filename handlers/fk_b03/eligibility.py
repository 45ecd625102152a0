"""Row 1.3: the thirteen conditions, judged on facts. Pure: no registry, no clock.

Source: the employer's guide (S0), section 2; figures come from `fk_b03/eligibility.json`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from handlers.fk_b03.facts import EnterpriseFacts
from handlers.shared.dated import DatedTable, add_months, read_duration
from handlers.shared.texts import Texts, fill, show_date, show_sum

TABLE = "fk_b03/eligibility"
"""The conditions and their figures."""


@dataclass(frozen=True)
class Settings:
    """The figures in force on one day; shares are fractions, amounts are tenge a month."""

    freshness: timedelta
    recheck_pause: timedelta
    legal_forms: frozenset[str]
    months_in_operation: int
    months_of_payments: int
    employment_rate: Decimal
    contribution_share: Decimal
    minimum_wage: int
    wording: Mapping[str, Any]
    evidence: tuple[dict[str, str], ...] = ()

    @classmethod
    def on(cls, table: DatedTable, day: date) -> Settings:
        """Reads `fk_b03/eligibility.json` as it holds on the day. Raises NoValidRow."""
        keys = (
            "freshness", "recheck_pause", "legal_forms", "months_in_operation",
            "months_of_payments", "employment_rate", "contribution_share", "minimum_wage",
        )  # fmt: skip
        rows = {key: table.row(key, day) for key in keys}
        return cls(
            freshness=read_duration(rows["freshness"].value),
            recheck_pause=read_duration(rows["recheck_pause"].value),
            legal_forms=frozenset(rows["legal_forms"].value),
            months_in_operation=rows["months_in_operation"].value,
            months_of_payments=rows["months_of_payments"].value,
            employment_rate=Decimal(rows["employment_rate"].value),
            contribution_share=Decimal(rows["contribution_share"].value),
            minimum_wage=rows["minimum_wage"].value,
            wording=table.extras,
            evidence=tuple(table.evidence(row) for row in rows.values()),
        )

    @property
    def least_contribution(self) -> Decimal:
        """The smallest monthly pension contribution that counts, in tenge (condition 13)."""
        return self.minimum_wage * self.contribution_share


@dataclass(frozen=True)
class ConditionResult:
    """One condition: met, not met (False) or not applicable (None), and why.

    `advice` says what to do and where; it is there for a condition that is not met.
    """

    number: int
    met: bool | None
    title: Texts
    reason: Texts
    advice: Texts | None

    def as_data(self) -> dict[str, object]:
        """Plain data for a process variable."""
        return {
            "number": self.number,
            "met": self.met,
            "title": self.title,
            "reason": self.reason,
            "advice": self.advice,
        }


def listed_headcount(facts: EnterpriseFacts, settings: Settings) -> int:
    """Employees with a registered electronic contract **and** a large enough contribution."""
    return sum(
        group.employees
        for group in facts.employees
        if group.has_electronic_contract
        and group.pension_contribution >= settings.least_contribution
    )


def judge(facts: EnterpriseFacts, settings: Settings, today: date) -> tuple[ConditionResult, ...]:
    """All conditions in their order."""
    values = _values(facts, settings)
    results = []
    for wording in settings.wording["conditions"]:
        met = _CONDITIONS[wording["number"]](facts, settings, today)
        reason = {True: "met", False: "failed", None: "not_applicable"}[met]
        results.append(
            ConditionResult(
                number=wording["number"],
                met=met,
                title=wording["title"],
                reason=fill(wording[reason], values),
                advice=fill(wording["advice"], values) if met is False else None,
            )
        )
    return tuple(results)


def verdict(
    results: tuple[ConditionResult, ...],
    settings: Settings,
    now: datetime,
    *,
    known_at: datetime | None = None,
) -> dict[str, Any]:
    """The check as a whole: passed unless a condition is not met.

    `fresh_until` (of a passed check) and `next_check_from` (of a failed one) are moments in
    ISO 8601, to the second; the other one is None. `known_at`: when the oldest of the facts was
    learned, if not now; a passed check is as fresh as that.
    """
    passed = all(result.met is not False for result in results)
    fresh_until = (known_at or now).astimezone(now.tzinfo) + settings.freshness
    until = fresh_until if passed else now + settings.recheck_pause
    return {
        "passed": passed,
        "checked_at": now.isoformat(timespec="seconds"),
        "fresh_until": until.isoformat(timespec="seconds") if passed else None,
        "next_check_from": None if passed else until.isoformat(timespec="seconds"),
        "summary": settings.wording["summary"]["passed" if passed else "refused"],
        "conditions": [result.as_data() for result in results],
        "rules": list(settings.evidence),
    }


def still_decides(earlier: Mapping[str, Any], now: datetime) -> bool:
    """Whether an earlier check still is the answer: fresh if it passed, else not repeatable yet."""
    until = earlier["fresh_until"] if earlier["passed"] else earlier["next_check_from"]
    return now < datetime.fromisoformat(until)


def required_employed(finished: int, rate: Decimal) -> int:
    """How many of those who finished must have found work (condition 12)."""
    return math.ceil(finished * rate)


def _reached_on(facts: EnterpriseFacts, settings: Settings) -> date | None:
    if facts.registered_on is None:
        return None
    return add_months(facts.registered_on, settings.months_in_operation)


def _operates_long_enough(facts: EnterpriseFacts, settings: Settings, today: date) -> bool:
    reached_on = _reached_on(facts, settings)
    return reached_on is not None and reached_on <= today


def _employed_enough(facts: EnterpriseFacts, settings: Settings, _today: date) -> bool | None:
    if facts.finished_last_year == 0:
        return None
    required = required_employed(facts.finished_last_year, settings.employment_rate)
    return facts.employed_after >= required


_CONDITIONS: Mapping[int, Callable[[EnterpriseFacts, Settings, date], bool | None]] = {
    1: lambda facts, settings, today: facts.legal_form in settings.legal_forms,
    2: _operates_long_enough,
    3: lambda facts, settings, today: facts.heads_match,
    4: lambda facts, settings, today: facts.contracts_in_force > 0,
    5: lambda facts, settings, today: (
        not facts.has_debt and facts.months_paid >= settings.months_of_payments
    ),
    6: lambda facts, settings, today: not facts.is_unreliable_taxpayer,
    7: lambda facts, settings, today: not facts.takes_part_in_training,
    8: lambda facts, settings, today: not facts.is_insolvent,
    9: lambda facts, settings, today: not facts.provides_social_services,
    10: lambda facts, settings, today: not facts.finances_terrorism,
    11: lambda facts, settings, today: not facts.is_pseudo_enterprise,
    12: _employed_enough,
    13: lambda facts, settings, today: listed_headcount(facts, settings) > 0,
}


def _values(facts: EnterpriseFacts, settings: Settings) -> dict[str, object]:
    reached_on = _reached_on(facts, settings)
    forms = settings.wording["legal_forms"]
    return {
        "legal_form": forms.get(facts.legal_form, facts.legal_form),
        "registered_on": show_date(facts.registered_on) if facts.registered_on else "—",
        "reached_on": show_date(reached_on) if reached_on else "—",
        "months": settings.months_in_operation,
        "contracts": facts.contracts_in_force,
        "paid_months": facts.months_paid,
        "months_of_payments": settings.months_of_payments,
        "finished": facts.finished_last_year,
        "employed": facts.employed_after,
        "required": required_employed(facts.finished_last_year, settings.employment_rate),
        "headcount": listed_headcount(facts, settings),
        "contribution": show_sum(settings.least_contribution),
    }
