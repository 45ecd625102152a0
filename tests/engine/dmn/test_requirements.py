"""What a decision requires is in its scope, and nothing else; circles are refused."""

from __future__ import annotations

import pytest

from engine.dmn import DmnRefused
from tests.support.drg import compiled, decision, given, knowledge, service


def refusal(*parts: str) -> str:
    with pytest.raises(DmnRefused) as refused:
        compiled("".join(parts))
    (problem,) = refused.value.problems
    assert problem.line is not None
    return problem.message


def test_only_what_is_required_is_in_scope() -> None:
    decisions = compiled(
        given("a")
        + decision("b", "a", inputs=["a"])
        + decision("c", "[a, b, f(1)]", decisions=["b"])
        + knowledge("f", "n", "n")
    )
    outcome = decisions.evaluate("c", {"a": 1})
    assert outcome.value == [None, 1, None]
    assert len(outcome.warnings) == 2


def test_a_function_sees_only_what_it_requires_itself() -> None:
    decisions = compiled(
        given("a")
        + knowledge("f", "n", "g(n) + 1", functions=["g"])
        + knowledge("g", "n", "if a = null and f(1) = null then n * 10 else null")
        + decision("d", "f(a)", inputs=["a"], functions=["f"])
    )
    assert decisions.evaluate("d", {"a": 2}).value == 21


def test_a_function_can_call_itself() -> None:
    factorial = knowledge("f x", "n: number", "if n < 2 then 1 else n * f x(n - 1)")
    decisions = compiled(factorial + decision("d", "f x(12)", functions=["f x"]))
    assert decisions.evaluate("d", {}).value == 479001600


def test_functions_can_call_each_other() -> None:
    decisions = compiled(
        knowledge("even", "n", "n = 0 or odd(n - 1)", functions=["odd"])
        + knowledge("odd", "n", "n != 0 and even(n - 1)", functions=["even"])
        + decision("d", "[even(6), odd(6)]", functions=["even", "odd"])
    )
    assert decisions.evaluate("d", {}).value == [True, False]


def test_a_circle_of_decisions_is_refused() -> None:
    message = refusal(
        decision("a", "b", decisions=["b"]),
        decision("b", "c", decisions=["c"]),
        decision("c", "a", decisions=["a"]),
        decision("d", "a", decisions=["a"]),
    )
    assert "a → b → c → a" in message


def test_a_circle_is_refused_even_by_the_tolerant() -> None:
    with pytest.raises(DmnRefused, match="a → a"):
        compiled(decision("a", "a", decisions=["a"]), tolerant=True)


def test_a_rhombus_is_no_circle() -> None:
    decisions = compiled(
        decision("a", "b + c", decisions=["b", "c"])
        + decision("b", "d", decisions=["d"])
        + decision("c", "d", decisions=["d"])
        + decision("d", "1")
    )
    outcome = decisions.evaluate("a", {})
    assert outcome.value == 2
    assert [step.name for step in outcome.steps] == ["d", "b", "c", "a"]


def test_a_long_chain_needs_no_deep_stack() -> None:
    chain = [decision("d0", "1")]
    chain += [decision(f"d{n}", f"d{n - 1} + 1", decisions=[f"d{n - 1}"]) for n in range(1, 1500)]
    assert compiled("".join(reversed(chain))).evaluate("d1499", {}).value == 1500


def test_a_long_chain_of_functions_is_made_without_a_deep_stack() -> None:
    chain = [knowledge("f0", "", "1")]
    chain += [knowledge(f"f{n}", "", "1", functions=[f"f{n - 1}"]) for n in range(1, 1500)]
    decisions = compiled("".join(chain) + decision("d", "f1499()", functions=["f1499"]))
    assert decisions.evaluate("d", {}).value == 1


@pytest.mark.parametrize("href", ["#none", "urn:other#a", "#f"])
def test_a_reference_to_nothing_is_refused(href: str) -> None:
    message = refusal(given("a"), knowledge("f", "", "1"), decision("d", "1", inputs=[href]))
    assert href.rpartition("#")[2] in message


def test_two_requirements_of_one_name_are_refused() -> None:
    twice = given("a") + given("b").replace('name="b"', 'name="a"')
    assert "a" in refusal(twice, decision("d", "a", inputs=["a", "b"]))


def test_the_same_requirement_twice_is_one() -> None:
    body = given("a") + decision("d", "a", inputs=["a", "a", "urn:test#a"])
    assert compiled(body).evaluate("d", {"a": 1}).value == 1


def test_a_service_that_calls_itself_comes_to_its_limit() -> None:
    decisions = compiled(service("s", outputs=["d"]) + decision("d", "s()", functions=["s"]))
    outcome = decisions.evaluate("d", {})
    assert outcome.value is None
    assert any(each.severity == "error" for each in outcome.warnings)
