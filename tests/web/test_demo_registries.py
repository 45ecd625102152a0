"""The page of a demonstration on which registries are made slow, silent or down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from handlers.shared import demo
from handlers.shared.demo.registry_moods import RegistryMoods
from web.app import create_app
from web.people import load_people
from web.settings import WebSettings

PAGE = "/demo/registries/"


@pytest.fixture
def moods(tmp_path: Path) -> RegistryMoods:
    return RegistryMoods.of_demo(tmp_path / "moods.json", demo.REGISTRIES)


@pytest.fixture
def app(engine: Any, settings: WebSettings, moods: RegistryMoods) -> Flask:
    return create_app(engine, settings, load_people(), registry_moods=moods)


def test_every_registry_is_there_with_what_it_does(
    sign_in: Callable[..., Any], moods: RegistryMoods
) -> None:
    moods.change({"social_payments": "silent"})
    html = sign_in("employer-1").get(PAGE).text
    assert html.count("<select") == len(moods.registries) == 12
    assert "Taxes and social payments</label>" in html
    assert '<option value="silent" selected>Does not answer in time</option>' in html
    assert html.count('<option value="answers" selected>') == 11
    assert f'<a href="{PAGE}">Registries of the demonstration</a>' in html


def test_what_is_chosen_is_kept(sign_in: Callable[..., Any], moods: RegistryMoods) -> None:
    browser = sign_in("operator-1")
    answer = browser.post(PAGE, heads="down", social_payments="slow")
    assert answer.location == PAGE
    assert "The registries now behave as chosen." in browser.get(PAGE).text
    told = moods.read()
    assert (told["heads"], told["social_payments"], told["insolvency"]) == (
        "down",
        "slow",
        "answers",
    )


def test_an_unknown_choice_is_refused(sign_in: Callable[..., Any], moods: RegistryMoods) -> None:
    assert sign_in("operator-1").post(PAGE, heads="angry").status_code == 400
    assert moods.read()["heads"] == "answers"


def test_without_a_token_nothing_changes(sign_in: Callable[..., Any], moods: RegistryMoods) -> None:
    assert sign_in("operator-1").client.post(PAGE, data={"heads": "down"}).status_code == 400
    assert moods.read()["heads"] == "answers"


def test_a_file_that_can_not_be_read_is_told_and_written_anew(
    sign_in: Callable[..., Any], moods: RegistryMoods, tmp_path: Path
) -> None:
    (tmp_path / "moods.json").write_text("{")
    browser = sign_in("operator-1")
    assert "Expected moods in" in browser.get(PAGE).text
    browser.post(PAGE, heads="down")
    assert moods.read()["heads"] == "down"


def test_it_is_for_those_who_are_signed_in(app: Flask) -> None:
    assert "/sign-in" in app.test_client().get(PAGE).location


def test_where_no_server_answers_there_is_no_page(
    engine: Any, settings: WebSettings, moods: RegistryMoods
) -> None:
    told = WebSettings(secret_key="not secret", demo=False, cookie_secure=False)
    for app in (
        create_app(engine, settings, load_people()),
        create_app(engine, told, load_people(), registry_moods=moods),
    ):
        client = app.test_client()
        html = client.get("/sign-in").text
        token = html.split('name="csrf_token" value="')[1].split('"')[0]
        client.post("/sign-in", data={"csrf_token": token, "person": "employer-1"})
        answer = client.get(PAGE)
        assert answer.status_code == 404
        assert f'href="{PAGE}"' not in answer.text
