"""Claiming and giving back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.commands import ClaimTask, UnclaimTask
from engine.errors import NotAllowed


def test_a_claim_becomes_a_command_of_the_person(sign_in: Callable[..., Any], engine: Any) -> None:
    answer = sign_in("specialist-1").post("/tasks/task-1/claim", "/tasks/task-1")
    assert answer.location == "/tasks/task-1"
    command, actor = engine.commands[-1]
    assert isinstance(command, ClaimTask)
    assert command.task_id == "task-1"
    assert actor.user == "specialist-1"


def test_giving_back_leads_to_the_list(
    sign_in: Callable[..., Any], engine: Any, new_task: Any
) -> None:
    engine.queries.tasks["task-1"] = new_task("task-1", assignee="specialist-1")
    answer = sign_in("specialist-1").post("/tasks/task-1/unclaim", "/tasks/task-1")
    assert answer.location == "/tasks/"
    assert isinstance(engine.commands[-1][0], UnclaimTask)


def test_a_task_of_others_is_refused(sign_in: Callable[..., Any], engine: Any) -> None:
    engine.answers["ClaimTask"] = NotAllowed("x")
    assert sign_in("specialist-1").post("/tasks/task-1/claim", "/tasks/task-1").status_code == 403


def test_a_double_press_carries_the_same_id(sign_in: Callable[..., Any], engine: Any) -> None:
    browser = sign_in("specialist-1")
    data = browser.tokens("/tasks/task-1")
    first = browser.client.post("/tasks/task-1/claim", data=data)
    second = browser.client.post("/tasks/task-1/claim", data=data)
    assert first.location == second.location
    ids = {command.command_id for command, _ in engine.commands}
    assert len(engine.commands) == 2
    assert ids == {f"web:specialist-1:{data['command_id']}"}


def test_every_form_has_an_id_of_its_own(sign_in: Callable[..., Any]) -> None:
    browser = sign_in("specialist-1")
    assert browser.tokens("/tasks/task-1") != browser.tokens("/tasks/task-1")


def test_a_form_without_an_id_is_refused(sign_in: Callable[..., Any], engine: Any) -> None:
    browser = sign_in("specialist-1")
    token = browser.tokens("/tasks/task-1")["csrf_token"]
    for wrong in ("", "x", "A" * 32, "a" * 33):
        answer = browser.client.post(
            "/tasks/task-1/claim", data={"csrf_token": token, "command_id": wrong}
        )
        assert answer.status_code == 400
    assert not engine.commands
