"""Types of values: Python's beside JSON's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, TypedDict

import pytest

from engine.diagram.value_types import (
    in_words,
    may_fit,
    of_feel,
    of_form_field,
    of_python,
    of_schema,
)
from engine.external_task import Document


class Verdict(TypedDict):
    """A mapping with known keys."""

    passed: bool


@pytest.mark.parametrize(
    ("hint", "types"),
    [
        (bool, {"boolean"}),
        (int, {"integer"}),
        (float, {"number", "integer"}),
        (Decimal, {"number", "integer", "string"}),
        (str, {"string"}),
        (date, {"string"}),
        (list[str], {"array"}),
        (Sequence[int], {"array"}),
        (dict[str, int], {"object"}),
        (Mapping[str, int], {"object"}),
        (Verdict, {"object"}),
        (Document, {"object"}),
        (Literal["a", 1], {"string", "integer"}),
        (int | None, {"integer"}),
        (int | str, {"integer", "string"}),
        (Annotated[int, "count"], {"integer"}),
    ],
)
def test_python_types(hint: Any, types: set[str]) -> None:
    assert of_python(hint) == types


@pytest.mark.parametrize("hint", [Any, object, int | Any])
def test_types_that_say_nothing(hint: Any) -> None:
    assert of_python(hint) is None


@pytest.mark.parametrize(
    ("schema", "types"),
    [
        ({"type": "integer"}, {"integer"}),
        ({"type": "number"}, {"number", "integer"}),
        ({"type": ["string", "null"]}, {"string"}),
        ({"enum": ["a", 1]}, {"string", "integer"}),
        ({"const": True}, {"boolean"}),
    ],
)
def test_schemas(schema: object, types: set[str]) -> None:
    assert of_schema(schema) == types


@pytest.mark.parametrize("schema", [{}, True, {"$ref": "#/x"}])
def test_schemas_that_say_nothing(schema: object) -> None:
    assert of_schema(schema) is None


def test_form_fields() -> None:
    assert of_form_field("long") == {"integer"}
    assert of_form_field("own") is None


def test_fit() -> None:
    assert may_fit(of_python(int), of_python(float))
    assert may_fit(None, of_python(int))
    assert not may_fit(of_python(str), of_python(int))
    assert not may_fit(of_python(bool), of_python(int))


def test_words() -> None:
    assert in_words(of_python(float)) == "number"
    assert in_words(of_python(int | str)) == "integer or string"
    assert in_words(None) == "unknown"


@pytest.mark.parametrize(
    ("name", "types"),
    [
        ("number", {"number", "integer"}),
        ("boolean", {"boolean"}),
        ("string", {"string"}),
        ("date and time", {"string"}),
        ("tSize", None),
        (None, None),
    ],
)
def test_simple_types_of_feel(name: str | None, types: set[str] | None) -> None:
    assert of_feel(name) == types
