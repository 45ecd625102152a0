"""The automatic steps."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from engine.external_task import external_task


class Counted(TypedDict):
    days: int


@external_task("leave.count_days")
def count_days(first_day: str, last_day: str) -> Counted:
    """Calendar days, both ends included."""
    return {"days": (date.fromisoformat(last_day) - date.fromisoformat(first_day)).days + 1}
