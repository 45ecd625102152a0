"""Registries' answers, read strictly."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from handlers.fk_b03.facts import REGISTRIES, EmployeeGroup, check_usable, read_facts
from handlers.shared import demo
from handlers.shared.registries import RegistryUnavailable

ANSWERS: dict[str, dict[str, Any]] = json.loads(demo.ENTERPRISES.read_text())["150140000012"]


def test_every_registry_is_asked_once() -> None:
    asked: list[str] = []

    def ask(registry: str) -> dict[str, Any] | None:
        asked.append(registry)
        return ANSWERS[registry]

    facts = read_facts(ask)
    assert sorted(asked) == sorted(ANSWERS) == sorted(REGISTRIES)
    assert facts.registered_on == date(2015, 1, 12)
    assert facts.employees[0] == EmployeeGroup(320, True, 20000)


def test_registries_that_hold_nothing_give_the_cautious_facts() -> None:
    facts = read_facts(lambda registry: None)
    assert (facts.legal_form, facts.registered_on, facts.heads_match) == ("", None, False)
    assert (facts.contracts_in_force, facts.months_paid, facts.employees) == (0, 0, ())
    assert not facts.is_unreliable_taxpayer
    assert facts.finished_last_year == 0


@pytest.mark.parametrize(
    ("registry", "answer"),
    [
        ("unreliable_taxpayers", {}),
        ("unreliable_taxpayers", {"listed": "no"}),
        ("unreliable_taxpayers", {"listed": 0}),
        ("social_payments", {"months_paid": "12", "debt": False}),
        ("social_payments", {"months_paid": -1, "debt": False}),
        ("business_register", {**ANSWERS["business_register"], "registered_on": "12.01.2015"}),
        ("business_register", {**ANSWERS["business_register"], "registered_on": ""}),
        ("business_register", {**ANSWERS["business_register"], "registered_on": None}),
        ("business_register", {**ANSWERS["business_register"], "legal_form": " "}),
        ("listed_employees", {"groups": [{"employees": 5}]}),
        ("listed_employees", {"groups": ["x"]}),
        ("employment_contracts", {"in_force": True}),
    ],
)
def test_an_answer_in_another_form_is_no_answer(registry: str, answer: dict[str, Any]) -> None:
    with pytest.raises(RegistryUnavailable, match=registry):
        read_facts({**ANSWERS, registry: answer}.get)
    with pytest.raises(RegistryUnavailable, match=registry):
        check_usable(registry, answer)


@pytest.mark.parametrize("registry", REGISTRIES)
def test_what_is_held_and_that_nothing_is_are_usable(registry: str) -> None:
    check_usable(registry, ANSWERS[registry])
    check_usable(registry, None)
