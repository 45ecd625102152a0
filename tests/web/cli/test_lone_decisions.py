"""Decisions of files that are not deployed."""

from __future__ import annotations

import pytest

from engine.decided import DecisionFailed
from tests.support.decisions import input_data, model, table
from web.cli.lone_decisions import lone_decisions

SIZES = model(
    input_data("size", "number"),
    table("places", {"size": "number"}, {"places": "number"}, [("< 50", "2"), (">= 50", "5")]),
)
TWICE = model(
    input_data("size", "number"),
    table("places", {"size": "number"}, {"places": "number"}, [("< 50", "2"), ("< 60", "5")]),
)


def test_the_files_decide_whichever_version_is_asked_for() -> None:
    decide = lone_decisions({"demo/sizes.dmn": SIZES, "demo.bpmn": b"no table"})
    decided = decide("places", {"size": 60}, "version", 7, None)
    assert (decided.value, decided.decision, decided.version) == (5, "places", 0)
    assert [rule.number for rule in decided.rules] == [2]


def test_what_no_file_has_is_said() -> None:
    decide = lone_decisions({"demo/sizes.dmn": SIZES})
    with pytest.raises(DecisionFailed, match="rooms beside the diagrams, but no file has it"):
        decide("rooms", {}, "latest", None, None)


def test_what_is_wrong_with_a_file_is_said() -> None:
    decide = lone_decisions({"demo/sizes.dmn": b"<definitions"})
    with pytest.raises(DecisionFailed, match="places beside the diagrams, but demo/sizes.dmn: "):
        decide("places", {"size": 1}, "latest", None, None)


def test_a_table_that_contradicts_itself_is_said() -> None:
    decide = lone_decisions({"demo/sizes.dmn": TWICE})
    with pytest.raises(DecisionFailed, match="UNIQUE"):
        decide("places", {"size": 1}, "latest", None, None)
