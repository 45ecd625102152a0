"""When something is due: the moment that a diagram's text names."""

from __future__ import annotations

from datetime import datetime

from engine.calendar import add_duration, parse_moment
from engine.errors import StepFailed
from engine.processors.instance import LiveInstance


def due_moment(instance: LiveInstance, text: str, begins: datetime, element_id: str) -> datetime:
    """The moment of an ISO 8601 date, date-time, or duration from `begins`. Raises StepFailed."""
    try:
        if text.lstrip("-").upper().startswith("P"):
            return add_duration(begins, text, instance.work.zone)
        return parse_moment(text, instance.work.zone)
    except ValueError as error:
        raise StepFailed(element_id, str(error)) from error
