"""What was changed since a remark."""

from __future__ import annotations

from flask import Flask

from tests.support.small_world import form
from web.changes import changes_since

FIELDS = form("every_kind").fields


def test_without_something_earlier_there_is_nothing_to_compare(app: Flask) -> None:
    assert changes_since(None, FIELDS, {"places": 3}, "en") is None


def test_changed_values_are_told_in_words_and_others_are_not(app: Flask) -> None:
    earlier = {"places": 3, "region": "75", "is_ready": None}
    with app.test_request_context():
        found = changes_since(earlier, FIELDS, {**earlier, "places": 2, "is_ready": False}, "en")
    assert found is not None
    assert [(each.before, each.after) for each in found] == [("3", "2")]


def test_nothing_is_an_answer_that_was_given(app: Flask) -> None:
    with app.test_request_context():
        found = changes_since({"places": 0}, FIELDS, {"places": None}, "en")
    assert found is not None
    assert [(each.before, each.after) for each in found] == [("0", "")]
