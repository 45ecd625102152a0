"""Values that a decision read or gave, as a person reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from babel.numbers import format_decimal
from flask_babel import get_locale, gettext

from web.formats import day, moment
from web.language import LANGUAGES, words

MOST_ITEMS = 50
"""Items of a list, or entries of a context, that are shown."""

MOST_LEVELS = 6
"""Lists and contexts within each other that are shown."""

_ITEMS_ON_A_LINE = 12
_UNGROUPED = 10_000
_CODES = re.compile(r"[A-Za-z]\w*(, [A-Za-z]\w*)*", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*")

Label = Callable[[str], str | None]
"""The name of an entry in the page's language, None where it has none but its own."""


@dataclass(frozen=True)
class Shown:
    """A value: a text, or items, or entries. `more` counts those that are left out."""

    text: str = ""
    items: tuple[Shown, ...] = ()
    entries: tuple[Entry, ...] = ()
    more: int = 0

    @property
    def is_code(self) -> bool:
        """Whether the text is a code of the file, or several: in no language."""
        return _CODES.fullmatch(self.text) is not None


@dataclass(frozen=True)
class Entry:
    """A value under a name; `is_code`: the name is one of the file's own, in no language."""

    name: str
    is_code: bool
    value: Shown


def shown(value: object, label: Label, level: int = 1) -> Shown:
    """A JSON value in words; `label` names the entries of contexts."""
    if isinstance(value, Mapping) and value.keys() == LANGUAGES.keys():
        value = words({code: text for code, text in value.items() if text}) or None
    if isinstance(value, Mapping) and value and level <= MOST_LEVELS:
        kept = list(value.items())[:MOST_ITEMS]
        found = tuple(entry(name, each, label, level + 1) for name, each in kept)
        return Shown(entries=found, more=len(value) - len(kept))
    if isinstance(value, list) and value and level <= MOST_LEVELS:
        return _items(value, label, level)
    return Shown(_text(value))


def entry(name: str, value: object, label: Label, level: int = 1) -> Entry:
    """A value under its name."""
    named = label(name)
    return Entry(named or name, named is None, shown(value, label, level))


def _items(values: Sequence[object], label: Label, level: int) -> Shown:
    plain = not any(isinstance(each, (list, Mapping)) for each in values)
    if plain and len(values) <= _ITEMS_ON_A_LINE:
        return Shown(", ".join(_text(each) for each in values))
    kept = values[:MOST_ITEMS]
    items = tuple(shown(each, label, level + 1) for each in kept)
    return Shown(items=items, more=len(values) - len(kept))


def _text(value: object) -> str:
    match value:
        case None:
            return gettext("no value")
        case bool():
            return gettext("Yes") if value else gettext("No")
        case int() | float():
            return _number(value)
        case str():
            return _of_text(value)
        case list() | Mapping() if not value:
            return gettext("empty")
        case _:
            return "…"


def _number(value: float) -> str:
    """With all its digits; a year is no amount, so small numbers have no groups."""
    return str(
        format_decimal(
            value,
            locale=get_locale(),
            decimal_quantization=False,
            group_separator=abs(value) >= _UNGROUPED,
        )
    )


def _of_text(text: str) -> str:
    try:
        if _DAY.fullmatch(text):
            return day(date.fromisoformat(text))
        if _MOMENT.fullmatch(text):
            return moment(datetime.fromisoformat(text))
    except ValueError:
        return text
    return text or gettext("empty text")
