"""The decisions of a case on its page, over the real engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask

from tests.support.deciding import BIN, deciding, rates
from tests.support.house import House, person
from web.app import create_app
from web.people import People, load_people
from web.settings import WebSettings

SignIn = Callable[..., Any]
SETTINGS = WebSettings(secret_key="not secret", demo=True, cookie_secure=False)


@pytest.fixture
def app(house: House) -> Flask:
    return create_app(house.engine, SETTINGS, load_people(), clock=house.clock)


def decided(house: House, size: int = 60) -> str:
    house.deploy(deciding(), files={"p/rates.dmn": rates()})
    return house.start(variables={"size": size}, actor=person("operator-1", "operator"))


def page(sign_in: SignIn, instance: str, who: str = "operator-1", language: str = "en") -> str:
    html = str(sign_in(who, language).get(f"/instances/{instance}").text)
    return " ".join(html[html.index('<table class="q-table">') :].split())


def test_a_step_says_which_version_and_which_rules_decided(house: House, sign_in: SignIn) -> None:
    html = page(sign_in, decided(house))
    assert "Decision: <strong>Places</strong>" in html
    assert ">version 1</a>" in html
    assert "<li>Rate of places: rule 1 – Приказ № 12</li>" in html


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("kk", ("Шешім: <strong>Орындар</strong>", "Орындар үлесі: 1-ереже", ">Саны<")),
        ("ru", ("Решение: <strong>Места</strong>", "Доля мест: правило 1", ">Размер<")),
    ],
)
def test_names_are_in_the_readers_language(
    house: House, sign_in: SignIn, language: str, names: tuple[str, ...]
) -> None:
    html = page(sign_in, decided(house), language=language)
    assert [name for name in names if name not in html] == []


def test_inputs_and_results_are_folded(house: House, sign_in: SignIn) -> None:
    html = page(sign_in, decided(house))
    folded = html[html.index("<details") : html.index("</details>")]
    assert "<details open" not in folded
    assert '<dt>Size</dt><dd><span class="q-value">60</span>' in folded
    assert '<dt>Result</dt><dd><span class="q-value">0.1</span>' in folded
    assert '<dt>Rate of places</dt><dd><span class="q-value">the result above</span>' in folded
    assert '<dt>Result</dt><dd><span class="q-value">6</span>' in folded


def test_only_those_with_a_cockpit_are_led_to_the_table(house: House, sign_in: SignIn) -> None:
    house.deploy(deciding("rate"), files={"p/rates.dmn": rates()})
    instance = house.start(variables={"size": 60}, actor=person("operator-1", "operator"))
    assert "?rule=1#rule-1" in page(sign_in, instance)
    html = page(sign_in, instance, "specialist-1")
    assert "rule 1 – Приказ № 12" in html
    assert "/cockpit/" not in html


def test_where_no_rule_matched_the_step_says_so(house: House, sign_in: SignIn) -> None:
    html = page(sign_in, decided(house, size=200))
    assert "<li>Rate of places: no rule matched</li>" in html
    assert "no value" in html


def test_why_a_value_is_missing_is_told_with_the_inputs(house: House, sign_in: SignIn) -> None:
    html = page(sign_in, decided(house, size=200))
    folded = html[html.index("<details") : html.index("</details>")]
    assert "Why a value is missing" in folded
    assert '<li class="q-hash" lang="en">' in folded


def test_who_stands_for_a_party_reads_version_and_rules_alone(house: House) -> None:
    instance = decided(house)
    own = person("owner", "employer", parties=frozenset({BIN}))
    people = load_people()
    employer = people.find("employer-1")
    assert employer is not None
    settled = replace(employer, groups=frozenset({"specialist"}))
    alone = People([settled], [role for role, _ in people.by_role()])
    app = create_app(house.engine, SETTINGS, alone, clock=house.clock)
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    client.post("/sign-in", data={"person": settled.id})
    client.get("/sign-in?lang=en")
    html = client.get(f"/instances/{instance}").text
    assert "Rate of places: rule 1</li>" in " ".join(html.split())
    assert "Inputs and results" not in html
    assert "Приказ" not in html
    assert house.engine.queries.evaluated_decisions(own, instance)[0].evaluation is None


def only(people: People, *those: Any) -> People:
    return People(those, [role for role, _ in people.by_role()])
