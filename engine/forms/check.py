"""Checks submitted values against a form; says in three languages what is wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry

from engine.feel import LimitExceeded
from engine.forms.definition import TEXTAREA_LENGTH, Field, Form, Option
from engine.forms.formats import FORMATS, slip
from engine.forms.messages import NEXT, NO_NEXT, decimals, filled, sentence
from engine.forms.options import (
    NO_OPTIONS,
    OPTIONS,
    OTHER_CODE,
    Options,
    TableKeys,
    TableSource,
    has_nothing_below,
    keys_for,
    offered_for,
)
from engine.forms.patterns import matches
from engine.forms.rules import CHECK, new_evaluation
from engine.forms.submission import is_number
from engine.forms.texts import Texts

_ITEMS = 1_000
"""Items of a list, whatever the form says."""

_INTEGER = 2**63 - 1
"""Absolute value of an integer, whatever the form says."""

_MISLEADING = r"\u202a-\u202e\u2066-\u2069\ufeff\ufff0-\uffff"
_CONTROLS = r"\x7f-\x9f\ud800-\udfff"
_BAD_IN_A_LINE = re.compile(rf"[\x00-\x1f{_CONTROLS}{_MISLEADING}]")
_BAD_IN_LINES = re.compile(rf"[\x00-\x08\x0b-\x1f{_CONTROLS}{_MISLEADING}]")

_VALIDATORS = 512


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field (`""`: with the form as a whole), by language.

    `keyword` is the JSON Schema keyword that failed, or one of characters, hidden, readOnly,
    x-check, limit (a rule asks for more than an expression may).
    """

    field: str
    messages: Texts
    keyword: str


def check_submission(
    form: Form,
    values: Mapping[str, object],
    now: datetime | None = None,
    options: Options = NO_OPTIONS,
) -> tuple[FieldError, ...]:
    """Everything wrong with the values: one error a field, in the order of the fields.

    Null and blank values count as not given. A field that is hidden by its `x-show-if` is not
    required and can't be given; a read-only field likewise. Names that are no fields are errors.
    A field's own `x-error` wins over the sentence for the keyword.

    Rules over several fields (`x-check`) are checked where the fields that they read are right by
    themselves. `now`, a moment with its zone, is what `now()` and `today()` are; without it, rules
    that call them are not checked. `options` are the classifiers in force: a code that is not in
    them is an error, and a field with nothing to choose below what was chosen is hidden.
    """
    if form.whole is not None:
        touched = tuple(
            _failed(form, name, "readOnly")
            for name, value in values.items()
            if name in form.closed and not _is_blank(value)
        )
        return touched or check_submission(form.whole, {**form.closed, **values}, now, options)
    given = {name: value for name, value in values.items() if not _is_blank(value)}
    errors: dict[str, FieldError] = {}
    for error in _errors(form, given, options):
        errors.setdefault(error.field, error)
    for error in _broken_rules(form, given, frozenset(errors), now):
        errors.setdefault(error.field, error)
    order = {field.name: place for place, field in enumerate(form.fields)}
    return tuple(sorted(errors.values(), key=lambda error: order.get(error.field, len(order))))


def _is_blank(value: object) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _errors(form: Form, given: Mapping[str, object], options: Options) -> Iterator[FieldError]:
    shown = {
        field.name: field
        for field in form.shown_fields(given)
        if not has_nothing_below(field, given, options)
    }
    usable: dict[str, object] = {}
    for name, value in given.items():
        field = form.field(name)
        wrong = "additionalProperties" if field is None else _beforehand(field, value, shown)
        if wrong is None:
            usable[name] = value
        elif field is not None:
            limits = {"maxLength": _longest(field), "type": _type(form, name)}
            yield _failed(form, name, wrong, limits.get(wrong))
        else:
            yield _failed(form, name, wrong)
    for error in sorted(_validator(form).iter_errors(usable), key=_weight):
        for name, limit in _about(error, usable):
            if name in given and name not in usable:
                continue
            known = form.field(name)
            if error.validator in ("required", "dependentRequired") and (
                name not in shown or (known is not None and known.read_only)
            ):
                continue
            if error.validator == "required" and known is not None and _waits(known, given):
                continue
            yield _put(form, name, error, limit)
    for name, value in usable.items():
        yield from _not_offered(form, shown[name], value, given, options)


def _waits(field: Field, given: Mapping[str, object]) -> bool:
    """Whether there is nothing to choose yet, because the choice before it is missing."""
    source = field.source
    return source is not None and source.parent is not None and source.parent not in given


def _not_offered(
    form: Form, field: Field, value: object, given: Mapping[str, object], options: Options
) -> Iterator[FieldError]:
    """A code that the classifier in force does not have, or not below what was chosen before."""
    if field.table is not None:
        yield from _not_in_force(form, field, field.table, value, options)
        return
    source = field.source
    if source is None:
        return
    offered = offered_for(field, given, options)
    if offered is None:
        yield FieldError(field.name, sentence(OPTIONS, about="missing"), OPTIONS)
        return
    chosen = next((option for option in offered if option.value == value), None)
    if chosen is not None:
        yield from _of_another(form, field, chosen, given, offered)
        return
    everywhere = options.offered(source.classifier, source.level, None) or ()
    if any(option.value == value for option in everywhere):
        yield _failed(form, field.name, OPTIONS)
    else:
        yield FieldError(field.name, sentence(OPTIONS, about="gone"), OPTIONS)


def _not_in_force(
    form: Form, field: Field, table: TableSource, value: object, options: Options
) -> Iterator[FieldError]:
    """A key that the dated table does not have today; with the period that begins next.

    A field's own sentence takes the key as `{v}`.
    """
    known = keys_for(table, options)
    if known is None:
        yield FieldError(field.name, sentence(OPTIONS, about="no table"), OPTIONS)
    elif any(option.value == value for option in known.in_force):
        return
    elif any(option.value == value for option in known.others):
        own = _own(_property(form, field.name).get("x-error", {}), OPTIONS)
        found = next(option for option in known.others if option.value == value)
        key = found.labels or found.posted
        told = filled(own, key) if own else sentence(OPTIONS, key, about="not in force")
        yield FieldError(field.name, _with_next(told, known), OPTIONS)
    else:
        yield FieldError(field.name, sentence("type", about="choice"), OPTIONS)


def _with_next(told: Texts, known: TableKeys) -> Texts:
    coming = known.coming
    if coming is None:
        return {code: f"{_ended(text)} {NO_NEXT[code]}" for code, text in told.items()}
    first, last = (
        f"{day:%d.%m.%Y}" if day is not None else "…" for day in (coming.first, coming.last)
    )
    return {
        code: f"{_ended(text)} "
        + NEXT[code].format(first=first, last=last, key=coming.key.label(code))
        for code, text in told.items()
    }


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _of_another(
    form: Form,
    field: Field,
    chosen: Option,
    given: Mapping[str, object],
    offered: Sequence[Option],
) -> Iterator[FieldError]:
    """A choice whose code another field's number should hold, and holds that of another one.

    A number that holds no offered one's code, or is wrong by itself, says nothing.
    """
    code = field.source.code_in if field.source is not None else None
    other = None if code is None else form.field(code.field)
    if code is None or other is None:
        return
    number = given.get(code.field)
    if not isinstance(number, str) or not FORMATS.get(other.format or "", bool)(number):
        return
    named = [option for option in offered if code.is_held(option.attributes, number)]
    if named and chosen not in named:
        yield _failed(form, field.name, OTHER_CODE, named[0].labels)


def _broken_rules(
    form: Form, given: Mapping[str, object], wrong: Set[str], now: datetime | None
) -> Iterator[FieldError]:
    """Rules of shown fields that are not met; those that read a `wrong` value are left out.

    All rules together may do as much as one expression.
    """
    evaluation = new_evaluation(now)
    for field in form.shown_fields(given):
        for rule in field.rules:
            if not wrong.isdisjoint(rule.reads) or (now is None and rule.needs_clock()):
                continue
            try:
                if not rule.is_met(given, evaluation):
                    yield FieldError(field.name, rule.messages, CHECK)
            except LimitExceeded:
                yield FieldError(field.name, sentence("limit"), "limit")


def _beforehand(field: Field, value: object, shown: Mapping[str, Field]) -> str | None:
    """What is wrong with a value before the schema is asked."""
    if field.read_only:
        return "readOnly"
    if field.name not in shown:
        return "hidden"
    each_value = value if isinstance(value, list) else [value]
    if len(each_value) > _ITEMS:
        return "items"
    for each in each_value:
        if not isinstance(each, (str, int, float)) or (
            isinstance(each, int) and abs(each) > _INTEGER
        ):
            return "type"
        if isinstance(each, str) and len(each) > _longest(field):
            return "maxLength"
        if isinstance(each, str) and _has_bad_characters(each, field.is_long()):
            return "characters"
    if field.kind == "choices" and len(set(each_value)) < len(each_value):
        return "uniqueItems"
    return None


def _longest(field: Field) -> int:
    return field.max_length or TEXTAREA_LENGTH


def _has_bad_characters(text: str, is_long: bool) -> bool:
    """Control characters, but for tabs and new lines in a long text, and turned directions."""
    return (_BAD_IN_LINES if is_long else _BAD_IN_A_LINE).search(text) is not None


def _weight(error: ValidationError) -> int:
    """Which of several errors of a field is said: what is missing, then what kind it must be."""
    order = ("required", "dependentRequired", "type", "format", "pattern")
    return order.index(error.validator) if error.validator in order else len(order)


def _about(error: ValidationError, given: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """The fields that an error is about, with the limit that was missed."""
    limit = error.validator_value
    if error.path:
        yield str(error.path[0]), limit
    elif error.validator == "required":
        yield from ((name, None) for name in limit if name not in given)
    elif error.validator == "dependentRequired":
        yield from (
            (name, None)
            for present, names in limit.items()
            if present in given
            for name in names
            if name not in given
        )
    else:
        yield "", limit


def _put(form: Form, name: str, error: ValidationError, limit: object) -> FieldError:
    keyword = "false schema" if _is_never(error) else str(error.validator)
    own = error.schema.get("x-error") if isinstance(error.schema, Mapping) else None
    if isinstance(own, Mapping) and (texts := _own(own, keyword)):
        return FieldError(name, filled(texts, limit), keyword)
    return _failed(form, name, keyword, limit, error.instance)


def _is_never(error: ValidationError) -> bool:
    return error.validator is None or (error.validator == "not" and error.validator_value == {})


def _failed(
    form: Form, name: str, keyword: str, limit: object = None, value: object = None
) -> FieldError:
    field = form.field(name)
    about = ""
    if field is not None:
        texts = _own(_property(form, name).get("x-error", {}), keyword)
        if texts:
            return FieldError(name, filled(texts, limit), keyword)
        about = _closer(field, keyword, limit, value)
    if keyword == "const" and about == "const-true":
        return FieldError(name, sentence("required", about=about), keyword)
    if about == "out of range" and (missed := _missed(field, str(value))):
        return FieldError(name, sentence(*missed), keyword)
    places = decimals(limit) if keyword == "multipleOf" else None
    if places is not None:
        return FieldError(name, sentence("decimals", places), keyword)
    return FieldError(name, sentence(keyword, _label(field, limit), about), keyword)


def _property(form: Form, name: str) -> Mapping[str, Any]:
    properties: Any = form.schema["properties"]
    return properties[name]


def _type(form: Form, name: str) -> str:
    return _property(form, name)["type"]


def _closer(field: Field, keyword: str, limit: object, value: object) -> str:
    """What a sentence is about, beside its keyword."""
    if keyword in ("type", "format") and field.kind in ("choice", "radio", "choices"):
        return "choice"
    if keyword == "type" and isinstance(value, str) and is_number(value, whole=limit == "integer"):
        return "out of range"
    if keyword == "format" and isinstance(value, str):
        return f"{limit} {slip(str(limit), value)}".strip()
    if keyword in ("type", "format"):
        return str(limit)
    if keyword in ("required", "dependentRequired", "const"):
        return "choice" if field.kind in ("choice", "radio", "choices") else field.kind
    return ""


def _missed(field: Field | None, written: str) -> tuple[str, int | float] | None:
    """Which limit of a field a number misses that is too long to be read."""
    if field is None:
        return None
    below = written.strip().startswith(("-", "\u2212"))
    limit = field.minimum if below else field.maximum
    return None if limit is None else ("minimum" if below else "maximum", limit)


def _label(field: Field | None, limit: object) -> object:
    option = next((each for each in field.options if each.value == limit), None) if field else None
    return option.labels if option and option.labels else limit


def _own(own: Mapping[str, Any], keyword: str) -> Texts | None:
    """A form's own sentence: for one keyword, or for all."""
    if keyword in own:
        return own[keyword] if isinstance(own[keyword], Mapping) else None
    return own if own and all(isinstance(text, str) for text in own.values()) else None


def _multiple_of(
    validator: Any, step: int | float, instance: object, schema: object
) -> Iterator[ValidationError]:
    """multipleOf over decimals: 0.07 is a multiple of 0.01, which binary fractions deny."""
    if not validator.is_type(instance, "number"):
        return
    if (Fraction(str(instance)) / Fraction(str(step))).denominator != 1:
        yield ValidationError(f"{instance!r} is not a multiple of {step}")


def _pattern(
    _validator: object, pattern: str, instance: object, _schema: object
) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not matches(pattern, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _is_number(_checker: object, instance: object) -> bool:
    return _is_whole(instance) or (isinstance(instance, float) and math.isfinite(instance))


def _is_integer(_checker: object, instance: object) -> bool:
    return _is_whole(instance) or (isinstance(instance, float) and instance.is_integer())


def _is_whole(instance: object) -> bool:
    return isinstance(instance, int) and not isinstance(instance, bool)


_Validator = extend(
    Draft202012Validator,
    {"multipleOf": _multiple_of, "pattern": _pattern},
    type_checker=Draft202012Validator.TYPE_CHECKER.redefine_many(
        {"number": _is_number, "integer": _is_integer}
    ),
)


def _format_checker() -> FormatChecker:
    checker = FormatChecker(formats=())
    for name, is_valid in FORMATS.items():
        checker.checks(name)(_for_strings(is_valid))
    return checker


def _for_strings(is_valid: Any) -> Any:
    return lambda value: not isinstance(value, str) or is_valid(value)


_FORMATS = _format_checker()


@lru_cache(maxsize=_VALIDATORS)
def _validator(form: Form) -> Any:
    schema = _without_false(form.schema)
    return _Validator(schema, format_checker=_FORMATS, registry=Registry())


def _without_false(schema: Any) -> Any:
    """`false` spelled as `{"not": {}}`: jsonschema forgets the field that a `false` is about."""
    if not isinstance(schema, Mapping):
        return {"not": {}} if schema is False else schema
    spelled = dict(schema)
    for keyword, below in schema.items():
        if keyword in ("properties", "dependentSchemas"):
            spelled[keyword] = {name: _without_false(each) for name, each in below.items()}
        elif keyword in ("allOf", "anyOf", "oneOf"):
            spelled[keyword] = [_without_false(each) for each in below]
        elif keyword in ("not", "if", "then", "else", "items"):
            spelled[keyword] = _without_false(below)
    return spelled
