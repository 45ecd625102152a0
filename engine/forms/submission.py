"""What a browser posts, to typed values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal

from engine.forms.definition import Field, Form
from engine.forms.options import NO_OPTIONS, Options, fill_names, has_nothing_below

_SPACE = r"[\s\u00a0\u2009\u202f']"
_SPACES = re.compile(rf"{_SPACE}+")
_NUMBER = re.compile(rf"[+-]?(?:[0-9]+|[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+)(?:[.,][0-9]+)?")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})")
_DIGITS = 15
"""Significant digits that a JSON number keeps."""

_TRUE = frozenset({"true", "on", "1"})
_GROUPED = frozenset({"kz-iin", "kz-bin", "kz-iin-or-bin", "kz-iban", "bic", "kz-kato", "kz-kbe"})
_UPPER = frozenset({"kz-iban", "bic"})


def read_submission(
    form: Form, posted: Mapping[str, str | Sequence[str]], options: Options = NO_OPTIONS
) -> dict[str, object]:
    """Typed values of the form's shown fields; what can't be read stays the string it was.

    Texts are trimmed and in Unicode's composed form (NFC); numbers may have spaces and a decimal
    comma (`1 250 000,50`), dates may be `31.01.2026`. Fields left empty, read-only fields, hidden
    fields and names that are no fields are left out; a box that is not ticked is False. `options`
    are the classifiers: what follows a choice that has nothing below it is left out too, and what a
    choice fills is filled.
    """
    values: dict[str, object] = {}
    for field in form.fields:
        known = {**form.closed, **values}
        if field.read_only or not field.is_shown(known):
            continue
        if has_nothing_below(field, known, options):
            continue
        raw = posted.get(field.name)
        given = [raw] if isinstance(raw, str) else list(raw or ())
        value = _read(field, [_tidy(each, field) for each in given])
        if value is not None:
            values[field.name] = value
    return fill_names(form.fields, values, options)


def _tidy(text: str, field: Field) -> str:
    tidy = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    if field.format in _GROUPED:
        tidy = _SPACES.sub("", tidy)
    return tidy.upper() if field.format in _UPPER else tidy


def _read(field: Field, given: list[str]) -> object:
    filled = [each for each in given if each]
    match field.kind:
        case "boolean" | "const-true":
            return any(each.lower() in _TRUE for each in filled)
        case "choices":
            return [_chosen(field, each) for each in filled] or None
        case _ if not filled:
            return None
        case "choice" | "radio":
            return _chosen(field, filled[0])
        case "integer" | "number":
            return read_number(filled[0])
        case "date":
            return _read_date(filled[0])
        case _:
            return filled[0]


def _chosen(field: Field, posted: str) -> object:
    if field.table is not None:
        return field.table.value_of(posted)
    return next((option.value for option in field.options if option.posted == posted), posted)


def read_number(text: str) -> int | float | str:
    """The number that a person wrote, or the text itself where it is not clearly one.

    Spaces group digits by three, a comma or a point begins the decimals. `5,0` is the integer 5;
    `2 3` is no number.
    """
    if not is_number(text):
        return text
    number = Decimal(_SPACES.sub("", text).replace("\u2212", "-").replace(",", "."))
    if len(number.normalize().as_tuple().digits) > _DIGITS or abs(number) >= 10**_DIGITS:
        return text
    return int(number) if number == number.to_integral_value() else float(number)


def is_number(text: str, *, whole: bool = False) -> bool:
    """Whether a text is a number as people write it, however large; `whole`: without decimals."""
    found = _NUMBER.fullmatch(text.strip().replace("\u2212", "-"))
    return found is not None and not (whole and re.search("[.,]", text))


def _read_date(text: str) -> str:
    match = _DAY_FIRST.fullmatch(text)
    return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else text
