"""When a task asks for a signature."""

from __future__ import annotations

import pytest

from engine.commands import CompleteTask
from engine.errors import BadCommand, SignatureRefused, StepFailed
from tests.support.diagrams import Element, end_event, path, process, start_event, user_task
from tests.support.house import House

PAPER = {"document": "d1", "name": "paper.pdf", "media_type": "application/pdf", "sha256": "0" * 64}


def signed(required: str) -> Element:
    properties = {"signatureDocument": "${paper}", "signatureRequired": required}
    return process(
        "p",
        start_event("s"),
        user_task("a", candidate_groups="staff", properties=properties),
        end_event("e"),
        *path("s", "a", "e"),
        properties={"inputs": "paper, decision"},
    )


def test_what_is_submitted_decides_whether_a_signature_is_asked_for(house: House) -> None:
    house.deploy(signed("${decision == 'sign'}"))
    instance = house.start(variables={"paper": PAPER})
    task = house.tasks(instance, "a")[0]
    with pytest.raises(SignatureRefused) as refused:
        house.execute(CompleteTask(task, {"decision": "sign"}))
    assert refused.value.check == "presence"
    house.execute(CompleteTask(task, {"decision": "return"}))
    assert house.state(instance) == "completed"


def test_a_demand_that_cannot_be_decided_is_an_incident(house: House) -> None:
    house.deploy(signed("${decision == 'sign'}"))
    instance = house.start(variables={"paper": PAPER})
    with pytest.raises(StepFailed, match="decision"):
        house.execute(CompleteTask(house.tasks(instance, "a")[0]))
    (incident,) = house.incidents(instance_id=instance)
    assert incident.element_id == "a"


def test_a_signed_task_without_a_form_changes_nothing_that_is_known(house: House) -> None:
    house.deploy(signed("${decision == 'sign'}"))
    instance = house.start(variables={"paper": PAPER})
    task = house.tasks(instance, "a")[0]
    with pytest.raises(BadCommand, match="paper"):
        house.execute(CompleteTask(task, {"decision": "return", "paper": {"document": "d2"}}))
    assert house.variables(instance)["paper"] == PAPER
