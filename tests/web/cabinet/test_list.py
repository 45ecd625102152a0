"""The cabinet's list: what is asked for, what is waited for, searching and limiting it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from flask import Flask

from web.context import EXTENSION
from web.people import People

SignIn = Callable[..., Any]


def test_a_row_says_what_its_process_names_for_lists(sign_in: SignIn) -> None:
    html = sign_in("employer-1").get("/cabinet/").text
    assert '<div><span class="q-quiet">Number of places:</span> 3</div>' in html
    assert "Region" not in html, "not listed"


def test_what_is_waited_for_is_in_words_with_the_place_in_the_list(
    sign_in: SignIn, engine: Any
) -> None:
    engine.queries.waiting = {
        "check": {"kk": "Тізімде № {place}", "ru": "№ {place} в списке", "en": "No. {place}"}
    }
    html = sign_in("employer-1", "kk").get("/cabinet/").text
    assert "Тізімде № 14" in html
    assert "Сізден:" not in html


def test_what_waits_for_the_reader_is_told_apart(
    sign_in: SignIn, engine: Any, new_instance: Any, new_row: Any
) -> None:
    waiting = new_row().waiting_for[0]
    own = SimpleNamespace(**(vars(waiting) | {"candidate_groups": ("employer",)}))
    engine.queries.instances["case-1"] = new_instance(row=new_row(waiting_for=(own,)))
    assert "From you:" in sign_in("employer-1").get("/cabinet/").text


def test_an_automatic_step_is_told_where_nobody_is_waited_for(
    sign_in: SignIn, engine: Any, new_instance: Any, new_row: Any
) -> None:
    engine.queries.instances["case-1"] = new_instance(row=new_row(waiting_for=()))
    assert "An automatic step is going on" in sign_in("employer-1").get("/cabinet/").text


def test_the_list_is_limited_to_a_status_and_an_enterprise(sign_in: SignIn, engine: Any) -> None:
    browser = sign_in("employer-1")
    asked = {"status": "under_review", "party": "150140000012", "search": "APP"}
    html = browser.get("/cabinet/", query_string=asked).text
    options = [each for kind, _actor, each in engine.queries.seen if kind == "instances"]
    assert {name: options[-1][name] for name in asked} == asked
    assert '<option value="under_review" selected>' in html
    assert '<option value="150140000012" selected>' in html
    browser.get("/cabinet/")
    options = [each for kind, _actor, each in engine.queries.seen if kind == "instances"]
    assert (options[-1]["status"], options[-1]["party"]) == (None, None)


def test_with_one_enterprise_there_is_nothing_to_choose_of(sign_in: SignIn) -> None:
    assert 'name="party"' in sign_in("employer-1").get("/cabinet/").text
    assert 'name="party"' not in sign_in("employer-2").get("/cabinet/").text


def test_other_pages_keep_what_the_list_is_limited_to(
    sign_in: SignIn, engine: Any, new_row: Any
) -> None:
    page = SimpleNamespace(rows=(new_row(),), next="n", previous=None)
    engine.queries.instance_list = lambda actor, **options: page
    html = sign_in("employer-1").get("/cabinet/?status=under_review").text
    assert 'href="/cabinet/?after=n&amp;status=under_review"' in html


def test_where_nothing_is_found_all_can_be_shown(sign_in: SignIn) -> None:
    html = sign_in("employer-1").get("/cabinet/?search=nothing").text
    assert "Nothing was found." in html
    assert "Show all" in html


def without_enterprises(app: Flask, user: str) -> None:
    """From now on a person has no enterprise."""
    around = app.extensions[EXTENSION]
    people = around.people
    changed = [replace(each, parties=frozenset()) if each.id == user else each for each in people]
    roles = {group: people.role(group) for group in people.groups()}
    app.extensions[EXTENSION] = replace(around, people=People(changed, roles.values()))


def test_who_has_no_enterprise_is_told_what_to_do(app: Flask, sign_in: SignIn) -> None:
    browser = sign_in("employer-1")
    told = "No enterprise is linked to your account"
    pages = ("/cabinet/", "/cabinet/start/fk_b03")
    assert all(told not in browser.get(page).text for page in pages)
    without_enterprises(app, "employer-1")
    for page in pages:
        html = browser.get(page).text
        assert told in html
        assert "power of attorney" in html
    assert 'name="bin"' not in browser.get("/cabinet/start/fk_b03").text
