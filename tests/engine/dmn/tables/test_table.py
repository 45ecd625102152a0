"""Decision tables, compiled and run (DMN 1.5, clause 8)."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from engine.dmn.explanation import Explained
from engine.dmn.model import DecisionTable, HitPolicy
from engine.dmn.tables import compile_table
from engine.feel.feel import Frame, parse_unary_tests
from engine.feel.temporal import Date
from engine.feel.types import STRING, Constrained, ContextOf, FeelType, ListOf
from tests.support.decision_tables import Ran, column, output, problems, run, scope, table

AGE = column("age", "number")


def ages(*rules: tuple[str, str], hit_policy: HitPolicy = "UNIQUE") -> DecisionTable:
    return table([AGE], rules, hit_policy=hit_policy)


@pytest.mark.parametrize(
    ("cell", "matching", "others"),
    [
        ("-", [0, None], []),
        ("", [0, None], []),
        ("18", [18], [17, None]),
        ("18, 20", [18, 20], [19, None]),
        ("< 18", [17], [18, None]),
        (">= 18", [18], [17]),
        ("[18..20)", [18, 19], [17, 20]),
        ("]18..20]", [19, 20], [18, 21]),
        ("not(18, > 60)", [17, 60], [18, 61]),
        ("null", [None], [18]),
        ("not(null)", [18], [None]),
        ("-5", [-5], [5]),
        ("limit", [21], [20]),
        ("> limit, 3", [22, 3], [21]),
        ("[limit..30]", [21, 30], [20]),
        ("? > limit and odd(?)", [23], [22, 21]),
        ("sum([limit, 1])", [22], [21]),
        ("favourites", [7, 8], [9]),
    ],
)
def test_cells(cell: str, matching: list[object], others: list[object]) -> None:
    of = ages((cell, '"yes"'))
    given = {"limit": 21, "favourites": [7, 8]}
    for age in matching:
        assert run(of, age=age, **given).value == "yes", age
    for age in others:
        assert run(of, age=age, **given).value is None, age


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('"a"', "a"),
        ("true", True),
        ('date("2026-02-01")', Date(2026, 2, 1)),
        ('@"2026-02-01"', Date(2026, 2, 1)),
        ('duration("P1M")', "P1M"),
        ("[1, 2]", [1, 2]),
        ("[1..3]", 2),
        ("{a: 1}", {"a": 1}),
    ],
)
def test_constants_of_all_kinds(cell: str, value: object) -> None:
    expression = "duration(x)" if value == "P1M" else "x"
    of = table([expression], [(cell, "1"), (f"not({cell})", "2")])
    assert run(of, x=value).value == Decimal(1)


def test_a_constant_of_another_kind_does_not_match() -> None:
    of = table(["x"], [('"1"', "1"), ("true", "2"), ("1", "3")])
    assert run(of, x=1).value == Decimal(3)
    assert run(of, x=True).value == Decimal(2)
    assert run(of, x="1").value == Decimal(1)


def test_the_value_is_made_one_of_the_column_s_type() -> None:
    assert run(ages(("18", '"yes"')), age=[18]).value == "yes"
    ran = run(ages(("null", '"none"'), ("not(null)", '"some"')), age="old")
    assert ran.value == "none"
    assert ran.warnings == ["Expected a value of type number, but found a string for age"]


def test_input_values_constrain_the_input() -> None:
    of = table([column("risk", "string", '"high", "low"')], [("-", "1")])
    assert run(of, risk="low").value == Decimal(1)
    assert run(of, risk=None).value == Decimal(1)
    ran = run(of, risk="huge")
    assert (ran.value, ran.rules) == (None, [])
    assert ran.errors == ['Expected risk to be one of "high", "low", but found "huge"']


def test_input_values_of_a_list_are_asked_item_by_item() -> None:
    of = table([column("risks", None, '"high", "low"')], [("-", "1")])
    assert run(of, risks=["low", "high"]).value == Decimal(1)
    assert run(of, risks=["low", "huge"]).errors


def test_input_expressions_are_evaluated() -> None:
    of = table(["a + b"], [("3", '"three"'), ("> 3", '"more"')])
    assert run(of, a=1, b=2).value == "three"
    assert run(of, a=1, b=3).value == "more"


def test_rules_match_by_all_columns() -> None:
    of = table(["a", "b"], [("1", "1", '"x"'), ("1", "2", '"y"'), ("-", "3", '"z"')])
    assert run(of, a=1, b=2).value == "y"
    assert run(of, a=9, b=3).value == "z"
    assert run(of, a=9, b=1).value is None


def test_several_outputs_make_a_context() -> None:
    of = table(["a"], [("1", '"x"', "a + 1")], [output("text"), output("number")])
    assert run(of, a=1).value == {"text": "x", "number": Decimal(2)}


def test_the_name_of_a_single_output_is_no_part_of_the_result() -> None:
    assert run(table(["a"], [("-", "1")], [output("text")]), a=1).value == Decimal(1)


def test_outputs_are_made_values_of_their_type() -> None:
    of = table(["a"], [("1", "[5]"), ("2", '"x"')], [output("n", "number")])
    assert run(of, a=1).value == Decimal(5)
    ran = run(of, a=2)
    assert ran.value is None
    assert ran.warnings == ["Expected a value of type number, but found a string for n"]


def test_an_output_outside_the_output_values_is_warned_of() -> None:
    ran = run(table(["a"], [("-", "a")], [output("kind", None, '"x", "y"')]), a="z")
    assert ran.value == "z"
    assert ran.warnings == ['Expected kind to be one of "x", "y", but found "z"']


def test_an_empty_output_entry_is_null() -> None:
    assert run(table(["a"], [("-", "", "1")], [output("x"), output("y")]), a=1).value == {
        "x": None,
        "y": Decimal(1),
    }


def test_outputs_are_evaluated_for_the_rules_that_count_alone() -> None:
    wrong = '1 + "a"'
    of = table(["a"], [("1", "1"), ("2", wrong)])
    assert run(of, a=1).warnings == []
    assert run(of, a=2).warnings != []
    first = table(["a"], [("-", "1"), ("-", wrong)], hit_policy="FIRST")
    assert run(first, a=1) == Ran(Decimal(1), [1], [], [])


def test_default_outputs() -> None:
    of = table(["a"], [("1", '"x"', '"y"')], [output("p", None, None, '"d"'), output("q")])
    assert run(of, a=2).value == {"p": "d", "q": None}


@pytest.mark.parametrize("hit_policy", ["UNIQUE", "ANY", "FIRST"])
def test_no_rules(hit_policy: HitPolicy) -> None:
    assert run(table(["a"], [], hit_policy=hit_policy), a=1) == Ran(None, [], [], [])
    assert run(table([], [], [output(default="7")], hit_policy=hit_policy)).value == Decimal(7)


def test_no_inputs() -> None:
    of = table([], [("1",), ("2",)], hit_policy="COLLECT")
    assert run(of).value == [Decimal(1), Decimal(2)]


def test_two_rules_under_unique_are_an_error_that_names_them() -> None:
    ran = run(ages((">= 18", "1"), ("< 18", "2"), ("> 60", "3")), age=61)
    assert (ran.value, ran.rules) == (None, [1, 3])
    assert ran.errors == [
        "The hit policy UNIQUE allows one rule to match at a time, but rules 1 (r1), 3 (r3) match"
    ]


def test_no_more_than_twenty_rules_are_named() -> None:
    ran = run(ages(*[("-", "1")] * 25), age=1)
    assert "19 (r19), 20 (r20), …" in ran.errors[0]
    assert len(ran.rules) == 25


def test_different_outputs_under_any_are_an_error_that_names_the_rules() -> None:
    of = ages((">= 18", "1"), ("> 60", "1"), ("> 90", "2"), hit_policy="ANY")
    assert run(of, age=61) == Ran(Decimal(1), [1, 2], [], [])
    ran = run(of, age=91)
    assert (ran.value, ran.rules) == (None, [1, 2, 3])
    assert ran.errors[0].endswith("but those of rules 1 (r1), 2 (r2), 3 (r3) differ")


def test_priority_and_output_order_tell_the_rules_in_the_order_of_the_result() -> None:
    rules = [("> 1", '"low"'), ("> 2", '"high"'), ("> 3", '"medium"')]
    values = output(None, "string", '"high", "medium", "low"')
    priority = table(["a"], rules, [values], hit_policy="PRIORITY")
    assert run(priority, a=4) == Ran("high", [2], [], [])
    ordered = table(["a"], rules, [values], hit_policy="OUTPUT ORDER")
    assert run(ordered, a=4) == Ran(["high", "medium", "low"], [2, 3, 1], [], [])


def test_output_values_may_be_tests() -> None:
    values = output(None, "number", "> 100, [10..100], < 10")
    of = table(["a"], [("-", "a"), ("-", "50"), ("-", "2")], [values], hit_policy="OUTPUT ORDER")
    assert run(of, a=200).value == [Decimal(200), Decimal(50), Decimal(2)]
    assert run(of, a=5).value == [Decimal(50), Decimal(5), Decimal(2)]


def _constrained(values: str) -> Constrained:
    return Constrained(STRING, lambda value: True, values)


@pytest.mark.parametrize(
    ("types", "type_ref", "table_type"),
    [
        ({"tRisk": _constrained('"high", "low"')}, "tRisk", None),
        ({"tRisk": _constrained('"high", "low"')}, None, "tRisk"),
        ({"tRisks": ListOf(_constrained('"high", "low"'))}, None, "tRisks"),
    ],
)
def test_priorities_from_the_type_s_allowed_values(
    types: dict[str, FeelType], type_ref: str | None, table_type: str | None
) -> None:
    of = DecisionTable(
        hit_policy="PRIORITY",
        outputs=(output(None, type_ref),),
        rules=table([], [('"low"',), ('"high"',)]).rules,
        type_ref=table_type,
    )
    assert run(of, types).value == "high"


def test_priorities_of_several_outputs_from_the_type_of_the_table() -> None:
    members = ContextOf((("risk", _constrained('"high", "low"')), ("note", STRING)))
    of = DecisionTable(
        hit_policy="PRIORITY",
        outputs=(output("note"), output("risk")),
        rules=table([], [('"a"', '"low"'), ('"b"', '"high"')]).rules,
        type_ref="tResult",
    )
    assert run(of, {"tResult": members}).value == {"note": "b", "risk": "high"}


@pytest.mark.parametrize(
    ("aggregation", "expected"),
    [("SUM", 30), ("COUNT", 2), ("MIN", 10), ("MAX", 20)],
)
def test_aggregations(aggregation: str, expected: int) -> None:
    of = table(
        ["a"],
        [("> 1", "10"), ("> 2", "20"), ("> 3", "40")],
        hit_policy="COLLECT",
        aggregation=aggregation,  # type: ignore[arg-type]
    )
    assert run(of, a=3) == Ran(Decimal(expected), [1, 2], [], [])


def test_what_can_not_be_added_up_is_null_with_a_warning() -> None:
    of = table(["a"], [("-", "1"), ("-", '"x"')], hit_policy="COLLECT", aggregation="SUM")
    ran = run(of, a=3)
    assert ran.value is None
    assert ran.warnings == ["Expected numbers as outputs to add up, but found a string"]


def test_aggregation_needs_collect_and_one_output() -> None:
    of = table(["a"], [], [output("x"), output("y")], aggregation="SUM")
    found = problems(of)
    assert "Expected the hit policy COLLECT for the aggregation SUM of Decision" in found[0]
    assert "Expected one output for the aggregation SUM of Decision, but found 2" in found[1]


def test_priority_needs_output_values() -> None:
    found = problems(table(["a"], [], hit_policy="PRIORITY"))
    assert len(found) == 1
    assert "Expected output values in the order of their priority" in found[0]


def test_outputs_have_different_names() -> None:
    found = problems(table(["a"], [], [output("x"), output("x")]))
    assert found == [
        "Expected the output x once in the decision table of Decision, but it is there twice."
    ]


def test_every_text_that_is_no_feel_is_named_by_its_place() -> None:
    of = table(
        [column("a +", None, "> >")],
        [("1", "1"), ("2 2", "("), ("2 2", "1")],
        [output("x", None, "<", "]")],
    )
    places = [message.split(" of ")[0] for message in problems(of)]
    assert places == [
        "Expected FEEL in input 1 (a +)",
        "Expected FEEL in input 1 (a +), values",
        "Expected FEEL in rule 2, input 1 (a +)",
        "Expected FEEL in output 1 (x), values",
        "Expected FEEL in rule 2, output 1 (x)",
        "Expected FEEL in output 1 (x), default",
    ]


@pytest.mark.parametrize("cell", ['"c{}"', "{}", "[{}..{}]", '> 0, "c{}"'])
def test_a_thousand_rules_cost_little_more_than_ten(cell: str) -> None:
    rules = [(cell.format(number, number), f"< {number + 1}", "1") for number in range(1_000)]
    of = table(["code", "number"], rules, hit_policy="FIRST")
    assert _seconds(of) < 20 * _seconds(table(["code", "number"], rules[:10], hit_policy="FIRST"))


def _seconds(of: DecisionTable) -> float:
    compiled = compile_table(of, scope())
    frame = Frame({"code": Decimal(5), "number": Decimal(5)}, None, Explained())
    best = float("inf")
    for _ in range(5):
        start = time.thread_time()
        for _ in range(100):
            compiled(frame)
        best = min(best, time.thread_time() - start)
    return best


def test_unary_tests_are_parsed_once_for_each_text(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []

    def counted(source: str, *rest: object) -> object:
        parsed.append(source)
        return parse_unary_tests(source, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr("engine.dmn.scope.parse_unary_tests", counted)
    run(table(["a"], [("> 1", "1"), (" > 1", "2"), ("> 2", "3")], hit_policy="FIRST"), a=2)
    assert len(parsed) == 2
