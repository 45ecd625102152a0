"""What `qadam decide` tells of an evaluation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.decisions import input_data, literal, model, table
from tests.web.cli.conftest import Qadam

TWICE = model(
    input_data("size", "number"),
    table("places", {"size": "number"}, {"places": "number"}, [("< 50", "2"), ("< 60", "5")]),
)


def test_each_decision_is_explained_in_order(qadam: Qadam, file: Path) -> None:
    decided = qadam("decide", file, "places", "--input", '{"size": 45, "day": "2026-03-02"}')
    assert decided.exit_code == 0
    line = file.read_text().splitlines().index('      <rule id="share_rule_1">') + 1
    assert decided.output.splitlines() == [
        "1. Share of places (share)",
        "   input size = 45",
        '   input day = "2026-03-02"',
        f"   rule 1 (share_rule_1, line {line})",
        "     when size: < 50",
        "     then share: 0.1",
        "   gives 0.1",
        "",
        "2. places",
        "   input size = 45",
        "   input Share of places = 0.1",
        "   gives 4",
        "",
        "Result: 4",
    ]


def test_one_json_document_for_machines(qadam: Qadam, file: Path) -> None:
    decided = qadam(
        "decide", file, "Share of places", "--set", "size=45", "--set", "day=null", "--json"
    )
    told: dict[str, Any] = json.loads(decided.stdout)
    assert (told["id"], told["result"], told["errors"]) == ("share", 0.1, [])
    (step,) = told["steps"]
    assert step["inputs"] == {"size": 45, "day": None}
    (rule,) = step["rules"]
    assert (rule["number"], rule["id"], rule["inputs"]) == (
        1,
        "share_rule_1",
        {"size": "< 50", "day": "-"},
    )
    assert rule["outputs"] == {"share": "0.1"}


def test_no_rule_and_why_a_value_is_null(qadam: Qadam, file: Path) -> None:
    decided = qadam("decide", file, "places", "--set", "size=60", "--set", "day=2026-03-02")
    assert decided.exit_code == 0
    assert "   no rule matched\n   gives null\n" in decided.output
    assert "   warning: Expected " in decided.output
    assert ", at character 6 of `floor(size * Share of places)`\n" in decided.output
    assert decided.output.endswith("\nResult: null\n")


def test_of_a_long_expression_the_line_is_shown(qadam: Qadam, file: Path) -> None:
    decided = qadam("decide", file, "broken", "--set", "size=60")
    assert "at character 6 of `size.wrong`" in decided.output


def test_several_rules_under_unique_are_named(qadam: Qadam, tmp_path: Path) -> None:
    file = tmp_path / "twice.dmn"
    file.write_bytes(TWICE)
    decided = qadam("decide", file, "places", "--set", "size=1")
    assert decided.exit_code == 1
    assert "   rule 1 (places_rule_1, " in decided.stdout
    assert "   rule 2 (places_rule_2, " in decided.stdout
    assert decided.stderr.startswith("qadam: places has no result: The hit policy UNIQUE allows ")
    assert "rules 1 (places_rule_1), 2 (places_rule_2)" in decided.stderr
    told = qadam("decide", file, "places", "--set", "size=1", "--json")
    assert told.exit_code == 1
    (error,) = json.loads(told.stdout)["errors"]
    assert error["message"].startswith("The hit policy UNIQUE")


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("ru", "политика UNIQUE допускает, чтобы подходило одно правило, а подходят правила 1 ("),
        ("kk", "UNIQUE саясаты бір ғана ереженің сай келуіне рұқсат береді, бірақ мына ережелер"),
    ],
)
def test_why_there_is_no_result_is_told_in_the_language(
    qadam: Qadam, tmp_path: Path, language: str, reason: str
) -> None:
    file = tmp_path / "twice.dmn"
    file.write_bytes(TWICE)
    arguments = ("decide", file, "places", "--set", "size=1", "--language", language)
    decided = qadam(*arguments)
    assert decided.exit_code == 1
    assert reason.casefold() in decided.stderr.casefold()
    (error,) = json.loads(qadam(*arguments, "--json").stdout)["errors"]
    assert reason.casefold() in error["message"].casefold()


def test_what_was_read_is_told_where_no_inputs_are_drawn(qadam: Qadam, tmp_path: Path) -> None:
    file = tmp_path / "open.dmn"
    rules = [("< 50", "size * factor")]
    file.write_bytes(
        model(
            table("base", {"size": "number"}, {"base": None}, rules, declared=False),
            literal("total", "base + extra + sum(for x in [1, 2] return x)", needs=["base"]),
        )
    )
    given = ("--input", '{"size": 10, "factor": 2, "extra": 1, "unread": 9}')
    told = qadam("decide", file, "total", *given).output.splitlines()
    assert told[:3] == ["1. base", "   input size = 10", "   input factor = 2"]
    start = told.index("2. total")
    assert told[start + 1 : start + 3] == ["   input extra = 1", "   input base = 20"]
    assert told[-1] == "Result: 24"
