"""A task's page: what it is about, its form, completing it, what stands in the way."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from engine.commands import CompleteTask, SaveTaskDraft
from engine.errors import Conflict, InvalidSubmission, NotAllowed, NotFound
from engine.forms import load_form
from engine.results import Completed

ERRORS = {
    "places": {"kk": "Орын жетпейді", "ru": "Мест не хватает", "en": "Not enough places"},
    "": {"kk": "Терезе жабық", "ru": "Приём закрыт", "en": "The window is closed"},
}


def test_the_page_shows_facts_form_history_and_term(sign_in: Callable[..., Any]) -> None:
    html = sign_in("specialist-1").get("/tasks/task-1").text
    assert "Check against the regulations" in html
    assert "FK-B.03 2.2" in html
    assert "2 days left" in html
    assert 'name="places"' in html
    assert "Fill in the application form" in html
    assert "Demo Employer 1" in html
    assert "Application APP-2026-00042.pdf" in html


def test_facts_do_not_repeat_what_the_form_asks(
    sign_in: Callable[..., Any], engine: Any, new_task: Any
) -> None:
    browser = sign_in("specialist-1")
    assert "What is known already" not in browser.get("/tasks/task-1").text
    engine.queries.tasks["task-1"] = new_task("task-1", form=None)
    html = browser.get("/tasks/task-1").text
    assert "What is known already" in html
    assert "Almaty city" in html


def test_completing_sends_typed_values_and_leads_to_the_case(
    sign_in: Callable[..., Any], engine: Any
) -> None:
    engine.answers["CompleteTask"] = Completed("task-1", "case-1", ())
    browser = sign_in("specialist-1")
    answer = browser.post("/tasks/task-1", places="3", measure="PW", consent="true")
    assert answer.location == "/instances/case-1"
    command, actor = engine.commands[-1]
    assert isinstance(command, CompleteTask)
    assert command.values["places"] == 3
    assert command.values["consent"] is True
    assert command.signature is None
    assert actor.user == "specialist-1"
    assert "Done: Check against the regulations." in browser.get("/instances/case-1").text


def test_the_one_task_that_follows_is_opened(sign_in: Callable[..., Any], engine: Any) -> None:
    engine.answers["CompleteTask"] = Completed("task-1", "case-1", ("task-9",))
    assert sign_in("specialist-1").post("/tasks/task-1").location == "/tasks/task-9"


def test_an_employer_goes_on_to_their_application(
    sign_in: Callable[..., Any], engine: Any, new_task: Any
) -> None:
    engine.queries.tasks["task-1"] = new_task("task-1", candidate_groups=("employer",))
    engine.answers["CompleteTask"] = Completed("task-1", "case-1", ())
    answer = sign_in("employer-1").post("/tasks/task-1")
    assert answer.location == "/cabinet/applications/case-1"


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("kk", ("Орын жетпейді", "Терезе жабық")),
        ("ru", ("Мест не хватает", "Приём закрыт")),
        ("en", ("Not enough places", "The window is closed")),
    ],
)
def test_a_refused_form_says_why_and_keeps_what_was_typed(
    sign_in: Callable[..., Any], engine: Any, language: str, texts: tuple[str, str]
) -> None:
    engine.answers["CompleteTask"] = InvalidSubmission(ERRORS)
    browser = sign_in("specialist-1", language)
    answer = browser.post("/tasks/task-1", places="77", note="typed by hand", measure="YP")
    assert answer.status_code == 422
    assert all(text in answer.text for text in texts)
    assert 'id="error-summary"' in answer.text
    assert 'href="#field-places"' in answer.text
    assert 'value="77"' in answer.text
    assert "typed by hand" in answer.text
    assert answer.text.index("<title>Error" if language == "en" else "<title>") >= 0


def test_a_refused_form_can_be_sent_again(sign_in: Callable[..., Any], engine: Any) -> None:
    engine.answers["CompleteTask"] = InvalidSubmission(ERRORS)
    browser = sign_in("specialist-1")
    data = browser.tokens("/tasks/task-1")
    again = browser.client.post("/tasks/task-1", data=data).text
    assert data["command_id"] not in again


def test_a_conflict_names_who_was_faster(sign_in: Callable[..., Any], engine: Any) -> None:
    when = engine.queries.tasks["task-1"].created_at
    engine.answers["CompleteTask"] = Conflict("x", who="specialist-2", when=when)
    answer = sign_in("specialist-1").post("/tasks/task-1")
    assert answer.status_code == 409
    assert "Demo Specialist 2" in answer.text
    assert 'href="/instances/case-1"' in answer.text


def test_the_page_of_a_completed_task_says_who_and_when(
    sign_in: Callable[..., Any], engine: Any, new_task: Any
) -> None:
    done = new_task("task-1").created_at + timedelta(hours=1)
    engine.queries.tasks["task-1"] = new_task(
        "task-1", state="completed", ended_by="specialist-2", ended_at=done
    )
    answer = sign_in("specialist-1").get("/tasks/task-1")
    assert answer.status_code == 409
    assert "This task is completed" in answer.text
    assert "Demo Specialist 2" in answer.text
    assert "18 November 2026, 12:00" in answer.text
    assert 'href="/instances/case-1"' in answer.text


def test_a_cancelled_task_is_gone(sign_in: Callable[..., Any], engine: Any, new_task: Any) -> None:
    engine.queries.tasks["task-1"] = new_task("task-1", state="cancelled")
    assert "This task is gone" in sign_in("specialist-1").get("/tasks/task-1").text


@pytest.mark.parametrize(("error", "status"), [(NotAllowed("x"), 403), (NotFound("x"), 404)])
def test_a_task_that_is_not_the_persons(
    sign_in: Callable[..., Any], engine: Any, error: Exception, status: int
) -> None:
    def refuse(*_: Any) -> None:
        raise error

    engine.queries.task = refuse
    assert sign_in("specialist-1").get("/tasks/task-1").status_code == status


def test_a_draft_is_kept_unchecked(sign_in: Callable[..., Any], engine: Any) -> None:
    answer = sign_in("specialist-1").post("/tasks/task-1", places="many", press="draft")
    assert answer.location == "/tasks/task-1"
    command = engine.commands[-1][0]
    assert isinstance(command, SaveTaskDraft)
    assert command.values["places"] == "many"


def test_a_refused_form_still_shows_what_no_one_types(
    sign_in: Callable[..., Any], engine: Any, new_task: Any
) -> None:
    words = {"kk": "Орын", "ru": "Места", "en": "Places"}
    fields = {
        "limit": {"type": "integer", "readOnly": True, "x-label": words},
        "places": {"type": "integer", "x-label": words},
    }
    data = json.dumps({"type": "object", "x-title": words, "properties": fields}).encode()
    form = load_form("demo/forms/limit.json", data)
    engine.queries.tasks["task-1"] = new_task("task-1", form=form, values={"limit": 41})
    engine.answers["CompleteTask"] = InvalidSubmission(ERRORS)
    html = sign_in("specialist-1").post("/tasks/task-1", places="50").text
    assert html.count("(optional)") == 1, "what no one types is not asked"
    assert 'value="41"' in html
    assert 'value="50"' in html


def test_another_language_keeps_what_was_typed(sign_in: Callable[..., Any], engine: Any) -> None:
    browser = sign_in("specialist-1")
    browser.post("/tasks/task-1", places="5", press="draft", lang="kk")
    assert isinstance(engine.commands[-1][0], SaveTaskDraft)
    assert 'html lang="kk"' in browser.get("/tasks/task-1").text


def test_who_only_looks_on_gets_no_form(
    sign_in: Callable[..., Any], engine: Any, new_task: Any
) -> None:
    engine.queries.tasks["task-1"] = new_task("task-1", offered=False, assignee="specialist-2")
    html = sign_in("unit-head-1").get("/tasks/task-1").text
    assert "Assigned to: Demo Specialist 2" in html
    assert 'name="places"' not in html
    assert "/tasks/task-1/claim" not in html
