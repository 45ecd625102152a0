"""What the employer is told when the engine tells of a case."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.diagram import read_diagram
from handlers.shared.notifications import Cabinet, Message, RememberedCabinet
from handlers.shared.reference_data import ReferenceData

Run = Callable[..., dict[str, Any]]
Example = Callable[[str], dict[str, Any]]
BPMN = Path(__file__).parents[3] / "bpmn" / "fk_b03.bpmn"


@pytest.fixture
def told(ports: dict[type, object]) -> Callable[[], list[Message]]:
    cabinet = ports[Cabinet]
    assert isinstance(cabinet, RememberedCabinet)
    return lambda: list(cabinet.messages.values())


def test_every_status_is_told_by_a_step_or_by_a_notice_of_its_own(
    reference_data: ReferenceData,
) -> None:
    table = reference_data.table("fk_b03/notices")
    notices = {row.key for row in table.rows}
    for process in read_diagram(BPMN.read_bytes(), "fk_b03.bpmn").executable:
        by_steps = table.extras["told_by"][process.id]
        assert set(by_steps.values()) <= notices
        statuses = {each.status for each in process.elements.values() if each.status}
        assert set(by_steps) <= statuses, "told by a step, but never set"
        for status in statuses - by_steps.keys():
            assert f"status/{status}" in notices, (process.id, status)
        assert process.status_topic == "fk_b03.tell_status"
        assert process.follow_up_topic == "fk_b03.remind"


def test_a_status_of_its_own_is_told_as_of_its_change(
    run: Run, told: Callable[[], list[Message]], example: Example
) -> None:
    run("fk_b03.tell_status", example("fk_b03.tell_status"))
    (message,) = told()
    assert message.subject["ru"] == "Проверка пройдена: FK-B.03/2026/000002"
    assert message.sent_at.isoformat() == "2026-03-02T10:30:00+05:00"
    assert message.by_email


def test_what_a_step_tells_is_not_told_twice(
    run: Run, told: Callable[[], list[Message]], example: Example
) -> None:
    run("fk_b03.tell_status", example("fk_b03.tell_status") | {"status": "under_review"})
    assert told() == []


def test_a_status_that_nobody_thought_of_is_told_by_its_name(
    run: Run, told: Callable[[], list[Message]], example: Example
) -> None:
    run("fk_b03.tell_status", example("fk_b03.tell_status") | {"status": "new_one"})
    (message,) = told()
    assert (message.notice, message.body["ru"]) == ("status/other", "Новый статус: new_one.")


def test_the_contract_s_e_mail_tells_of_its_applications_too(
    run: Run, told: Callable[[], list[Message]], example: Example
) -> None:
    run("fk_b03.tell_status", example("fk_b03.tell_status") | {"status": "contract_signing"})
    (message,) = told()
    assert not message.by_email


def test_the_employer_is_reminded_of_their_own_tasks_only(
    run: Run, told: Callable[[], list[Message]], example: Example
) -> None:
    values = example("fk_b03.remind")
    staff = values["user_task"] | {"candidate_groups": ["specialist"]}
    run("fk_b03.remind", values | {"user_task": staff})
    assert told() == []
    run("fk_b03.remind", values)
    (message,) = told()
    assert message.subject["kk"].startswith("Мерзімі жақын: Ескертуге жауап беру")
    assert "Срок: до 06.03.2026 23:59:59" in message.body["ru"]
