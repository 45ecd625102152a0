"""Texts in Kazakh, Russian and English, and how figures are written in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

LANGUAGES = ("kk", "ru", "en")
ALMATY = ZoneInfo("Asia/Almaty")

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")

Texts = dict[str, str]
"""One text by language."""


def fill(texts: Mapping[str, str], values: Mapping[str, object]) -> Texts:
    """The texts with `{name}` replaced by the values; a value may itself be texts by language.

    What stands in a value is never read as a placeholder.
    """
    return {language: _fill_one(text, language, values) for language, text in texts.items()}


def placeholder_names(*texts: Mapping[str, str]) -> frozenset[str]:
    """The names that stand in braces in any of the texts."""
    return frozenset(
        name for each in texts for text in each.values() for name in _PLACEHOLDER.findall(text)
    )


def same(text: str) -> Texts:
    """One text for all languages: a name, a number."""
    return dict.fromkeys(LANGUAGES, text)


def show_date(day: date) -> str:
    """A day as it is written in Kazakhstan: 09.01.2026."""
    return f"{day:%d.%m.%Y}"


def show_moment(moment: datetime) -> str:
    """A moment in Almaty's time, to the second: 27.12.2025 09:28:52."""
    return f"{moment.astimezone(ALMATY):%d.%m.%Y %H:%M:%S}"


def show_sum(amount: Decimal | int) -> str:
    """An amount of tenge: 1 234 567,50 ₸ with no-break spaces; tiyn only where there are any."""
    exact = Decimal(amount)
    digits = f"{exact:,.2f}" if exact % 1 else f"{exact:,.0f}"
    return digits.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",") + "\N{NO-BREAK SPACE}₸"


def _fill_one(text: str, language: str, values: Mapping[str, object]) -> str:
    def value_of(match: re.Match[str]) -> str:
        if match[1] not in values:
            return match[0]
        value = values[match[1]]
        if isinstance(value, Mapping):
            value = value.get(language) or value.get("ru") or ""
        return str(value)

    return _PLACEHOLDER.sub(value_of, text)
