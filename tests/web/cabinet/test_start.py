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


def test_a_persons_own_enterprises_are_offered(sign_in: Callable[..., Any]) -> None:
    several = sign_in("employer-1").get("/cabinet/start/fk_b03").text
    assert '<option value="150140000012">«Үлгі-1» LLP · 150140000012</option>' in several
    assert '<option value="150140000022">' in several
    one = sign_in("employer-2").get("/cabinet/start/fk_b03").text
    assert '<option value="900101300037" selected>' in one


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
    engine.answers["StartProcessInstance"] = Started("case-1", "APP-1", ())
    answer = sign_in("employer-1").post("/cabinet/start/fk_b03")
    assert answer.location == "/cabinet/applications/case-1"


def test_a_refused_start_keeps_what_was_typed(sign_in: Callable[..., Any], engine: Any) -> None:
    engine.answers["StartProcessInstance"] = InvalidSubmission(
        {"bin": {"kk": "Жоқ", "ru": "Нет", "en": "No such enterprise"}}
    )
    answer = sign_in("employer-1").post(
        "/cabinet/start/fk_b03", financial_year="2027", bin="150140000022"
    )
    assert answer.status_code == 422
    assert "No such enterprise" in answer.text
    assert '<option value="2027" selected>' in answer.text
    assert '<option value="150140000022" selected>' in answer.text
    assert "<title>Error: " in answer.text


def test_an_enterprise_that_was_not_chosen_is_asked_for_as_a_choice(
    sign_in: Callable[..., Any], engine: Any
) -> None:
    engine.answers["StartProcessInstance"] = InvalidSubmission(
        {"bin": {"kk": "Толтырыңыз", "ru": "Заполните", "en": "Fill in this field"}}
    )
    answer = sign_in("employer-1", "en").post("/cabinet/start/fk_b03", financial_year="2027")
    assert answer.status_code == 422
    assert "Fill in this field" not in answer.text
    assert ": Choose one of the values</a>" in answer.text


def test_another_language_keeps_what_was_typed_and_starts_nothing(
    sign_in: Callable[..., Any], engine: Any
) -> None:
    employer = sign_in("employer-1", "en")
    answer = employer.post("/cabinet/start/fk_b03", bin="150140000022", lang="ru")
    assert answer.status_code == 200
    assert '<html lang="ru"' in answer.text
    assert '<option value="150140000022" selected>' in answer.text
    assert "error-summary" not in answer.text
    assert not engine.commands


def test_a_process_that_may_not_be_started_is_not_found(sign_in: Callable[..., Any]) -> None:
    assert sign_in("employer-1").get("/cabinet/start/other").status_code == 404
