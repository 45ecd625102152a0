from __future__ import annotations

import pytest

from engine.near_names import near_names, or_meant


@pytest.mark.parametrize(
    ("name", "others", "near"),
    [
        ("sise", ["size", "colour"], ["size"]),
        ("List_Contains", ["list contains", "count"], ["list contains"]),
        ("x", ["size"], []),
        ("rate", [], []),
    ],
)
def test_near_names(name: str, others: list[str], near: list[str]) -> None:
    assert near_names(name, others) == near


def test_no_more_than_three_are_offered() -> None:
    others = [f"rate{number}" for number in range(80)]
    assert len(near_names("rate", others)) == 3
    assert or_meant("rates", ["rate", "rated", "raters"])["en"] == (
        ": did you mean raters, rate or rated?"
    )


def test_the_end_of_a_sentence() -> None:
    assert or_meant("sise", ["size"]) == {
        "en": ": did you mean size?",
        "ru": ": возможно, имелось в виду size?",
        "kk": ": size дегіңіз келді ме?",
    }
    assert or_meant("x", ["size"]) == {"en": ".", "ru": ".", "kk": "."}
