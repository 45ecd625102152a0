"""A table of places by the size of an enterprise, and a process that asks it."""

from __future__ import annotations

from typing import Any, TypedDict

from tests.support.decisions import input_data, model, table
from tests.support.diagrams import (
    Element,
    business_rule_task,
    end_event,
    path,
    process,
    start_event,
    user_task,
)


class Answer(TypedDict):
    """What a handler beside it gives."""

    answer: int


INPUTS = {"properties": {"inputs": "size, sizes, region"}}


def places(*rules: tuple[str, str], **keywords: Any) -> bytes:
    """A table of places by the size of an enterprise."""
    rows = rules or (("< 50", "2"), (">= 50", "5"))
    return model(
        input_data("size", "number"),
        table("places", {"size": "number"}, {"places": "number"}, rows, **keywords),
    )


def overlapping() -> bytes:
    """Rules that both match above 20; the second is an expression, so that no one can prove it."""
    return places(("> 10", "2"), ("? > 20", "5"))


def deciding(**keywords: object) -> Element:
    """A process that decides, then asks a person."""
    keywords = {
        "result_variable": "given",
        "map_decision_result": "singleEntry",
        **keywords,
    }
    return process(
        "p",
        start_event("s"),
        business_rule_task("decide", "places", **keywords),
        user_task("look", candidate_groups="staff"),
        end_event("e"),
        *path("s", "decide", "look", "e"),
        **INPUTS,
    )
