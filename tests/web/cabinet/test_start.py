"""Starting an application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.commands import StartProcessInstance
from engine.errors import InvalidSubmission
from engine.results import Started


def test_the_start_form_is_shown(sign_in: Callable[..., Any]) -> None:
    html = sign_in("employer-1").get("/cabinet/start/fk_b03").text
    assert "Organisation of subsidised jobs" in html
    assert 'name="financial_year"' in html
    assert 'name="bin"' in html
    assert "12 digits" in html


def test_starting_leads_to_the_first_task(sign_in: Callable[..., Any], engine: Any) -> None:
    engine.answers["StartProcessInstance"] = Started("case-7", "APP-7", ("task-7",))
    answer = sign_in("employer-1").post(
        "/cabinet/start/fk_b03", financial_year="2026", bin="150140000012"
    )
    assert answer.location == "/tasks/task-7"
    command, actor = engine.commands[-1]
    assert isinstance(command, StartProcessInstance)
    assert command.process_id == "fk_b03"
    assert command.variables == {"financial_year": 2026, "bin": "150140000012"}
    assert command.command_id.startswith("web:employer-1:")
    assert actor.parties == {"150140000012", "150140000022"}


def test_when_an_automatic_step_comes_first_the_application_is_shown(
    sign_in: Callable[..., Any], engine: Any
) -> None:
    engine.answers["StartProcessInstance"] = Started("case-7", "APP-7", ())
    answer = sign_in("employer-1").post("/cabinet/start/fk_b03")
    assert answer.location == "/cabinet/applications/case-7"


def test_a_refused_start_keeps_what_was_typed(sign_in: Callable[..., Any], engine: Any) -> None:
    engine.answers["StartProcessInstance"] = InvalidSubmission(
        {"bin": {"kk": "Жоқ", "ru": "Нет", "en": "No such enterprise"}}
    )
    answer = sign_in("employer-1").post("/cabinet/start/fk_b03", bin="123")
    assert answer.status_code == 422
    assert "No such enterprise" in answer.text
    assert 'value="123"' in answer.text
    assert "<title>Error: " in answer.text


def test_a_process_that_may_not_be_started_is_not_found(sign_in: Callable[..., Any]) -> None:
    assert sign_in("employer-1").get("/cabinet/start/other").status_code == 404
