"""What messages show of an expression."""

from __future__ import annotations

import pytest

from engine.feel.errors import MOST_SHOWN, EvaluationError, excerpt


@pytest.mark.parametrize(
    ("text", "position", "shown"),
    [
        ("a + b", 2, ("a + b", 3)),
        ("a +\n  b c", 8, ("  b c", 5)),
        ("a +\n", 4, ("", 1)),
        ("", 0, ("", 1)),
    ],
)
def test_the_line_around_a_place_is_shown(text: str, position: int, shown: tuple[str, int]) -> None:
    assert excerpt(text, position) == shown


@pytest.mark.parametrize("position", [0, 1, 100, 250, 498, 499])
def test_of_a_long_line_the_piece_around_the_place_is_shown(position: int) -> None:
    text = "".join(chr(0x4E00 + number) for number in range(500))
    shown, character = excerpt(text, position)
    assert shown[character - 1] == text[position]
    assert len(shown) <= MOST_SHOWN + 2
    assert (shown.startswith("…"), shown.endswith("…")) == (position > 60, position < 440)


def test_a_message_tells_the_place_in_what_it_shows() -> None:
    error = EvaluationError("Expected a number", "1 +\n x", 5)
    assert str(error) == "Expected a number, at character 2 of ' x'"
    assert error.position == 5
