"""The head of a dated table's file."""

from __future__ import annotations

from typing import Any

import pytest

from engine.dated import read_head


def test_a_file_without_a_head_has_an_empty_one() -> None:
    head = read_head({"rows": []})
    assert (head.titles, head.kind, head.groups, head.description) == ({}, "", frozenset(), None)


def test_a_key_may_have_a_value_of_its_own_kind() -> None:
    head = read_head(
        {
            "value": {"type": "integer"},
            "keys": {"term": {"en": "Term"}, "pause": {"value": {"type": "text"}}},
        }
    )
    term, pause = head.describes("term"), head.describes("pause")
    assert term is not None and term.type == "integer"
    assert pause is not None and pause.type == "text"
    assert head.keys["term"] == {"en": "Term"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"kind": "calendar"}, "kind"),
        ({"kind": "windows"}, "process"),
        ({"groups": "staff"}, "groups"),
        ({"title": "Terms"}, "title"),
        ({"value": {"type": "date"}}, "value"),
    ],
)
def test_what_is_no_head_is_refused(content: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_head(content)
