import pytest

from engine.feel.errors import Unfit
from engine.feel.patterns.replacing import read_replacement, written


@pytest.mark.parametrize(
    ("replacement", "groups", "parts"),
    [
        ("", 0, []),
        ("plain", 0, ["plain"]),
        ("$0", 0, [0]),
        ("<$1>", 1, ["<", 1, ">"]),
        ("$12", 1, [1, "2"]),
        ("$12", 12, [12]),
        ("$123", 12, [12, "3"]),
        ("$9", 1, [9]),
        (r"\$1\\", 1, ["$1\\"]),
    ],
)
def test_parts_of_a_replacement(replacement: str, groups: int, parts: list[object]) -> None:
    assert read_replacement(replacement, groups) == parts


@pytest.mark.parametrize("replacement", ["$", "a$", "$x", "$$", "\\", "\\n", "$1\\1", "$\u0663"])
def test_an_invalid_replacement_is_refused(replacement: str) -> None:
    with pytest.raises(Unfit, match="in a replacement, but found"):
        read_replacement(replacement, 1)


def test_a_group_without_a_match_is_empty() -> None:
    assert written([1, "-", 2, "-", 9], "abc", [(0, 2), (0, 1), (-1, -1)]) == "a--"
