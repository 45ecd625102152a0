"""What the employer is told at each change of status. Rows of `fk_b03/notices.json`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from engine.errors import EngineError
from handlers.shared.dated import DatedTable
from handlers.shared.texts import (
    LANGUAGES,
    Texts,
    fill,
    placeholder_names,
    show_date,
    show_moment,
)


class NoticeIncomplete(EngineError):
    """A notice names something that the process does not have."""


def compose(
    table: DatedTable, notice: str, values: Mapping[str, object], day: date
) -> tuple[Texts, Texts]:
    """Subject and body of the notice (the key of a row) with the values filled in.

    Dates and moments among the values are written as people write them.
    Raises NoValidRow, and NoticeIncomplete rather than send a text with an open place.
    """
    texts = table.value(notice, day)
    named = placeholder_names(texts["subject"]) | placeholder_names(texts["body"])
    missing = sorted(named - values.keys())
    if missing:
        raise NoticeIncomplete(
            f"Expected {', '.join(missing)} for notice {notice}, but it is not among the variables"
        )
    shown = {name: as_shown(value) for name, value in values.items()}
    return fill(texts["subject"], shown), fill(texts["body"], shown)


def placeholders(variables: Mapping[str, Any]) -> dict[str, object]:
    """Variables as placeholders: `{remark}`, and `{vacancy.title}` for what lies inside one.

    `{eligibility.failed}` is the list of the conditions that are not met.
    """
    values: dict[str, object] = dict(variables)
    for name, variable in variables.items():
        if isinstance(variable, Mapping):
            values.update({f"{name}.{key}": value for key, value in variable.items()})
    eligibility = variables.get("eligibility")
    if isinstance(eligibility, Mapping):
        values["eligibility.failed"] = failed_conditions(eligibility)
    return values


def failed_conditions(eligibility: Mapping[str, Any]) -> Texts:
    """The conditions that are not met, one a line: title, reason, what to do and where."""
    failed = [item for item in eligibility["conditions"] if item["met"] is False]
    return {
        language: "\n".join(
            f"{item['number']}. {item['title'][language]}. {item['reason'][language]} "
            f"{item['advice'][language]}"
            for item in failed
        )
        for language in LANGUAGES
    }


def as_shown(value: object) -> object:
    """How a value stands in a message: dates and moments as people write them, null as nothing."""
    if value is None:
        return ""
    if isinstance(value, str) and value[:1].isdigit():
        return _as_day(value) or _as_moment(value) or value
    return value


def _as_day(text: str) -> str | None:
    try:
        return show_date(date.fromisoformat(text)) if len(text) == 10 else None
    except ValueError:
        return None


def _as_moment(text: str) -> str | None:
    try:
        moment = datetime.fromisoformat(text) if len(text) > 10 else None
    except ValueError:
        return None
    return show_moment(moment) if moment is not None and moment.tzinfo else None
