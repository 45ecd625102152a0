"""What is demanded before leave is granted."""

from __future__ import annotations

from engine.completion_check import Completion, CompletionRefused, completion_check
from tests.processes.leave.handlers import records


@completion_check("leave.take_days")
def take_days(completion: Completion) -> None:
    """Takes the days of an approved leave, if they are there."""
    if not completion.variables["approved"]:
        return
    worker, days = str(completion.variables["worker"]), int(str(completion.variables["days"]))
    if records.days_left(completion.connection, worker) < days:
        raise CompletionRefused(
            {
                "approved": {
                    "kk": "Күндер жеткіліксіз",
                    "ru": "Дней не хватает",
                    "en": "Not enough days are left",
                }
            }
        )
    records.take(completion.connection, worker, days)
