"""The working calendar is edited after a preview."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from engine.commands import CalendarRow, EditCalendar
from engine.results import CalendarEdited, DueChange

BEFORE = datetime(2026, 12, 1, 13, tzinfo=UTC)
AFTER = datetime(2026, 12, 2, 13, tzinfo=UTC)


@pytest.fixture
def moving(engine: Any) -> Any:
    change = DueChange("task", "task-1", "case-1", "check", BEFORE, AFTER)
    engine.answers["EditCalendar"] = lambda command: CalendarEdited(command.preview, (change,))
    return engine


def test_the_exceptions_are_listed(sign_in: Callable[..., Any]) -> None:
    html = sign_in("unit-head-1").get("/working-days/").text
    assert "16 December 2026" in html
    assert "Independence Day" in html


def test_another_year_is_a_press_away(sign_in: Callable[..., Any], engine: Any) -> None:
    engine.queries.calendar_rows.append(
        SimpleNamespace(day=date(2027, 1, 4), working=True, names={"en": "Moved by order"})
    )
    browser = sign_in("unit-head-1")
    html = browser.get("/working-days/").text
    assert 'href="/working-days/?year=2027"' in html
    assert "Moved by order" not in html
    assert "Moved by order" in browser.get("/working-days/?year=2027").text


def test_a_preview_shows_what_would_move_and_changes_nothing(
    sign_in: Callable[..., Any], moving: Any
) -> None:
    answer = sign_in("unit-head-1").post(
        "/working-days/", day="2026-12-01", kind="off", name="Snow", press="preview"
    )
    command = moving.commands[-1][0]
    assert command == EditCalendar(
        rows=(CalendarRow(date(2026, 12, 1), False, dict.fromkeys(("kk", "ru", "en"), "Snow")),),
        preview=True,
    )
    assert "1 open term would move" in answer.text
    assert "1 December 2026, 18:00" in answer.text
    assert "2 December 2026, 18:00" in answer.text
    assert 'value="2026-12-01"' in answer.text
    assert 'value="apply"' in answer.text


def test_confirming_changes_it_once(sign_in: Callable[..., Any], moving: Any) -> None:
    browser = sign_in("unit-head-1")
    answer = browser.post("/working-days/", day="2026-12-05", kind="working", press="apply")
    assert answer.status_code == 302
    command = moving.commands[-1][0]
    assert command.rows == (CalendarRow(date(2026, 12, 5), True, {}),)
    assert not command.preview
    assert command.command_id.startswith("web:unit-head-1:")


def test_an_exception_can_be_taken_back(sign_in: Callable[..., Any], moving: Any) -> None:
    sign_in("unit-head-1").post("/working-days/", day="2026-12-16", kind="remove", press="apply")
    assert moving.commands[-1][0].remove == (date(2026, 12, 16),)


@pytest.mark.parametrize("typed", [{"day": "16.12"}, {"day": ""}, {"day": "2026-12-16"}])
def test_a_wrong_entry_is_told_and_kept(
    sign_in: Callable[..., Any], moving: Any, typed: dict[str, str]
) -> None:
    answer = sign_in("unit-head-1").post("/working-days/", name="Snow", kind="x", **typed)
    assert answer.status_code == 422
    assert 'id="error-summary"' in answer.text
    assert 'value="Snow"' in answer.text
    assert not moving.commands
