"""Inputs for a decision as they are given at the terminal, and what is wrong with them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import click

from engine.dmn.questions import Fault, Question, type_in_words
from engine.problems import Wording
from web.cli.decision_names import titled
from web.cli.failure import Failure

_NOT_JSON = Wording(
    en="the input is not JSON: {reason}, line {line}, character {column}: {text}",
    ru="входные данные – не JSON: {reason}, строка {line}, знак {column}: {text}",
    kk="кіріс деректері JSON емес: {reason}, {line}-жол, {column}-таңба: {text}",
)
_NO_OBJECT = Wording(
    en='the input must be one JSON object of values by name: {{"name": value}}',
    ru='входные данные должны быть объектом JSON со значениями по именам: {{"имя": значение}}',
    kk='кіріс деректері атаулары бар JSON нысаны болуы керек: {{"атау": мән}}',
)
_UNREADABLE = Wording(
    en="{source} can't be read: {reason}",
    ru="{source} не читается: {reason}",
    kk="{source} оқылмайды: {reason}",
)
_NO_PAIR = Wording(
    en="--set takes NAME=VALUE, but found {text}",
    ru="--set принимает ИМЯ=ЗНАЧЕНИЕ, а найдено {text}",
    kk="--set АТАУ=МӘН түрінде жазылады, бірақ {text} табылды",
)
_MISSING = Wording(
    en="Expected the input {name} ({type}), but it is not given; null stands for no value",
    ru="Ожидался вход {name} ({type}), но он не задан; если значения нет, укажите null",
    kk="{name} кірісі күтілді ({type}), бірақ ол берілмеген; мән болмаса, null деп жазыңыз",
)
_MISSPELT = Wording(
    en="Expected the input {name} ({type}), but found {nearest}: did you mean {name}?",
    ru="Ожидался вход {name} ({type}), а найден {nearest}: возможно, имелся в виду {name}?",
    kk="{name} кірісі күтілді ({type}), бірақ {nearest} табылды: {name} дегіңіз келді ме?",
)
_UNKNOWN = Wording(
    en="Expected only inputs that the decision has, but found {name}; it has {names}",
    ru="Ожидались только входы этого решения, но найден {name}; у него есть {names}",
    kk="Тек осы шешімнің кірістері күтілді, бірақ {name} табылды; онда {names} бар",
)
_UNKNOWN_NEAR = Wording(
    en="Expected only inputs that the decision has, but found {name}: did you mean {nearest}?",
    ru="Ожидались только входы этого решения, но найден {name}: возможно, имелся в виду {nearest}?",
    kk="Тек осы шешімнің кірістері күтілді, бірақ {name} табылды: {nearest} дегіңіз келді ме?",
)
_UNFIT = Wording(
    en="Expected {type} for the input {name}, but found {value}",
    ru="Ожидалось значение типа {type} для входа {name}, но найдено {value}",
    kk="{name} кірісі үшін {type} типіндегі мән күтілді, бірақ {value} табылды",
)
_NONE = Wording(en="no inputs", ru="входов нет", kk="кірістер жоқ")

_LONGEST = 80
_DIGITS = 34


_TOO_LARGE = Wording(
    en="Expected numbers of up to {most}, but found {text}",
    ru="Ожидались числа не больше {most}, но найдено {text}",
    kk="{most} санынан аспайтын сандар күтілді, бірақ {text} табылды",
)
_MOST = "1.8e308"
"""The largest number that JSON's readers agree on: a double."""


def read_inputs(given: str | None, pairs: Iterable[str], language: str) -> dict[str, object]:
    """The values of `--input` (JSON, `@file` or `-`), and over them those of `--set`.

    Raises Failure.
    """
    values: dict[str, object] = {}
    if given is not None:
        found = _parsed(_text(given, language), language)
        if not isinstance(found, dict):
            raise Failure(_NO_OBJECT.fill({})[language])
        values.update(found)
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or not name.strip():
            raise Failure(_NO_PAIR.fill({"text": repr(pair)})[language])
        values[name.strip()] = _value(text, language)
    return values


def told(
    faults: Sequence[Fault], question: Question, given: Mapping[str, object], language: str
) -> list[str]:
    """A sentence for each fault."""
    types = {each.name: type_in_words(each.type) for each in question.inputs}
    titles = {each.name: titled(each.name, each.translations, language) for each in question.inputs}
    names = ", ".join(titles.values()) or _NONE.fill({})[language]
    details = [
        {
            "name": titles.get(fault.name, fault.name),
            "nearest": titles.get(fault.nearest or "", fault.nearest),
            "names": names,
            "type": types.get(fault.name, "JSON"),
            "value": _shown(given.get(fault.name)),
            **_part(fault, titles),
        }
        for fault in faults
    ]
    return [
        _wording(fault).fill(each)[language] for fault, each in zip(faults, details, strict=True)
    ]


def _part(fault: Fault, titles: Mapping[str, str]) -> dict[str, object]:
    """What is said of a part of a value, where only that does not fit."""
    if fault.misfit is None or not fault.misfit.path:
        return {}
    path, value = fault.misfit.path, fault.misfit.value
    whole = titles.get(fault.name, fault.name)
    name = f"{whole}{path}" if path.startswith("[") else f"{whole}.{path}"
    return {"name": name, "type": type_in_words(fault.misfit.type), "value": _shown(value)}


def _wording(fault: Fault) -> Wording:
    match fault.kind:
        case "missing":
            return _MISSING if fault.nearest is None else _MISSPELT
        case "unknown":
            return _UNKNOWN if fault.nearest is None else _UNKNOWN_NEAR
        case "unfit":
            return _UNFIT


def _text(given: str, language: str) -> str:
    """What `--input` names. Raises Failure."""
    if given == "-":
        with click.open_file("-", encoding="utf-8") as stream:
            return str(stream.read())
    if not given.startswith("@"):
        return given
    source = given.removeprefix("@")
    try:
        return Path(source).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        details = {"source": source, "reason": reason}
        raise Failure(_UNREADABLE.fill(details)[language]) from error


def _parsed(text: str, language: str) -> object:
    try:
        return _loads(text, language)
    except json.JSONDecodeError as error:
        lines = error.doc.splitlines() or [""]
        line = lines[min(error.lineno, len(lines)) - 1]
        details = {
            "reason": error.msg,
            "line": error.lineno,
            "column": error.colno,
            "text": repr(line[max(0, error.colno - _LONGEST // 2) :][:_LONGEST]),
        }
        raise Failure(_NOT_JSON.fill(details)[language]) from error


def _value(text: str, language: str) -> object:
    """The JSON value that a text is, else the text itself."""
    try:
        return _loads(text, language)
    except json.JSONDecodeError:
        return text


def _loads(text: str, language: str) -> object:
    """JSON with decimals as they are written. Raises JSONDecodeError, Failure."""

    def number(digits: str) -> int | Decimal:
        if not math.isfinite(float(digits)):
            details = {"most": _MOST, "text": digits[:_DIGITS]}
            raise Failure(_TOO_LARGE.fill(details)[language])
        is_whole = digits.lstrip("-").isdecimal() and len(digits) <= _DIGITS
        return int(digits) if is_whole else Decimal(digits)

    def refuse(word: str) -> object:
        raise json.JSONDecodeError(f"{word} is not a JSON value", text, max(text.find(word), 0))

    try:
        return json.loads(text, parse_float=number, parse_int=number, parse_constant=refuse)
    except RecursionError:
        raise json.JSONDecodeError("values are too deeply nested", text, 0) from None


def _shown(value: object) -> str:
    written = json.dumps(value, ensure_ascii=False, default=float)
    return written if len(written) <= _LONGEST else f"{written[:_LONGEST]}…"
