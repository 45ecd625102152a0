"""The first page of the cabinet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from web.context import EXTENSION


def test_what_is_asked_stands_first_and_the_most_urgent_on_top(
    sign_in: Callable[..., Any], engine: Any, new_task: Any
) -> None:
    due = new_task("x").due_at
    engine.queries.tasks = {
        "later": new_task("later", candidate_groups=("employer",), due_at=None),
        "sooner": new_task("sooner", candidate_groups=("employer",), due_at=due),
    }
    html = sign_in("employer-1").get("/cabinet/").text
    assert "This is waiting for you" in html
    assert html.index("/tasks/sooner") < html.index("/tasks/later")


def test_without_tasks_there_is_no_banner(sign_in: Callable[..., Any]) -> None:
    assert "This is waiting for you" not in sign_in("employer-1").get("/cabinet/").text


def test_applications_show_status_what_happens_and_by_when(sign_in: Callable[..., Any]) -> None:
    html = sign_in("employer-1").get("/cabinet/").text
    assert "APP-2026-00042" in html
    assert "Under review by the career centre" in html
    assert "Check against the regulations" in html
    assert "2 days left" in html


def test_an_ended_application_says_so(
    sign_in: Callable[..., Any], engine: Any, new_instance: Any, new_row: Any
) -> None:
    ended = new_row().started_at + timedelta(days=1)
    engine.queries.instances["case-1"] = new_instance(
        row=new_row(state="completed", ended_at=ended, waiting_for=())
    )
    assert "Ended" in sign_in("employer-1").get("/cabinet/").text


def test_the_process_can_be_started(sign_in: Callable[..., Any]) -> None:
    html = sign_in("employer-1").get("/cabinet/").text
    assert 'href="/cabinet/start/fk_b03"' in html


def test_an_empty_cabinet_says_what_to_do(sign_in: Callable[..., Any], engine: Any) -> None:
    engine.queries.instances = {}
    html = sign_in("employer-1").get("/cabinet/").text
    assert "You have no applications yet" in html
    assert "Decisions and reminders will arrive here" in html


@pytest.mark.parametrize(("language", "text"), [("kk", "Шешім"), ("ru", "Решение"), ("en", "A d")])
def test_messages_arrive_in_the_persons_language(
    app: Flask, sign_in: Callable[..., Any], language: str, text: str
) -> None:
    message = SimpleNamespace(
        business_key="APP-2026-00042",
        subject={"kk": "Шешім қабылданды", "ru": "Решение принято", "en": "A decision was made"},
        body={"kk": "Мақұлданды", "ru": "Одобрена", "en": "Approved"},
        sent_at=datetime(2026, 11, 19, 5, tzinfo=UTC),
    )
    post = SimpleNamespace(
        mailbox=None,
        received=lambda actor, limit: [SimpleNamespace(message=message, email=None)],
        of_case=lambda actor, key: [message] if key == message.business_key else [],
    )
    app.extensions[EXTENSION] = replace(app.extensions[EXTENSION], post=post)
    browser = sign_in("employer-1", language)
    assert text in browser.get("/cabinet/").text
    assert text in browser.get("/cabinet/applications/case-1").text
