"""Where the decisions of a case stand on its page, and how many of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.queries.decision_names import NO_DECISION_NAMES
from engine.queries.decisions import EvaluatedDecision, MadeDecision, RuleRef, TableRules
from web.instances.decided import MOST_DECISIONS, MOST_RULES

SignIn = Callable[..., Any]


def made(number: int, *, token: int | None = 1, element: str = "check", rules: int = 1) -> Any:
    """A decision that was made, without its payload."""
    return EvaluatedDecision(
        made=MadeDecision(
            id=f"m{number}",
            element_id=element,
            token=token,
            definition_id="d1",
            decision_id="rate",
            name=f"Rate {number}",
            version=1,
            version_tag="autumn",
            tables=(TableRules("rate", tuple(RuleRef(each + 1, None) for each in range(rules))),),
            evaluated_at=datetime(2026, 3, 2, tzinfo=UTC),
        ),
        names=NO_DECISION_NAMES,
        evaluation=None,
    )


@pytest.fixture
def show(sign_in: SignIn, engine: Any, new_instance: Any) -> Callable[..., str]:
    """The page of the fake case, whose last step made the first `count` of these decisions."""

    def shown(decisions: Sequence[EvaluatedDecision], count: int) -> str:
        *before, last = new_instance().steps
        last.decisions = tuple(each.made for each in decisions[:count])
        engine.queries.instances["case-1"] = new_instance(steps=(*before, last))
        engine.queries.evaluated_decisions = lambda _actor, _instance: tuple(decisions)
        html = sign_in("specialist-1").get("/instances/case-1").text
        return " ".join(html[html.index("Steps in words") :].split())

    return shown


def test_a_step_without_decisions_has_no_row_for_them(show: Callable[..., str]) -> None:
    assert "q-row--under" not in show([], 0)


def test_without_its_payload_a_decision_names_its_rules(show: Callable[..., str]) -> None:
    html = show([made(1, rules=2)], 1)
    assert '<strong>Rate 1</strong>, version 1 (<span translate="no">autumn</span>)' in html
    assert "<li>rate: rule 1</li>" in html
    assert "<li>rate: rule 2</li>" in html
    assert "<details" not in html[html.index("q-decided") : html.index("</table>")]


def test_many_rules_are_counted(show: Callable[..., str]) -> None:
    html = show([made(1, rules=MOST_RULES + 3)], 1)
    assert f"rule {MOST_RULES}</li>" in html
    assert f"rule {MOST_RULES + 1}</li>" not in html
    assert "and 3 more rules" in html


def test_many_decisions_are_counted(show: Callable[..., str]) -> None:
    html = show([made(number) for number in range(MOST_DECISIONS + 1)], MOST_DECISIONS + 1)
    assert html.count('<div class="q-decided">') == MOST_DECISIONS
    assert "and 1 more decision<" in html


def test_what_a_check_asked_before_there_was_a_token_stands_at_its_element(
    show: Callable[..., str], new_instance: Any
) -> None:
    element = new_instance().steps[-1].element_id
    html = show([made(1, token=None, element=element)], 0)
    assert "<strong>Rate 1</strong>" in html[: html.index("</table>")]
    assert "Decisions at other places" not in html


def test_what_belongs_to_no_step_stands_below_the_table(show: Callable[..., str]) -> None:
    html = show([made(1, token=None, element="gone"), made(2, token=7)], 0)
    below = html[html.index("Decisions at other places") :]
    assert "<strong>Rate 1</strong>" in below
    assert "<strong>Rate 2</strong>" in below


def test_a_long_way_to_a_decision_is_cut(show: Callable[..., str]) -> None:
    step = {"decision": "rate", "name": "Rate", "inputs": {}, "rules": [], "outputs": 1}
    steps = [{**step, "name": f"Way {number}"} for number in range(MOST_DECISIONS + 2)]
    evaluation = {"decision": "rate", "inputs": {"size": 5}, "steps": steps, "warnings": []}
    html = show([replace(made(1), evaluation=evaluation)], 1)
    assert "2 decisions on the way are left out" in html
    assert ">Way 1<" not in html
    assert ">Way 2<" in html
