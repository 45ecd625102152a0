"""Row 1.1: details for the contract are kept for the next time; a changed head is noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from engine.completion_check import Completion, completion_check
from handlers.fk_b03 import records
from handlers.fk_b03.application import Requisites
from handlers.fk_b03.representation import note
from handlers.shared.details_records import KeptDetails, details_in_force, keep_details
from handlers.shared.texts import Texts, fill, show_date

_CHANGED: Texts = {
    "kk": "Кәсіпорынның бірінші басшысы ауысты: бұрын «{before_kk}», енді «{after_kk}»{since}.",
    "ru": "Сменился первый руководитель предприятия: был «{before_ru}», теперь "
    "«{after_ru}»{since}.",
    "en": "The head of the enterprise has changed: «{before_ru}» before, «{after_ru}» now{since}.",
}
_SINCE: Texts = {"kk": ", {day} бастап", "ru": ", с {day}", "en": ", since {day}"}


@completion_check("fk_b03.details")
def check_details(completion: Completion) -> Mapping[str, object]:
    """Row 1.1: keeps the details where that is wished, and notes a head that is another one.

    Gives `places_taken` by the enterprise's other applications as of now, for the form that comes
    next, and `head_change` {before, after, since, noted_at, noted_by} and `case_notes`, unless the head
    is the one of the details that the enterprise kept last.
    """
    party = completion.party or str(completion.variables["bin"])
    details = {
        field.name: completion.variables[field.name]
        for field in fields(Requisites)
        if completion.variables.get(field.name) is not None
    }
    last = details_in_force(completion.connection, party)
    if completion.submitted.get("keep_details") is True:
        keep_details(
            completion.connection,
            party,
            details,
            changed_by=completion.user,
            now=completion.now,
            business_key=completion.business_key,
        )
    return {**_places_taken(completion, party), **_head_change(completion, last, details)}


def _places_taken(completion: Completion, party: str) -> dict[str, object]:
    year: Any = completion.variables["financial_year"]
    key = completion.business_key or completion.instance_id
    taken = records.count_taken(completion.connection, party, year, except_for=key)
    return {"places_taken": taken}


def _head_change(
    completion: Completion, last: KeptDetails | None, details: Mapping[str, Any]
) -> dict[str, object]:
    after = _head(details)
    earlier = completion.variables.get("head_change")
    before = _head(last.details) if last is not None else None
    if isinstance(earlier, Mapping):
        before = earlier["after"]
    if before is None or _same(before, after):
        return {}
    since = completion.submitted.get("head_since")
    texts = fill(
        _CHANGED,
        {
            **{f"before_{language}": name for language, name in before.items()},
            **{f"after_{language}": name for language, name in after.items()},
            "since": _since(str(since)) if since else "",
        },
    )
    made = note(texts, about="head_change", user=completion.user, now=completion.now)
    notes: Any = completion.variables.get("case_notes") or []
    return {
        "head_change": {
            "before": before,
            "after": after,
            "since": since,
            "noted_at": made["at"],
            "noted_by": completion.user,
        },
        "case_notes": [*notes, made],
    }


def _since(day: str) -> Texts:
    return fill(_SINCE, {"day": show_date(date.fromisoformat(day))})


def _head(details: Mapping[str, Any]) -> dict[str, str]:
    return {"kk": str(details.get("head_kk", "")), "ru": str(details.get("head_ru", ""))}


def _same(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether both are one person, however the letters and spaces are written."""
    return all(
        " ".join(one[language].split()).casefold() == " ".join(other[language].split()).casefold()
        for language in ("kk", "ru")
    )
