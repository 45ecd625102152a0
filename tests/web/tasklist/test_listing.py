"""The task list: tabs, search, pages, what can be done from it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest


def test_the_tabs_say_how_many_tasks_they_hold(
    sign_in: Callable[..., Any], engine: Any, new_task: Any
) -> None:
    engine.queries.tasks["a"] = new_task("a", assignee="specialist-1")
    engine.queries.tasks["b"] = new_task("b", overdue=True)
    html = " ".join(sign_in("specialist-1").get("/tasks/").text.split())
    assert 'My tasks <span class="q-count">1</span>' in html
    assert 'Group tasks <span class="q-count">2</span>' in html
    assert 'Overdue <span class="q-count">1</span>' in html


def test_without_own_tasks_the_groups_are_shown_first(
    sign_in: Callable[..., Any], engine: Any
) -> None:
    sign_in("specialist-1").get("/tasks/")
    assert engine.queries.seen[-1][0] == "group"


def test_tab_search_and_place_come_from_the_address(
    sign_in: Callable[..., Any], engine: Any
) -> None:
    sign_in("specialist-1").get("/tasks/?tab=overdue&search=+0042+&after=abc")
    tab, _, options = engine.queries.seen[-1]
    assert tab == "overdue"
    assert options == {"search": "0042", "after": "abc", "before": None}


def test_a_row_says_what_for_whom_and_by_when(
    sign_in: Callable[..., Any], engine: Any, new_task: Any
) -> None:
    base = new_task("x")
    engine.queries.tasks["late"] = new_task(
        "late", due_at=base.created_at, overdue=True, business_key="APP-7"
    )
    html = sign_in("specialist-1").get("/tasks/?tab=overdue").text
    assert "Check against the regulations" in html
    assert "FK-B.03 2.2" in html
    assert "APP-7" in html
    assert "150140000012" in html
    assert "2 days overdue" in html
    assert "#alert" in html


def test_a_free_task_can_be_claimed_from_the_list(sign_in: Callable[..., Any]) -> None:
    html = sign_in("specialist-1").get("/tasks/?tab=group").text
    assert 'action="/tasks/task-1/claim"' in html


def test_someone_elses_task_names_them_and_has_no_button(
    sign_in: Callable[..., Any], engine: Any, new_task: Any
) -> None:
    engine.queries.tasks = {"t": new_task("t", assignee="specialist-2", overdue=True)}
    html = sign_in("specialist-1").get("/tasks/?tab=overdue").text
    assert "Demo Specialist 2" in html
    assert "/tasks/t/claim" not in html


def test_pages_follow_by_their_keys(sign_in: Callable[..., Any], engine: Any) -> None:
    rows = engine.queries.task_list
    engine.queries.task_list = lambda *a, **o: SimpleNamespace(
        rows=rows(*a, **o).rows, next="k 2", previous="k 1"
    )
    html = sign_in("specialist-1").get("/tasks/?tab=group&search=2026").text
    assert 'href="/tasks/?after=k+2&amp;tab=group&amp;search=2026"' in html
    assert 'href="/tasks/?before=k+1&amp;tab=group&amp;search=2026"' in html


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/tasks/?tab=mine", "You have no tasks now"),
        ("/tasks/?tab=group", "Your group has no open tasks"),
        ("/tasks/?tab=overdue", "Nothing is overdue"),
        ("/tasks/?tab=mine&search=zzz", "Nothing was found for “zzz”"),
    ],
)
def test_an_empty_list_says_so_in_words(
    sign_in: Callable[..., Any], engine: Any, address: str, words: str
) -> None:
    engine.queries.tasks = {}
    assert words in sign_in("specialist-1").get(address).text


def test_a_term_far_away_is_calm(sign_in: Callable[..., Any], engine: Any, new_task: Any) -> None:
    base = new_task("x")
    engine.queries.tasks = {"t": new_task("t", due_at=base.due_at + timedelta(days=10))}
    html = sign_in("specialist-1").get("/tasks/?tab=group").text
    assert "q-due--calm" in html
    assert "12 days left" in html
