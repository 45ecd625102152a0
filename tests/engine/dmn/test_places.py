"""Places are told in the language of the reader, with the names as they are."""

from __future__ import annotations

import pytest

from engine.dmn.places import LOGIC, place_in


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "its logic, entry rule of thumb, rule 3, input 1 (age), if"),
        ("ru", "логика, запись rule of thumb, правило 3, условие 1 (age), if"),
        ("kk", "логикасы, жазба rule of thumb, ереже 3, шарт 1 (age), if"),
    ],
)
def test_words_of_a_place(language: str, expected: str) -> None:
    assert (
        place_in(language, f"{LOGIC}, entry rule of thumb, rule 3, input 1 (age), if") == expected
    )


def test_a_word_that_only_begins_alike_stays() -> None:
    assert place_in("ru", "rules") == "rules"
