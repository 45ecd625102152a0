"""docs/expressions.md: every example is run, every function and limit is told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from engine.calendar import WorkingCalendar, seed_rows
from engine.diagram import ENGINE_FUNCTIONS, read_diagram
from engine.diagram.expressions import expressions_of
from engine.diagram.surroundings import FOLLOW_UP_FUNCTIONS, KEY_FUNCTIONS
from engine.expression_functions import time_functions
from engine.feel import BUILT_IN_FUNCTIONS, evaluate_text, find_expressions, limits, parse
from engine.feel.built_ins import BUILT_INS
from engine.feel.feel import FeelExpression, parse_expression
from engine.feel.juel.functions import METHODS
from tests.docs.test_diagrams import inside_a_process
from tests.support.markdown import codes, document

TEXT = document("docs/expressions.md")
VARIABLES, TABLE = (json.loads(block.text) for block in TEXT.blocks if block.language == "json")
ZONE = ZoneInfo("Asia/Almaty")
NOW = datetime(2026, 3, 5, 10, tzinfo=ZONE)
CALENDAR = WorkingCalendar(seed_rows(range(2024, 2031)), ZONE)


def dated(table: str, key: str) -> object:
    """The value of the row that the document shows."""
    (row,) = TABLE["rows"]
    assert (table, key) == ("terms", row["key"])
    assert date.fromisoformat(row["from"]) <= NOW.date()
    return row["value"]


FUNCTIONS = {**time_functions(lambda: CALENDAR, ZONE, NOW), "dated": dated}


def only_code(cell: str) -> str:
    """What stands in a cell that holds one piece of code and nothing else; else nothing."""
    found = codes(cell)
    return found[0].replace("\\|", "|") if cell == f"`{''.join(found)}`" else ""


def examples() -> Iterator[tuple[str, Any]]:
    """Every expression in a table that has its value in the next cell."""
    for heading in re.findall(r"^## (.+)$", TEXT.prose, re.MULTILINE):
        for row in TEXT.rows(heading):
            for text, value in pairwise(only_code(cell) for cell in row):
                if value and (text.startswith("= ") or "${" in text):
                    yield text, json.loads(value)


EXAMPLES = list(examples())


@pytest.mark.parametrize(("text", "value"), EXAMPLES)
def test_every_example_gives_what_is_told(text: str, value: object) -> None:
    assert evaluate_text(text, VARIABLES, FUNCTIONS) == value


def test_the_tables_are_read() -> None:
    assert len(EXAMPLES) > 140


@pytest.mark.parametrize(
    ("text", "why"),
    [(text, row[2]) for row in TEXT.rows("Null, and why") for text in codes(row[0])],
)
def test_null_says_why(text: str, why: str) -> None:
    reasons = [warning.reason for warning in parse(text).warnings(VARIABLES, FUNCTIONS)]
    assert why in reasons


def test_every_built_in_function_is_told_with_an_example_of_its_own() -> None:
    rows = [row for row in TEXT.rows("Every built-in function") if codes(row[0])]
    told = {codes(row[0])[0].partition("(")[0]: codes(row[1])[0] for row in rows}
    assert sorted(told) == sorted(BUILT_INS)
    assert [name for name, example in told.items() if f"{name}(" not in example] == []


@pytest.mark.parametrize("row", TEXT.rows("Every built-in function"), ids=lambda row: row[0])
def test_the_parameters_of_a_built_in_function_are_its_own(row: list[str]) -> None:
    for told in codes(row[0]):
        name, _, inside = told.removesuffix(")").partition("(")
        names = [each.removesuffix("?") for each in inside.split(", ") if each != "…"]
        known = [list(each.parameters) for each in BUILT_INS[name].overloads]
        assert any(each[: len(names)] == names for each in known), known


def test_both_ways_to_call_a_function_work() -> None:
    for text in ('substring("text", 2)', 'substring(string: "text", start position: 2)'):
        assert f"`{text}`" in TEXT.text
        assert evaluate_text(f"= {text}", {}) == "ext"


def test_every_function_of_the_engine_is_told() -> None:
    told = {
        code.partition("(")[0]
        for row in TEXT.rows("The engine's functions")
        for code in codes(row[0])
        if re.match(r"\w+\(", code)
    }
    assert told == ENGINE_FUNCTIONS | KEY_FUNCTIONS | FOLLOW_UP_FUNCTIONS


def test_every_function_and_method_of_camundas_dialect_is_told() -> None:
    told = {
        code.partition("(")[0]
        for row in TEXT.rows("Camunda's dialect")
        for code in codes(row[0])
        if re.match(r"\w+\(", code)
    }
    assert told == BUILT_IN_FUNCTIONS | METHODS.keys()


def test_every_limit_is_told_in_its_order() -> None:
    told = [int(row[0].replace(",", "")) for row in TEXT.rows("Limits")]
    assert told == [value for name, value in vars(limits).items() if name.isupper()]


def test_the_diagram_can_be_read_and_its_expressions_too() -> None:
    (example,) = (block.text for block in TEXT.blocks if block.language == "xml")
    process = read_diagram(inside_a_process(example), "example.bpmn").processes["p"]
    texts = [use.text for use in expressions_of(process) if use.text.startswith("=")]
    assert len(texts) == 3
    values = [evaluate_text(text, VARIABLES, FUNCTIONS) for text in texts]
    assert sorted(map(str, values)) == [
        "2026-03-11T23:59:59+05:00",
        "2026-03-11T23:59:59+05:00",
        "P1DT12H",
    ]


def test_logic_with_null_is_as_told() -> None:
    told = {"false and null": False, "true or null": True, "true and null": None}
    for text, value in told.items():
        assert evaluate_text(f"= {text}", {}) is value


def test_the_dialects_differ_as_told() -> None:
    assert isinstance(parse_expression("applications[1]"), FeelExpression)
    assert evaluate_text("= applications[1]", VARIABLES) == VARIABLES["applications"][0]
    assert evaluate_text("${applications[0]}", VARIABLES) == VARIABLES["applications"][0]
    assert [each.names for each in find_expressions("Case ${businessKey} of ${bin}")] == [
        {"businessKey"},
        {"bin"},
    ]
