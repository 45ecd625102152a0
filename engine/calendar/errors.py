"""What can be wrong with a time or a term."""

from __future__ import annotations

from engine.errors import EngineError


class CalendarError(EngineError, ValueError):
    """A time or a term can't be computed."""


class NotATime(CalendarError):
    """A text is not the ISO 8601 date, time, duration or cycle that was expected."""


class CalendarNotCovered(CalendarError):
    """A computation leaves the years whose working days are known; `year` is the missing one."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"Expected the working days of {year} to be in the calendar, but they are not: "
            "seed that year and enter its transfers"
        )
        self.year = year
