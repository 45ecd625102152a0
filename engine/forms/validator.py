"""JSON Schema as forms take it: decimals, our own formats, patterns that can't hang."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend
from referencing import Registry

from engine.forms.definition import Form
from engine.forms.formats import FORMATS
from engine.forms.patterns import matches

_VALIDATORS = 512


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
def validator_of(form: Form) -> Any:
    """What checks values against the form's schema; kept, as making it costs more than using it."""
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
