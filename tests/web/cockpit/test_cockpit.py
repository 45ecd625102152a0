"""The cockpit: definitions with counts, incidents with a retry."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from engine.commands import ResolveIncident, RetryJob
from engine.errors import Conflict


@pytest.fixture
def incident(engine: Any, new_task: Any) -> Any:
    row = SimpleNamespace(
        id="i-1",
        job_id="j-1",
        instance_id="case-1",
        business_key="APP-2026-00042",
        element_id="check",
        names={"en": "Automatic check"},
        message="RegistryUnavailable: no answer within 5 s",
        created_at=new_task("x").created_at,
        decision=None,
    )
    engine.queries.incident_rows.append(row)
    return row


def test_definitions_show_what_runs_and_what_is_stuck(
    sign_in: Callable[..., Any], incident: Any
) -> None:
    html = sign_in("operator-1").get("/cockpit/").text
    assert "Organisation of subsidised jobs" in html
    assert ">12</a>" in html
    assert "Demo Process Owner" in html
    assert "q-tag--bad" in html


def test_a_definition_shows_its_diagram(sign_in: Callable[..., Any]) -> None:
    browser = sign_in("owner-1")
    assert "data-diagram=" in browser.get("/cockpit/definitions/fk_b03:1").text
    assert browser.get("/cockpit/definitions/none").status_code == 404


def test_an_incident_says_where_and_why(sign_in: Callable[..., Any], incident: Any) -> None:
    html = sign_in("operator-1").get("/cockpit/incidents").text
    assert "Automatic check" in html
    assert "RegistryUnavailable" in html
    assert 'href="/instances/case-1"' in html


def test_a_retry_is_one_command(sign_in: Callable[..., Any], engine: Any, incident: Any) -> None:
    answer = sign_in("operator-1").post(
        "/cockpit/incidents/i-1/retry", "/cockpit/incidents", job_id="j-1"
    )
    assert answer.location == "/cockpit/incidents"
    command = engine.commands[-1][0]
    assert isinstance(command, RetryJob)
    assert command.job_id == "j-1"


def test_a_process_owner_looks_and_is_offered_no_retry(
    sign_in: Callable[..., Any], incident: Any
) -> None:
    assert (
        'aria-label="Retry: Automatic check"'
        in sign_in("operator-1").get("/cockpit/incidents").text
    )
    html = sign_in("owner-1").get("/cockpit/incidents").text
    assert "RegistryUnavailable" in html
    assert "Retry" not in html
    assert "An operator can have them tried again." in html


def test_an_incident_without_a_job_is_resolved(
    sign_in: Callable[..., Any], engine: Any, incident: Any
) -> None:
    sign_in("operator-1").post("/cockpit/incidents/i-1/retry", "/cockpit/incidents")
    command = engine.commands[-1][0]
    assert isinstance(command, ResolveIncident)
    assert command.incident_id == "i-1"


def test_an_incident_that_another_operator_settled_is_a_conflict(
    sign_in: Callable[..., Any], engine: Any, incident: Any
) -> None:
    engine.answers["RetryJob"] = Conflict("x", who="operator-1", when=incident.created_at)
    answer = sign_in("operator-1").post(
        "/cockpit/incidents/i-1/retry", "/cockpit/incidents", job_id="j-1"
    )
    assert answer.status_code == 409
    assert "Demo Operator" in answer.text


def test_without_incidents_all_is_well(sign_in: Callable[..., Any]) -> None:
    assert "everything goes on" in sign_in("operator-1").get("/cockpit/incidents").text
