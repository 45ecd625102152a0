"""Until when an application may be sent (row 1.4), counted from the request for its check.

Signing the request fixes the time of filing; it does so for a term (`sending` in `terms.json`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.completion_check import Completion, CompletionRefused
from handlers.fk_b03 import refusals
from handlers.shared.texts import fill, show_moment


def demand_in_time(completion: Completion) -> None:
    """Raises CompletionRefused where it is too late to send the application for the first time.

    `send_until` is the end of the term, of those whose diagram has one. An application that was
    sent and came back has the time of the answer instead.
    """
    variables: Mapping[str, Any] = completion.variables
    if _was_sent(completion):
        return
    until = variables.get("send_until")
    if until is not None and completion.now > datetime.fromisoformat(until):
        moments = {"requested": variables["requested_at"], "until": until}
        shown = {name: show_moment(datetime.fromisoformat(at)) for name, at in moments.items()}
        raise CompletionRefused({"": fill(refusals.SENDING_OVER, shown)})
    year = int(variables["financial_year"])
    if completion.today.year > year:
        raise CompletionRefused({"": fill(refusals.YEAR_OVER, {"year": year})})


def demand_fresh_check(completion: Completion) -> None:
    """Raises CompletionRefused where the check of row 1.3 is no longer fresh.

    Only where the form offers to edit instead, which leads through the check again.
    """
    if _was_sent(completion) or "sending" not in completion.submitted:
        return
    verdict: Any = completion.variables.get("eligibility")
    fresh_until = (verdict or {}).get("fresh_until")
    if fresh_until is None:
        return
    until = datetime.fromisoformat(fresh_until)
    if completion.now >= until:
        raise CompletionRefused({"": fill(refusals.CHECK_NOT_FRESH, {"until": show_moment(until)})})


def _was_sent(completion: Completion) -> bool:
    return completion.variables.get("filing") is not None
