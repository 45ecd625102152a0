"""Notes of a case, as a process application gives them."""

from __future__ import annotations

import pytest

from web.case_notes import notes_of

NOTE = {"about": "x", "text": {"ru": "Отметка"}, "by": "employer-1", "at": "2026-03-02T04:00:00Z"}


def test_notes_are_read_in_their_order() -> None:
    other = {**NOTE, "by": "specialist-1"}
    assert [note.by for note in notes_of({"case_notes": [NOTE, other]})] == [
        "employer-1",
        "specialist-1",
    ]


@pytest.mark.parametrize("given", [None, "text", [], ["text"], [{"text": "no languages"}], [{}]])
def test_what_is_no_note_is_left_out(given: object) -> None:
    assert notes_of({"case_notes": given}) == []
    assert notes_of({}) == []
