"""Registries that give no answer: told to an operator as a whole, and asked again by a press."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from handlers.shared import demo
from handlers.shared.demo.registry_moods import RegistryMoods
from tests.processes.fk_b03 import SYSTEM, Office
from tests.support.registry_office import asking_registries

pytestmark = pytest.mark.usefixtures("office")
SignIn = Callable[..., Any]
TAXES, PAGE = "social_payments", "/cockpit/registries"
ASK = f"{PAGE}/{TAXES}/ask-again"


@pytest.fixture
def moods(tmp_path: Path) -> RegistryMoods:
    return RegistryMoods.of_demo(tmp_path / "moods.json", demo.REGISTRIES)


@pytest.fixture
def office(tmp_path: Path, moods: RegistryMoods) -> Iterator[Office]:
    with asking_registries(tmp_path / "data", moods) as opened:
        yield opened


def press(browser: Any) -> Any:
    return browser.post(ASK, PAGE)


def test_an_outage_is_told_once_and_all_who_wait_ask_again_by_one_press(
    office: Office, moods: RegistryMoods, sign_in: SignIn
) -> None:
    operator = sign_in("operator-1")
    assert "No check of an employer waits for a registry." in operator.get(PAGE).text
    assert "gives no answer" not in operator.get("/cockpit/incidents").text
    moods.change({TAXES: "down"})
    cases = [office.start() for _ in range(3)]
    for _ in range(4):
        office.clock.advance(hours=1)
        office.work()
    html = operator.get(PAGE).text
    assert html.count("Taxes and social payments") == 2, "one row: its name, and its button's"
    assert "2 March 2026, 09:00" in html
    assert re.search(r'data-label="Checks that wait">\s*3\s*<', html)
    assert "it answered 503" in html
    assert "of them with an incident" not in html
    told = operator.get("/cockpit/incidents").text
    assert "1 registry gives no answer" in told
    assert "Nothing else has stopped." in told
    assert "everything goes on" not in told
    assert f'href="{PAGE}"' in told

    moods.change({TAXES: "answers"})
    answer = press(operator)
    assert answer.location == PAGE
    assert "3 checks ask again now." in operator.get(PAGE).text
    office.work()
    assert [office.open(case) for case in cases] == [["fill_details"]] * 3
    assert "No check of an employer waits" in operator.get(PAGE).text
    press(operator)
    assert "Nobody waits for this registry any more." in operator.get(PAGE).text


def test_those_with_an_incident_are_asked_again_too(
    office: Office, moods: RegistryMoods, sign_in: SignIn
) -> None:
    moods.change({TAXES: "down"})
    case = office.start()
    for _ in range(12):
        office.clock.advance(days=1)
        office.work()
    operator = sign_in("operator-1")
    html = operator.get(PAGE).text
    assert "of them with an incident: 1" in html
    assert "when you say so" in html
    moods.change({TAXES: "answers"})
    press(operator)
    office.work()
    assert office.open(case) == ["fill_details"]
    assert office.queries.incidents(SYSTEM).rows == ()


def test_it_is_for_operators(office: Office, moods: RegistryMoods, sign_in: SignIn) -> None:
    moods.change({TAXES: "down"})
    office.start()
    assert sign_in("employer-1").get(PAGE).status_code == 403
    owner = sign_in("owner-1")
    html = owner.get(PAGE).text
    assert "Taxes and social payments" in html
    assert "Ask again now" not in html, "a button that would be refused is none"
    assert "An operator can have them ask now." in html
    assert owner.post(ASK, "/working-days/").status_code == 403
