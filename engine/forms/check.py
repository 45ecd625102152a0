"""Checks submitted values against a form; says in three languages what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from datetime import datetime

from jsonschema import ValidationError

from engine.feel import LimitExceeded
from engine.forms.definition import TEXTAREA_LENGTH, Field, Form
from engine.forms.field_error import FieldError, failed, own_sentence, property_of
from engine.forms.messages import filled, sentence
from engine.forms.options import NO_OPTIONS, Options, has_nothing_below
from engine.forms.options_check import not_offered, waits_for_another
from engine.forms.rules import CHECK, new_evaluation
from engine.forms.validator import validator_of

_ITEMS = 1_000
"""Items of a list, whatever the form says."""
_INTEGER = 2**63 - 1
"""Absolute value of an integer, whatever the form says."""
_MISLEADING = r"\u202a-\u202e\u2066-\u2069\ufeff\ufff0-\uffff"
_CONTROLS = r"\x7f-\x9f\ud800-\udfff"
_BAD_IN_A_LINE = re.compile(rf"[\x00-\x1f{_CONTROLS}{_MISLEADING}]")
_BAD_IN_LINES = re.compile(rf"[\x00-\x08\x0b-\x1f{_CONTROLS}{_MISLEADING}]")


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
            failed(form, name, "readOnly")
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
            yield failed(form, name, wrong, limits.get(wrong))
        else:
            yield failed(form, name, wrong)
    for error in sorted(validator_of(form).iter_errors(usable), key=_weight):
        for name, limit in _about(error, usable):
            if name in given and name not in usable:
                continue
            known = form.field(name)
            if error.validator in ("required", "dependentRequired") and (
                name not in shown or (known is not None and known.read_only)
            ):
                continue
            waits = known is not None and waits_for_another(known, given)
            if waits and error.validator == "required":
                continue
            yield _put(form, name, error, limit)
    for name, value in usable.items():
        yield from not_offered(form, shown[name], value, given, options)


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
    if isinstance(own, Mapping) and (texts := own_sentence(own, keyword)):
        return FieldError(name, filled(texts, limit), keyword)
    return failed(form, name, keyword, limit, error.instance)


def _is_never(error: ValidationError) -> bool:
    return error.validator is None or (error.validator == "not" and error.validator_value == {})


def _type(form: Form, name: str) -> str:
    return property_of(form, name)["type"]
