"""The inputs for one value of a dated table: from a value to a form, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from werkzeug.datastructures import MultiDict

from engine.dated import Description
from web.dated_tables.wording import language_name, language_order, percent, unit_in_words
from web.language import words

VALUE = "value"
_LONG = 80
_MANY = 100


@dataclass(frozen=True)
class Input:
    """One input. kind: "line", "text" (several lines), "select" or "ticks"; `typed` are its values;
    `error` says what is wrong with them."""

    name: str
    label: str
    kind: str
    typed: tuple[str, ...]
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()
    optional: bool = False
    numeric: bool = False
    language: str | None = None
    error: str = ""

    @property
    def id(self) -> str:
        """The id of its control."""
        return self.name.replace(".", "-")

    @property
    def text(self) -> str:
        """What stands in a line."""
        return self.typed[0] if self.typed else ""


def inputs_for(description: Description | None, value: Any, label: str) -> list[Input]:
    """The inputs for a value, with it filled in; none where nothing is to be typed."""
    return [] if description is None else _inputs(VALUE, description, value, label)


def typed_again(
    inputs: Sequence[Input], form: MultiDict[str, str], faults: Mapping[str, Mapping[str, str]]
) -> list[Input]:
    """The inputs as they were typed, with what is wrong with each."""
    return [
        replace(each, typed=tuple(form.getlist(each.name)), error=words(faults.get(each.name)))
        for each in inputs
    ]


def read_value(description: Description | None, form: MultiDict[str, str]) -> Any:
    """The value that was typed. What can't be read stays a text, for the engine to refuse."""
    return None if description is None else _read(VALUE, description, form)


def _inputs(name: str, description: Description, value: Any, label: str) -> list[Input]:
    if description.type == "nothing":
        return []
    if description.type == "object":
        parts = value if isinstance(value, Mapping) else {}
        return [
            each
            for part, described in description.properties.items()
            for each in _inputs(
                f"{name}.{part}", described, parts.get(part), words(described.labels)
            )
        ]
    if description.type == "texts":
        texts = value if isinstance(value, Mapping) else {}
        return [
            Input(
                f"{name}.{code}",
                f"{label}, {language_name(code)}",
                "text" if len(str(texts.get(code, ""))) > _LONG else "line",
                (str(texts.get(code, "")),),
                optional=description.optional,
                language=code,
            )
            for code in language_order()
        ]
    return [_input(name, description, value, label)]


def _input(name: str, description: Description, value: Any, label: str) -> Input:
    options = tuple((code, words(texts) or code) for code, texts in description.options.items())
    if description.type == "choices":
        typed = tuple(value) if isinstance(value, list) else ()
        return Input(name, label, "ticks", typed, options=options)
    if description.type == "choice":
        return Input(name, label, "select", (str(value or ""),), options=options)
    if description.type == "percent":
        share = None if value is None else percent(value)
        text = "" if share is None else f"{share.normalize():f}"
        return Input(name, label, "line", (text,), unit="%", numeric=True)
    if description.type == "integer":
        number = description.number(value)
        text = "" if number is None else str(number)
        return Input(
            name, label, "line", (text,), unit=unit_in_words(description, _MANY), numeric=True
        )
    return Input(name, label, "line", (str(value or ""),), optional=description.optional)


def _read(name: str, description: Description, form: MultiDict[str, str]) -> Any:
    if description.type == "nothing":
        return True
    if description.type == "object":
        return {
            part: _read(f"{name}.{part}", described, form)
            for part, described in description.properties.items()
        }
    if description.type == "texts":
        return {code: form.get(f"{name}.{code}", "").strip() for code in ("kk", "ru", "en")}
    if description.type == "choices":
        return form.getlist(name)
    text = form.get(name, "").strip()
    if description.type == "integer":
        return _integer(description, text)
    if description.type == "percent":
        return _share(text)
    return text


def _integer(description: Description, text: str) -> int | str:
    digits = re.sub(r"\s", "", text)
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        return text
    number = int(digits)
    return number if description.written == "{}" else description.written.format(number)


def _share(text: str) -> str:
    try:
        share = Decimal(text.removesuffix("%").strip().replace(",", ".")) / 100
    except InvalidOperation:
        return text
    return f"{share:f}"
