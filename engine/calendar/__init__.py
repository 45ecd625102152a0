"""Time as terms need it: working days whose exceptions are data, and ISO 8601. All of it pure."""

from engine.calendar.errors import CalendarError, CalendarNotCovered, NotATime
from engine.calendar.iso8601 import (
    ALMATY,
    Cycle,
    Duration,
    add_duration,
    in_zone,
    next_of_cycle,
    parse_cycle,
    parse_date,
    parse_iso_duration,
    parse_moment,
)
from engine.calendar.seed import seed_rows
from engine.calendar.working_days import CalendarDay, WorkingCalendar

__all__ = [
    "ALMATY",
    "CalendarDay",
    "CalendarError",
    "CalendarNotCovered",
    "Cycle",
    "Duration",
    "NotATime",
    "WorkingCalendar",
    "add_duration",
    "in_zone",
    "next_of_cycle",
    "parse_cycle",
    "parse_date",
    "parse_iso_duration",
    "parse_moment",
    "seed_rows",
]
