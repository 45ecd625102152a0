"""Row 1.3: the data of the request for the check, and of its result, as documents. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.shared.texts import Texts, same, show_moment

DOCUMENT_LANGUAGES = ("kk", "ru")
"""The languages that a document says everything in, side by side."""

HEAD_FILES: Texts = {
    "kk": "Бірінші басшы немесе дара кәсіпкер",
    "ru": "Первый руководитель или индивидуальный предприниматель",
}
UNKNOWN_NAME: Texts = same("—")

_OUTCOMES = {True: "met", False: "failed", None: "not_applicable"}


@dataclass(frozen=True)
class Checked:
    """Which enterprise is checked, for which year, by which application. `name` by language."""

    number: str
    bin: str
    financial_year: int
    name: Mapping[str, str]

    def as_data(self) -> dict[str, object]:
        """What both documents say at their head, in no language."""
        return {
            "number": self.number,
            "bin": self.bin,
            "financial_year": str(self.financial_year),
        }

    def named(self, language: str) -> str:
        """What it is called; a dash where nobody has said so yet."""
        return self.name.get(language) or UNKNOWN_NAME[language]


def request_data(
    checked: Checked,
    conditions: Sequence[Mapping[str, Any]],
    *,
    representation: Mapping[str, Any],
    made_at: datetime,
) -> dict[str, object]:
    """The data of `check_request.typ`.

    `conditions` are those of `eligibility.json` (`number`, `title`); `representation` says who
    files (see `representation.py`): in `texts`, where that is not the head alone.
    """
    filed_by = representation.get("texts") or HEAD_FILES
    return {
        **checked.as_data(),
        "date": show_moment(made_at),
        "at_counter": representation.get("at_counter", False),
        "conditions": [
            {
                "number": str(each["number"]),
                **{language: each["title"][language] for language in DOCUMENT_LANGUAGES},
            }
            for each in conditions
        ],
        **{
            language: {"name": checked.named(language), "filed_by": filed_by[language]}
            for language in DOCUMENT_LANGUAGES
        },
    }


def result_data(
    checked: Checked,
    verdict: Mapping[str, Any],
    *,
    legal_form: Texts,
    listed_headcount: int,
    is_again: bool,
    made_at: datetime,
) -> dict[str, object]:
    """The data of `check_result.typ`. `verdict` is what `eligibility.verdict` gave."""
    return {
        **checked.as_data(),
        "date": show_moment(made_at),
        "again": is_again,
        "checked_at": _shown(verdict["checked_at"]),
        "listed_headcount": str(listed_headcount),
        "next_check_from": _shown(verdict["next_check_from"]),
        "fresh_until": _shown(verdict["fresh_until"]),
        "conditions": [_condition(each) for each in verdict["conditions"]],
        **{
            language: {
                "name": checked.named(language),
                "legal_form": legal_form[language],
                "summary": verdict["summary"][language],
            }
            for language in DOCUMENT_LANGUAGES
        },
    }


def _condition(result: Mapping[str, Any]) -> dict[str, object]:
    advice = result["advice"] or {}
    return {
        "number": str(result["number"]),
        "outcome": _OUTCOMES[result["met"]],
        **{
            language: {
                "title": result["title"][language],
                "reason": result["reason"][language],
                "advice": advice.get(language, ""),
            }
            for language in DOCUMENT_LANGUAGES
        },
    }


def _shown(moment: str | None) -> str:
    return show_moment(datetime.fromisoformat(moment)) if moment else ""
