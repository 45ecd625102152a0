"""Answers in words, and as a browser posts them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import format_decimal, gettext

from engine.forms import FORMATS, Field, Option
from web.context import options
from web.formats import day, tenge
from web.language import language


@dataclass(frozen=True)
class Fact:
    """A label and its value in words."""

    label: str
    value: str


def facts_of(fields: Iterable[Field], values: Mapping[str, object]) -> list[Fact]:
    """What is known already, in the words of the forms that asked for it."""
    known = []
    for each in fields:
        value = values.get(each.name)
        if value is None or value == "" or each.extensions.get("x-in-facts") is False:
            continue
        known.append(Fact(each.label(language()), in_words(each, value)))
    return known


def in_words(of: Field, value: object) -> str:
    """A value as a person reads it: the label of a choice, yes or no, a day, an amount."""
    if isinstance(value, Mapping):
        return str(value.get("name", ""))
    if isinstance(value, (list, tuple)):
        return ", ".join(in_words(of, each) for each in value)
    for option in (*of.options, *_keys_of(of)):
        if option.posted == posted(value):
            return option.label(language())
    if of.source is not None and isinstance(value, str):
        named = options().named(of.source.classifier, value)
        if named is not None:
            label = named.label(language())
            return f"{label} · {value}" if of.source.shows_code else label
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if of.kind == "date" and isinstance(value, str) and FORMATS["date"](value):
        return day(value)
    if of.extensions.get("x-unit") == "₸":
        return tenge(value)
    if of.kind == "number" and isinstance(value, (int, float)):
        return str(format_decimal(value))
    return str(value)


def _keys_of(of: Field) -> tuple[Option, ...]:
    """The keys of the dated table that a field chooses from, in force or not."""
    known = None if of.table is None else options().keys(of.table.name)
    return () if known is None else (*known.in_force, *known.others)


def posted_values(of: Field, value: object) -> tuple[str, ...]:
    """A value as a browser posts it; a box that is not ticked, and nothing, are not posted."""
    if of.kind in ("boolean", "const-true") and value is not True:
        return ()
    return tuple(sorted(typed(value)))


def typed(value: object) -> frozenset[str]:
    """What stands in a field: the text, or the posted values that are chosen."""
    if value is None:
        return frozenset()
    if isinstance(value, Mapping):
        return frozenset({str(value.get("document", ""))})
    if isinstance(value, Sequence) and not isinstance(value, str):
        return frozenset(posted(each) for each in value)
    return frozenset({posted(value)})


def posted(value: object) -> str:
    """One value as a browser posts it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
