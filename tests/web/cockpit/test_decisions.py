"""Decisions in the cockpit, over the real engine: the list, a table, an incident and its retry."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from engine.queries.decision_view import TableOutline
from tests.support.deciding import APART, OVERLAPPING, deciding, rates
from tests.support.decisions import input_data, literal, model, table
from tests.support.house import OPERATOR, House
from web.app import create_app
from web.cockpit.decisions import RULES
from web.cockpit.logic import pieces, policy_in_words
from web.people import load_people
from web.settings import WebSettings

SignIn = Callable[..., Any]


@pytest.fixture
def app(house: House) -> Flask:
    settings = WebSettings(secret_key="not secret", demo=True, cookie_secure=False)
    return create_app(house.engine, settings, load_people(), clock=house.clock)


def address(house: House, decision: str, version: int = 1) -> str:
    rows = house.engine.queries.decision_definitions(OPERATOR)
    (found,) = (row.id for row in rows if (row.decision_id, row.version) == (decision, version))
    return f"/cockpit/decisions/{found}"


def read(sign_in: SignIn, place: str, language: str = "en") -> str:
    return " ".join(sign_in("operator-1", language).get(place).text.split())


def deploy_large(house: House, count: int) -> str:
    rules = [(str(number), str(number)) for number in range(1, count + 1)]
    columns: tuple[dict[str, str | None], dict[str, str | None]] = (
        {"size": "number"},
        {"places": "number"},
    )
    file = model(input_data("size", "number"), table("large", *columns, rules))
    house.deploy(files={"p/large.dmn": file})
    return address(house, "large")


def test_without_decisions_the_list_says_so(sign_in: SignIn) -> None:
    assert "No decision is deployed yet." in read(sign_in, "/cockpit/decisions/")


def test_the_list_leads_to_every_version_of_a_decision(house: House, sign_in: SignIn) -> None:
    house.deploy(files={"p/rates.dmn": rates()})
    house.deploy(files={"p/rates.dmn": rates(APART)})
    html = read(sign_in, "/cockpit/decisions/")
    assert html.count("Rate of places</a>") == 1
    for version in (1, 2):
        assert f'href="{address(house, "rate", version)}"' in html
    assert "p/rates.dmn" in html
    assert "Орындар үлесі</a>" in read(sign_in, "/cockpit/decisions/", "kk")


def test_only_those_with_a_cockpit_look_at_decisions(house: House, sign_in: SignIn) -> None:
    house.deploy(files={"p/rates.dmn": rates()})
    for place in ("/cockpit/decisions/", address(house, "rate")):
        assert sign_in("specialist-1").get(place).status_code == 403
    assert sign_in("operator-1").get("/cockpit/decisions/none").status_code == 404


def test_a_table_stands_as_it_was_deployed(house: House, sign_in: SignIn) -> None:
    house.deploy(files={"p/rates.dmn": rates()})
    html = read(sign_in, address(house, "rate"))
    assert "UNIQUE" in html
    assert "One rule may match at a time; with two the decision fails." in html
    row = html[html.index('id="rule-2"') :]
    row = row[: row.index("</tr>")]
    assert re.findall(r">([^<>]+)</code>", row) == [OVERLAPPING, "0.2"]
    assert "Приказ № 12" in row


def test_what_a_decision_requires_is_a_link(house: House, sign_in: SignIn) -> None:
    house.deploy(files={"p/rates.dmn": rates()})
    html = read(sign_in, address(house, "places"))
    assert f'href="{address(house, "rate")}">Rate of places</a>' in html
    assert "size * Доля мест</pre>" in html


def test_a_version_leads_to_the_others(house: House, sign_in: SignIn) -> None:
    house.deploy(files={"p/rates.dmn": rates()})
    house.deploy(files={"p/rates.dmn": rates(APART)})
    html = read(sign_in, address(house, "rate", 1))
    assert f'href="{address(house, "rate", 2)}"' in html
    assert f'href="{address(house, "rate", 1)}" aria-current="page"' in html


def test_a_large_table_has_pages(house: House, sign_in: SignIn) -> None:
    place = deploy_large(house, 2 * RULES + 50)
    html = read(sign_in, place)
    assert f"Rules 1–{RULES} of 250" in html
    assert html.count('<tr id="rule-') == RULES
    assert 'rel="prev"' not in html
    assert f'rel="next" href="{place}?rule={RULES + 1}"' in html
    html = read(sign_in, f"{place}?rule=205")
    assert 'id="rule-205"' in html
    assert "Rules 201–250 of 250" in html
    assert f'rel="prev" href="{place}?rule={RULES + 1}"' in html
    assert 'rel="next"' not in html


def test_rules_begin_with_the_first(house: House, sign_in: SignIn) -> None:
    place = deploy_large(house, RULES + 1)
    assert f"Rules 1–{RULES} of" in read(sign_in, f"{place}?rule=0")


@pytest.mark.parametrize("rule", ["-7", "x", "9" * 30])
def test_a_rule_that_is_no_number_is_refused(house: House, sign_in: SignIn, rule: str) -> None:
    place = deploy_large(house, RULES + 1)
    assert sign_in("operator-1").get(f"{place}?rule={rule}").status_code == 400


def test_a_rule_that_there_is_not_is_not_found(house: House, sign_in: SignIn) -> None:
    browser = sign_in("operator-1")
    assert browser.get(f"{deploy_large(house, 3)}?rule=500").status_code == 404
    house.deploy(files={"p/places.dmn": model(input_data("n"), literal("n2", "n", inputs=["n"]))})
    assert browser.get(f"{address(house, 'n2')}?rule=500").status_code == 200


def test_an_incident_at_a_decision_is_mended_by_a_new_table_and_a_retry(
    house: House, sign_in: SignIn
) -> None:
    house.deploy(deciding(), files={"p/rates.dmn": rates()})
    instance = house.start(variables={"size": 61}, actor=OPERATOR)
    html = read(sign_in, "/cockpit/incidents")
    assert "1 (rate_rule_1), 2 (rate_rule_2)" in html
    assert "decision places, version 1 in p/rates.dmn" in html
    assert f'A retry asks: <a class="govuk-link" href="{address(house, "places")}">' in html
    assert "A retry asks" in read(sign_in, f"/instances/{instance}")
    house.deploy(files={"p/rates.dmn": rates(APART)})
    assert ">Places, version 2</a>" in read(sign_in, "/cockpit/incidents")
    (row,) = house.engine.queries.incidents(OPERATOR).rows
    answer = sign_in("operator-1").post(
        f"/cockpit/incidents/{row.id}/retry", "/cockpit/incidents", job_id=str(row.job_id)
    )
    assert answer.status_code == 302
    house.work()
    assert "everything goes on" in read(sign_in, "/cockpit/incidents")
    html = read(sign_in, f"/instances/{instance}")
    assert ">version 2</a>" in html
    assert "Rate of places: rule 1" in html


@pytest.mark.parametrize(
    ("policy", "aggregation"),
    [
        *((policy, None) for policy in ("UNIQUE", "FIRST", "ANY", "PRIORITY", "COLLECT")),
        ("RULE ORDER", None),
        ("OUTPUT ORDER", None),
        *(("COLLECT", each) for each in ("SUM", "MIN", "MAX", "COUNT")),
    ],
)
def test_every_hit_policy_has_words(app: Flask, policy: str, aggregation: str | None) -> None:
    with app.test_request_context():
        assert policy_in_words(policy, aggregation).endswith(".")


def test_a_table_within_other_logic_has_no_anchors(app: Flask) -> None:
    within = TableOutline("FIRST", None, (), (), (), (), 0)
    with app.test_request_context():
        assert [each.is_own for each in pieces((within,), own=True)] == [True]
        assert [each.is_own for each in pieces((within, within), own=True)] == [False, False]
        assert [each.is_own for each in pieces((within,))] == [False]
