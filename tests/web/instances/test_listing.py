"""The list of instances."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_running_instances_come_first(sign_in: Callable[..., Any], engine: Any) -> None:
    html = sign_in("specialist-1").get("/instances/").text
    assert "APP-2026-00042" in html
    assert engine.queries.seen[-1][2]["state"] == "running"


def test_filters_come_from_the_address(sign_in: Callable[..., Any], engine: Any) -> None:
    sign_in("specialist-1").get("/instances/?state=ended&process=fk_b03&search=7&before=x")
    assert engine.queries.seen[-1][2] == {
        "state": "ended",
        "process_id": "fk_b03",
        "search": "7",
        "after": None,
        "before": "x",
    }


def test_an_unknown_state_is_as_none(sign_in: Callable[..., Any], engine: Any) -> None:
    sign_in("specialist-1").get("/instances/?state=odd")
    assert engine.queries.seen[-1][2]["state"] == "running"


def test_incidents_are_counted_in_words(
    sign_in: Callable[..., Any], engine: Any, new_instance: Any, new_row: Any
) -> None:
    engine.queries.instances["case-1"] = new_instance(row=new_row(incident_count=2))
    assert "2 инцидента" in sign_in("specialist-1", "ru").get("/instances/").text


def test_an_empty_list_says_so(sign_in: Callable[..., Any], engine: Any) -> None:
    engine.queries.instances = {}
    browser = sign_in("specialist-1")
    assert "Nothing here yet" in browser.get("/instances/").text
    assert "Nothing was found for “9”" in browser.get("/instances/?search=9").text
