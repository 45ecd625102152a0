"""Keys and values of dated tables in the words of the page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from babel import Locale
from flask_babel import format_decimal, gettext

from engine.dated import Description
from engine.queries.dated_tables import DatedTableView
from web.language import language, words


@dataclass(frozen=True)
class Line:
    """One part of a value: an address, say. `label` is empty where the value is one thing; `raw`
    is the same in every language: a code, a site."""

    label: str
    text: str
    raw: bool = False


def key_in_words(view: DatedTableView, key: str) -> str:
    """What a key is called; rows of a map with their number before the name."""
    name = words(view.key_names.get(key))
    if not name:
        return key
    return name if view.head.keys.get(key) else f"{key}. {name}"


def lines_of(description: Description | None, value: Any) -> list[Line]:
    """A value in words; several lines where it has parts, none where it says nothing of its own."""
    if description is None:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return [Line("", text, raw=True)]
    if description.type == "nothing":
        return []
    if description.type == "object":
        parts = value if isinstance(value, dict) else {}
        return [
            Line(words(each.labels), text, raw=each.type == "text")
            for name, each in description.properties.items()
            if (text := _text(each, parts.get(name)))
        ]
    return [Line("", _text(description, value))]


def _text(description: Description, value: Any) -> str:
    if value is None:
        return ""
    if description.type == "texts":
        return words(value) if isinstance(value, dict) else str(value)
    if description.type in ("choice", "choices"):
        codes = value if isinstance(value, list) else [value]
        return ", ".join(words(description.options.get(code)) or str(code) for code in codes)
    if description.type == "percent":
        share = percent(value)
        return str(value) if share is None else f"{format_decimal(share)}\N{NO-BREAK SPACE}%"
    if description.type == "integer":
        number = description.number(value)
        if number is not None:
            return f"{format_decimal(number)} {unit_in_words(description, number)}".rstrip()
    return str(value)


def percent(value: object) -> Decimal | None:
    """A share kept as a decimal text, in per cent; None for what is none."""
    try:
        return Decimal(str(value)) * 100
    except InvalidOperation:
        return None


def unit_in_words(description: Description, number: int) -> str:
    """The unit of a number, in the form that goes with it."""
    unit = description.units.get(language(), "")
    if isinstance(unit, str):
        return unit
    form = Locale(language()).plural_form(number)
    return unit.get(form) or unit.get("many") or unit.get("other") or ""


def language_name(code: str) -> str:
    """What a language is called beside an input for a text in it."""
    names = {"kk": gettext("in Kazakh"), "ru": gettext("in Russian"), "en": gettext("in English")}
    return names[code]


def language_order() -> list[str]:
    """The languages, that of the page first."""
    return sorted(("kk", "ru", "en"), key=lambda code: code != language())
