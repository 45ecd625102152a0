"""Completion checks of the amounts that people enter: rows 3.4 and 6.1.

The limits are dated data that staff edit: the minimum wage is that of condition 13.
"""

from __future__ import annotations

from typing import Any

from engine.completion_check import Completion, CompletionRefused, completion_check
from handlers.fk_b03 import refusals
from handlers.fk_b03.checks import reference_data_of
from handlers.fk_b03.eligibility import TABLE as ELIGIBILITY
from handlers.shared.texts import fill, show_sum

LIMITS = "fk_b03/contract_limits"


@completion_check("fk_b03.contract_sum")
def check_contract_sum(completion: Completion) -> None:
    """Row 3.4: the sum is plausible for the places of the contract."""
    given: Any = completion.variables
    table = reference_data_of(completion).table(LIMITS)
    places = int(given["places_total"])
    least = places * int(table.value("least_sum_per_place", completion.today))
    if given["contract_sum"] < least:
        figures = {"places": places, "least": show_sum(least)}
        raise CompletionRefused({"contract_sum": fill(refusals.CONTRACT_SUM_TOO_SMALL, figures)})


@completion_check("fk_b03.vacancy")
def check_vacancy(completion: Completion) -> None:
    """Row 6.1: the wage is at least the minimum wage of the day."""
    given: Any = completion.variables
    table = reference_data_of(completion).table(ELIGIBILITY)
    least = int(table.value("minimum_wage", completion.today))
    if given["salary"] < least:
        shown = {"least": show_sum(least)}
        raise CompletionRefused({"salary": fill(refusals.SALARY_TOO_LOW, shown)})
