"""Values of decisions in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, current_app

from web.instances.values import MOST_ITEMS, MOST_LEVELS, Shown, entry, shown


@pytest.fixture(autouse=True)
def english(app: Flask) -> Iterator[None]:
    with app.app_context(), reading("en"):
        yield


@contextmanager
def reading(language: str) -> Iterator[None]:
    """A page of its own that is asked for in a language."""
    headers = {"Accept-Language": language}
    with current_app.app_context(), current_app.test_request_context(headers=headers):
        yield


def unnamed(_name: str) -> None:
    """No entry has a name in any language."""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "no value"),
        (True, "Yes"),
        (False, "No"),
        (0, "0"),
        (2026, "2026"),
        (1250000, "1,250,000"),
        (0.0125, "0.0125"),
        (-12345.678, "-12,345.678"),
        ("YP", "YP"),
        ("", "empty text"),
        ("2026-03-02", "2 March 2026"),
        ("2026-03-02T09:00:00Z", "2 March 2026, 14:00"),
        ("2026-13-45", "2026-13-45"),
        ("2026-03-02T10:00:00@Asia/Almaty", "2026-03-02T10:00:00@Asia/Almaty"),
        ("P1D", "P1D"),
        ([], "empty"),
        ({}, "empty"),
        (["PW", "YP", 3, None], "PW, YP, 3, no value"),
    ],
)
def test_a_plain_value_is_a_text(value: object, text: str) -> None:
    assert shown(value, unnamed) == Shown(text)


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    with reading("kk"):
        assert shown(12345.5, unnamed).text == "12\N{NO-BREAK SPACE}345,5"
        assert shown(True, unnamed).text == "Иә"


def test_a_text_in_every_language_is_read_in_the_readers() -> None:
    value = {"kk": "Сәлем", "ru": "Привет", "en": "Hello"}
    assert shown(value, unnamed).text == "Hello"
    with reading("ru"):
        assert shown(value, unnamed).text == "Привет"
    assert shown({"kk": None, "ru": None, "en": None}, unnamed).text == "no value"


def test_entries_have_their_names_or_are_codes() -> None:
    labels = {"rate": "Rate"}.get
    found = shown({"rate": 1, "taken": 2}, labels)
    assert [(each.name, each.is_code, each.value.text) for each in found.entries] == [
        ("Rate", False, "1"),
        ("taken", True, "2"),
    ]
    assert entry("rate", 1, labels) == found.entries[0]


def test_a_list_of_contexts_has_an_item_for_each() -> None:
    found = shown([{"a": 1}, {"a": 2}], unnamed)
    assert [each.entries[0].value.text for each in found.items] == ["1", "2"]


def test_what_is_left_out_is_counted() -> None:
    assert shown(list(range(MOST_ITEMS + 2)), unnamed).more == 2
    assert shown({str(each): each for each in range(MOST_ITEMS + 3)}, unnamed).more == 3


def test_what_is_deeper_than_a_page_can_hold_is_cut() -> None:
    value: object = [[1]]
    for _ in range(MOST_LEVELS):
        value = [value]
    found = shown(value, unnamed)
    for _ in range(MOST_LEVELS):
        (found,) = found.items
    assert found == Shown("…")
