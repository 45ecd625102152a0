"""An instance's page: the diagram with its marks, and the steps in words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any


def test_steps_stand_in_words_beside_the_diagram(sign_in: Callable[..., Any]) -> None:
    html = sign_in("specialist-1").get("/instances/case-1").text
    assert 'data-diagram="/instances/diagrams/fk_b03:1.bpmn"' in html
    table = html[html.index("Steps in words") :]
    assert "Fill in the application form" in table
    assert "FK-B.03 1.2" in table
    assert "Completed" in table
    assert "In progress" in table
    assert "Demo Employer 1" in table


def test_marks_say_what_is_done_where_tokens_stand_and_what_failed(
    sign_in: Callable[..., Any], engine: Any, new_instance: Any
) -> None:
    engine.queries.instances["case-1"] = new_instance(failed=("check",))
    html = sign_in("specialist-1").get("/instances/case-1").text
    found = re.search(r'data-marks="([^"]+)"', html)
    assert found is not None
    assert json.loads(found[1].replace("&#34;", '"')) == {
        "done": ["start", "fill", "f1", "f2"],
        "tokens": {"check": 1},
        "failed": ["check"],
    }


def test_gateways_are_left_out_of_the_words(
    sign_in: Callable[..., Any], engine: Any, new_instance: Any
) -> None:
    steps = new_instance().steps
    steps[0].is_work = False
    engine.queries.instances["case-1"] = new_instance(steps=steps)
    html = sign_in("specialist-1").get("/instances/case-1").text
    assert "FK-B.03 1.2" not in html


def test_only_operators_read_the_technical_message(
    sign_in: Callable[..., Any], engine: Any, new_instance: Any
) -> None:
    incident = SimpleNamespace(
        names={"en": "Check"},
        element_id="check",
        message="",
        created_at=new_instance().row.started_at,
    )
    engine.queries.instances["case-1"] = new_instance(incidents=(incident,))
    html = sign_in("specialist-1").get("/instances/case-1").text
    assert "The operator knows of it" in html
    incident.message = "RegistryUnavailable"
    assert "RegistryUnavailable" in sign_in("operator-1").get("/instances/case-1").text


def test_the_diagram_is_served_as_xml(sign_in: Callable[..., Any]) -> None:
    answer = sign_in("specialist-1").get("/instances/diagrams/fk_b03:1.bpmn")
    assert answer.mimetype == "application/xml"
    assert answer.data.startswith(b"<?xml")


def test_the_viewer_is_loaded_only_where_there_is_a_diagram(sign_in: Callable[..., Any]) -> None:
    browser = sign_in("specialist-1")
    assert "js/diagram.js" in browser.get("/instances/case-1").text
    assert "js/diagram.js" not in browser.get("/tasks/").text
