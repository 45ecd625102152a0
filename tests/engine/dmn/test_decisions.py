"""Decisions are evaluated, services and functions called, and all of it is explained."""

from __future__ import annotations

from decimal import Decimal

import pytest

from engine.dmn import DecisionError
from engine.dmn.explanation import MOST_STEPS
from engine.errors import NotFound
from engine.feel.temporal import Date
from tests.support.drg import compiled, decision, given, knowledge, service

TABLE = """
<decisionTable id="t" hitPolicy="{policy}">
  <input><inputExpression typeRef="number"><text>age</text></inputExpression></input>
  <output/><annotation name="Why"/>
  <rule id="young"><inputEntry><text>&lt; 18</text></inputEntry>
    <outputEntry><text>"child"</text></outputEntry>
    <annotationEntry><text>by law</text></annotationEntry></rule>
  <rule id="old"><inputEntry><text>{second}</text></inputEntry>
    <outputEntry><text>"adult"</text></outputEntry>
    <annotationEntry><text/></annotationEntry></rule>
</decisionTable>"""


def table(policy: str = "UNIQUE", second: str = ">= 18") -> str:
    return TABLE.format(policy=policy, second=second)


def test_a_decision_is_explained() -> None:
    decisions = compiled(
        given("age", "number")
        + decision("group", table(), inputs=["age"])
        + decision("price", 'if group = "child" then 5 else 10', decisions=["group"])
    )
    outcome = decisions.evaluate("price", {"age": 7})
    outcome.check()
    assert outcome.value == 5
    group, price = outcome.steps
    assert (group.decision, group.inputs, group.outputs) == ("group", {"age": 7}, "child")
    (rule,) = group.rules
    assert (rule.number, rule.id, rule.annotations) == (1, "young", (("Why", "by law"),))
    assert (price.inputs, price.rules, price.outputs) == ({"group": "child"}, (), 5)


def test_a_decision_is_found_by_id_or_name() -> None:
    body = decision("d", "1").replace('name="d"', 'name="The Decision"')
    decisions = compiled(body + decision("The Decision", "2"))
    assert decisions.evaluate("d", {}).value == 1
    assert decisions.evaluate("The Decision", {}).value == 2
    with pytest.raises(NotFound, match="'The Decision'"):
        decisions.evaluate("e", {})


def test_warnings_belong_to_their_decisions() -> None:
    decisions = compiled(decision("a", "1 + null") + decision("b", "a", decisions=["a"]))
    outcome = decisions.evaluate("b", {})
    outcome.check()
    assert outcome.value is None
    (warning,) = outcome.warnings
    assert (warning.decision, warning.text, warning.severity) == ("a", "1 + null", "warning")
    assert [len(step.warnings) for step in outcome.steps] == [1, 0]


def test_a_table_that_contradicts_itself_is_an_error() -> None:
    body = given("age") + decision("group", table(second="-"), inputs=["age"])
    outcome = compiled(body).evaluate("group", {"age": 7})
    assert outcome.value is None
    with pytest.raises(DecisionError) as error:
        outcome.check()
    assert str(error.value) == (
        "Expected a result of the decision 'group', but there is none: the hit policy UNIQUE "
        "allows one rule to match at a time, but rules 1 (young), 2 (old) match"
    )
    assert error.value.messages["en"] == str(error.value)
    assert error.value.messages["ru"] == (
        "Ожидался результат решения «group», но его нет: политика UNIQUE допускает, чтобы "
        "подходило одно правило, а подходят правила 1 (young), 2 (old)"
    )
    assert error.value.messages["kk"].startswith(
        "«group» шешімінің нәтижесі күтілді, бірақ ол жоқ: UNIQUE саясаты "
    )


def test_an_input_that_does_not_fit_is_an_error_in_every_language() -> None:
    body = given("size", "number") + decision("d", "size", inputs=["size"])
    (notice,) = compiled(body).evaluate("d", {"size": "x"}).warnings
    reason = "xpected a value of type number, but found a string"
    assert notice.in_language("en") == f"E{reason} for the input size"
    assert notice.in_language("ru") == f"Вход size: e{reason}"
    assert notice.in_language("kk") == f"Кіріс size: e{reason}"


def test_an_input_that_is_not_given_is_null_with_a_warning() -> None:
    outcome = compiled(given("a") + decision("d", "a = null", inputs=["a"])).evaluate("d", {})
    outcome.check()
    assert outcome.value is True
    assert "input a" in outcome.warnings[0].reason


def test_a_decision_without_logic_is_null_with_a_warning() -> None:
    outcome = compiled(decision("d", "")).evaluate("d", {})
    assert outcome.value is None
    assert "logic" in outcome.warnings[0].reason


def test_values_are_json_unless_raw() -> None:
    body = given("a", "date") + decision("d", "{day: a, half: 0.5}", inputs=["a"])
    decisions = compiled(body)
    assert decisions.evaluate("d", {"a": "2026-01-02"}).value == {"day": "2026-01-02", "half": 0.5}
    raw = decisions.evaluate("d", {"a": Date(2026, 1, 2)}, raw=True)
    assert raw.value == {"day": Date(2026, 1, 2), "half": Decimal("0.5")}
    assert decisions.evaluate("d", {"a": "2026-01-02"}, raw=True).warnings[0].severity == "error"


def test_a_value_that_is_no_json_is_an_error() -> None:
    decisions = compiled(decision("d", "{f: function(a) a}"))
    outcome = decisions.evaluate("d", {})
    assert outcome.value is None
    with pytest.raises(DecisionError, match="function"):
        outcome.check()
    assert outcome.steps[0].outputs == {"f": "a function"}


def test_functions_of_the_engine_can_be_called() -> None:
    decisions = compiled(decision("d", "twice(4)"))
    assert decisions.evaluate("d", {}, {"twice": lambda number: number * 2}).value == 8


def test_a_function_of_the_engine_that_fails_gives_null() -> None:
    def fail() -> object:
        raise NotFound("Expected a calendar")

    outcome = compiled(decision("d", "[1, days()]")).evaluate("d", {}, {"days": fail})
    assert outcome.value == [1, None]
    assert "calendar" in outcome.warnings[0].reason


def test_what_is_no_json_is_refused_as_an_input() -> None:
    body = given("a") + decision("d", "a", inputs=["a"])
    with pytest.raises(DecisionError, match="JSON"):
        compiled(body).evaluate("d", {"a": b"bytes"}).check()


def test_a_limit_is_an_error() -> None:
    endless = "for a in 1..9000, b in 1..9000 return a + b"
    outcome = compiled(decision("d", f"count({endless})")).evaluate("d", {})
    assert outcome.value is None
    with pytest.raises(DecisionError, match="at most"):
        outcome.check()


def test_endless_recursion_is_an_error() -> None:
    body = knowledge("f", "n", "f(n + 1)") + decision("d", "f(1)", functions=["f"])
    with pytest.raises(DecisionError):
        compiled(body).evaluate("d", {}).check()


def test_evaluations_know_nothing_of_each_other() -> None:
    decisions = compiled(given("a") + decision("d", "a", inputs=["a"]))
    assert [decisions.evaluate("d", {"a": n}).value for n in (1, 2)] == [1, 2]


def test_a_model_without_input_data_sees_all_that_is_given() -> None:
    decisions = compiled(decision("d", "amount + fee") + decision("e", "d", decisions=["d"]))
    assert decisions.evaluate("e", {"amount": 1, "fee": 2}).value == 3


SERVICE = (
    given("a", "number")
    + given("b", "string")
    + decision("inner", "a", inputs=["a"], type_ref="number")
    + decision("out", "b + string(inner)", inputs=["b"], decisions=["inner"])
)


def caller(text: str) -> str:
    return decision("d", text, inputs=["a"], decisions=["inner"], functions=["s"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('s("x", 5)', "x5"),
        ('s(inner: 5, b: "x")', "x5"),
        ('s(["x"], 5)', "x5"),
        ('[s("x", 5), a, inner]', ["x5", 1, 1]),
        ("s()", None),
        ('s("x")', None),
        ('s("x", 5, 6)', None),
        ('s("x", "5")', None),
        ('s(none: 5, b: "x")', None),
    ],
)
def test_a_service_is_a_function(text: str, expected: object) -> None:
    body = SERVICE + service("s", outputs=["out"], inputs=["b"], decisions=["inner"])
    assert compiled(body + caller(text)).evaluate("d", {"a": 1, "b": "y"}).value == expected


def test_a_service_sees_only_its_parameters() -> None:
    body = SERVICE + service("s", outputs=["out"], inputs=["b"])
    assert compiled(body + caller('s("x")')).evaluate("d", {"a": 1}).value is None


def test_a_service_with_several_outputs_answers_with_a_context() -> None:
    body = SERVICE + service("s", outputs=["inner", "out"], inputs=["a", "b"])
    decisions = compiled(body + caller('s(7, "x")'))
    assert decisions.evaluate("d", {"a": 1}).value == {"inner": 7, "out": "x7"}
    assert decisions.call("s", {"a": 7, "b": "x"}).value == {"inner": 7, "out": "x7"}


def test_a_service_that_is_called_from_outside() -> None:
    decisions = compiled(SERVICE + service("s", outputs=["out"], inputs=["b"], decisions=["inner"]))
    outcome = decisions.call("s", {"b": "x", "inner": 5})
    assert outcome.value == "x5"
    assert [step.name for step in outcome.steps] == ["out"]
    assert decisions.call("s", {"b": "x"}).value is None
    assert decisions.call("s", {"b": 1, "inner": 5}).warnings[0].severity == "error"


@pytest.mark.parametrize("type_ref", ["string", "tFunction"])
def test_the_answer_of_a_service_is_of_its_type(type_ref: str) -> None:
    function = '<itemDefinition name="tFunction"><functionItem outputTypeRef="string"/>'
    body = SERVICE + service("s", outputs=["inner"], inputs=["a"], type_ref=type_ref)
    outcome = compiled(f"{body}{function}</itemDefinition>").call("s", {"a": 1})
    assert outcome.value is None
    assert "type string" in outcome.warnings[0].reason


def test_a_function_that_is_called_from_outside() -> None:
    decisions = compiled(knowledge("f", "a: number, b", "a * 2 + b"))
    assert decisions.call("f", {"a": 2, "b": 1}).value == 5
    assert decisions.call("f", {"a": 2}).value is None
    assert decisions.call("f", {"a": "x", "b": 1}).warnings[0].severity == "error"
    (step,) = decisions.call("f", {"a": 2, "b": 1}).steps
    assert (step.decision, step.inputs, step.outputs) == ("f", {"a": 2, "b": 1}, 5)


def test_functions_are_values() -> None:
    body = (
        knowledge("f", "a", "a + 1")
        + knowledge("apply", "g, n", "g(n)")
        + service("s", outputs=["e"])
        + decision("e", "4")
        + decision(
            "d", "[apply(f, 1), apply(g: f, n: 2), count([s, f])]", functions=["f", "apply", "s"]
        )
    )
    assert compiled(body).evaluate("d", {}).value == [2, 3, 2]


def test_a_service_in_a_loop_keeps_an_account_up_to_a_limit() -> None:
    body = service("s", outputs=["e"]) + decision("e", "4")
    loop = decision("d", "count(for i in 1..2000 return s())", functions=["s"])
    outcome = compiled(body + loop).evaluate("d", {})
    assert outcome.value == 2000
    assert len(outcome.steps) == MOST_STEPS + 1
    assert outcome.steps[-1].name == "d"
