"""Notes of a case: what a process application wrote down about it for people to read.

A completion check or handler gives them as the variable `case_notes`: a list of `{"about", "text":
{"kk", "ru", "en"}, "by", "at"}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NOTES = "case_notes"


@dataclass(frozen=True)
class CaseNote:
    """One note: the text by language, who made it, and when (ISO 8601)."""

    text: Mapping[str, str]
    by: str
    at: str


def notes_of(variables: Mapping[str, object]) -> list[CaseNote]:
    """The notes of a case, the oldest first; what is not in their form is left out."""
    given: Any = variables.get(NOTES)
    if not isinstance(given, list):
        return []
    return [
        CaseNote(each["text"], str(each["by"]), str(each["at"]))
        for each in given
        if isinstance(each, Mapping)
        and isinstance(each.get("text"), Mapping)
        and each.get("by")
        and each.get("at")
    ]
