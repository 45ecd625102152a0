"""Where an application stands, in the words of a citizen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

PAGE = "/cabinet/applications/case-1"


def test_it_says_what_happens_now_with_whom_and_by_when(sign_in: Callable[..., Any]) -> None:
    html = sign_in("employer-1").get(PAGE).text
    assert "№ APP-2026-00042" in html
    assert "Under review by the career centre" in html
    assert "Check against the regulations" in html
    assert "Specialist for interaction with employers" in html
    assert "Since 18 November 2026, 11:00" in html
    assert "2 days left" in html


def test_the_way_is_shown_by_stages(sign_in: Callable[..., Any]) -> None:
    html = sign_in("employer-1").get(PAGE).text
    assert html.index("q-timeline__done") < html.index("q-timeline__now")
    assert html.index("q-timeline__now") < html.index("q-timeline__next")
    assert "Drafting of the contract" in html


def test_documents_and_facts_are_there(sign_in: Callable[..., Any]) -> None:
    html = sign_in("employer-1").get(PAGE).text
    assert 'href="/documents/doc-1"' in html
    assert "Signed: Demo Employer 1" in html
    assert 'href="/documents/signatures/sig-1"' in html
    assert "Number of places" in html
    assert "Almaty city" in html


def test_only_what_is_asked_of_this_person_is_theirs_to_do(
    sign_in: Callable[..., Any], engine: Any, new_instance: Any, new_row: Any
) -> None:
    browser = sign_in("employer-1")
    assert "This is waiting for you" not in browser.get(PAGE).text
    waiting = new_row().waiting_for[0]
    own = SimpleNamespace(
        **(vars(waiting) | {"candidate_groups": ("employer",), "task_id": "task-5"})
    )
    engine.queries.instances["case-1"] = new_instance(row=new_row(waiting_for=(own,)))
    html = browser.get(PAGE).text
    assert "This is waiting for you" in html
    assert 'href="/tasks/task-5"' in html


def test_while_an_automatic_step_goes_on_the_page_follows(
    sign_in: Callable[..., Any], engine: Any, new_instance: Any, new_row: Any
) -> None:
    engine.queries.instances["case-1"] = new_instance(row=new_row(waiting_for=()))
    browser = sign_in("employer-1")
    html = browser.get(PAGE).text
    assert "An automatic step is going on" in html
    told = browser.get(f"{PAGE}/progress").get_json()["progress"]
    assert f'data-progress="{told}"' in html


def test_the_fingerprint_changes_when_a_step_ends(
    sign_in: Callable[..., Any], engine: Any, new_row: Any
) -> None:
    browser = sign_in("employer-1")
    before = browser.get(f"{PAGE}/progress").get_json()
    assert browser.get(f"{PAGE}/progress").get_json() == before
    step = engine.queries.instances["case-1"].steps[-1]
    step.ended_at = step.started_at + timedelta(minutes=1)
    assert browser.get(f"{PAGE}/progress").get_json() != before


def test_an_incident_is_told_without_its_technicalities(
    sign_in: Callable[..., Any], engine: Any, new_instance: Any, new_row: Any
) -> None:
    engine.queries.instances["case-1"] = new_instance(row=new_row(incident_count=1))
    html = sign_in("employer-1").get(PAGE).text
    assert "your application is kept" in html


def test_an_ended_application_has_nothing_more_to_wait_for(
    sign_in: Callable[..., Any], engine: Any, new_instance: Any, new_row: Any
) -> None:
    ended = new_row().started_at + timedelta(days=2)
    engine.queries.instances["case-1"] = new_instance(
        row=new_row(state="completed", ended_at=ended, waiting_for=())
    )
    html = sign_in("employer-1").get(PAGE).text
    assert "the application has ended on 19 November 2026, 11:00" in html
    assert "data-progress=" not in html


def test_an_application_of_others_is_not_found(sign_in: Callable[..., Any]) -> None:
    assert sign_in("employer-1").get("/cabinet/applications/other").status_code == 404
