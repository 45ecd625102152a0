"""What the analysis says of single decision tables."""

from __future__ import annotations

import random
from functools import partial

import pytest

from engine.dmn.analysis import coverage, overlaps
from engine.dmn.analysis.findings import Finding, Place
from engine.dmn.analysis.grid import Work
from engine.dmn.analysis.tables import analyse_table
from engine.dmn.model import DecisionTable, HitPolicy, InputClause
from engine.feel.types import ANY, NUMBER, STRING, Constrained, ContextOf, FeelType, ListOf
from tests.support.decision_tables import column, output, scope, table
from tests.support.pace import within

AGE = column("age", "number")
RISK = column("risk", "string")
DEFAULT = [output(default='"none"')]


def findings(of: DecisionTable, **variables: FeelType) -> list[Finding]:
    return analyse_table(of, scope(**variables), Place("Decision_1", "Loan"))


def said(of: DecisionTable, **variables: FeelType) -> list[tuple[str, tuple[int, ...]]]:
    """The code and the rules of each finding."""
    return [(finding.code, finding.rules) for finding in findings(of, **variables)]


def with_default(
    inputs: list[InputClause | str], rules: list[tuple[str, ...]], hit_policy: HitPolicy = "UNIQUE"
) -> DecisionTable:
    """A table without gaps, as it has a default output."""
    return table(inputs, rules, DEFAULT, hit_policy)


def test_a_complete_table_without_overlaps() -> None:
    rules = [("< 18", "-", "1"), (">= 18", '"high"', "2"), (">= 18", 'not("high")', "3")]
    assert said(table([AGE, RISK], rules)) == []


def test_overlapping_rules_with_an_example() -> None:
    found = findings(with_default([AGE, RISK], [(">= 18", "-", "1"), ("<= 30", '"low"', "2")]))
    assert [(each.code, each.severity, each.rules, each.line) for each in found] == [
        ("overlapping-rules", "error", (1, 2), 101)
    ]
    assert found[0].decision_id == "Decision_1"
    assert found[0].message == (
        'Rules 1 (r1) and 2 (r2) of Loan both match when age = 18, risk = "low", but the hit '
        "policy UNIQUE allows one rule at a time."
    )
    assert found[0].in_language("ru").startswith("Правила 1 (r1) и 2 (r2) таблицы «Loan»")
    assert found[0].in_language("kk").startswith("«Loan» кестесінің 1 (r1)")


def test_rules_that_always_overlap() -> None:
    (found,) = findings(with_default([AGE], [("-", "1"), ("-", "2")]))
    assert "both match whatever the inputs are" in found.message


def test_overlap_of_calculated_inputs_is_not_certain() -> None:
    found = findings(with_default([column("age(person)", "number")], [("> 1", "1"), ("< 5", "2")]))
    assert [(each.code, each.severity) for each in found] == [
        ("overlapping-rules", "warning"),
        ("partly-analysed", "note"),
    ]
    assert "if this can occur" in found[0].message


def test_two_columns_of_one_expression_are_one_value() -> None:
    rules = [(">= 18", "< 30", "1"), (">= 30", "-", "2"), ("< 18", "-", "3")]
    assert said(table([AGE, AGE], rules)) == []
    (found,) = findings(with_default([AGE, AGE], [("> 5", "< 3", "1")]))
    assert (found.code, found.rules) == ("unreachable-rule", (1,))
    assert "no value of age passes > 5; < 3" in found.message


def test_conflicting_rules_under_any() -> None:
    rules = [("> 1", "1"), ("> 2", "1"), ("> 3", "2"), ("> 4", "age")]
    of = with_default([AGE], rules, "ANY")
    assert said(of) == [("conflicting-rules", (1, 3)), ("conflicting-rules", (2, 3))]


@pytest.mark.parametrize("hit_policy", ["FIRST", "RULE ORDER", "COLLECT"])
def test_other_policies_may_overlap(hit_policy: HitPolicy) -> None:
    assert said(with_default([AGE], [("> 5", "1"), ("> 2", "2")], hit_policy)) == []


def test_a_rule_included_in_another_never_gives_a_result_under_unique() -> None:
    (found,) = findings(with_default([AGE], [("> 2", "1"), ("[5..6]", "2")]))
    assert (found.code, found.severity, found.rules) == ("unreachable-rule", "error", (2, 1))


def test_a_rule_that_says_the_same_as_another() -> None:
    rules = [("1, 2", "1"), ("2, 1", "1.0"), ("3", "2"), ("limit", "x"), (" limit ", "x")]
    assert said(with_default([AGE], rules)) == [
        ("duplicate-rule", (2, 1)),
        ("duplicate-rule", (5, 4)),
        ("partly-analysed", ()),
    ]


@pytest.mark.parametrize(
    ("rules", "masked"),
    [
        ([("> 5", "1"), ("[6..7]", "2")], (2, 1)),
        ([("< 5", "1"), (">= 5", "2"), ("[3..7]", "3")], (3, 1, 2)),
        ([("-", "1"), ("limit", "2")], (2, 1)),
    ],
)
def test_rules_masked_by_those_before_them(
    rules: list[tuple[str, ...]], masked: tuple[int, ...]
) -> None:
    found = findings(with_default([AGE], rules, "FIRST"))
    assert [(each.code, each.rules) for each in found if each.severity == "warning"] == [
        ("unreachable-rule", masked)
    ]


def test_true_and_one_are_different_values() -> None:
    rules = [["true", "1"], ["1", "2"], ["-", "3"]]
    assert said(table(["x"], rules, hit_policy="FIRST"), x=ANY) == []
    assert said(table([column("x", "number")], rules, hit_policy="FIRST"), x=ANY) == [
        ("outside-input-values", (1,))
    ]


def test_a_rule_after_one_that_is_not_known_may_count() -> None:
    assert said(with_default([AGE], [("limit", "1"), ("limit", "2")], "FIRST")) == [
        ("partly-analysed", ())
    ]


def test_rules_masked_by_those_with_a_higher_priority() -> None:
    rules = [("> 5", '"low"'), ("> 3", '"high"'), ("> 7", "other"), ("> 8", '"high"')]
    values = output(None, "string", '"high", "low"', '"none"')
    of = table([AGE], rules, [values], "PRIORITY")
    assert said(of) == [("unreachable-rule", (1, 2)), ("unreachable-rule", (4, 2))]


def test_a_cell_that_no_value_passes() -> None:
    (found,) = findings(with_default([AGE], [("[10..5]", "1")]))
    assert (found.code, found.severity, found.rules) == ("unreachable-rule", "warning", (1,))


def test_a_cell_outside_the_input_values() -> None:
    risk = column("risk", "string", '"high", "low"')
    (found,) = findings(with_default([risk], [('"high", "lwo"', "1")]))
    assert (found.code, found.rules) == ("outside-input-values", (1,))
    assert '"high", "lwo", but its values are "high", "low"' in found.message


def test_a_cell_outside_the_allowed_values_of_the_variable_s_type() -> None:
    percent = Constrained(NUMBER, lambda value: True, "[0..100]")
    of = with_default(["rate"], [("> 100", "1"), ("50", "2"), ("> 90", "3")])
    assert said(of, rate=percent) == [("outside-input-values", (1,))]
    applicant = ContextOf((("rate", percent),))
    member = with_default(["applicant.rate"], [("> 100", "1")])
    assert said(member, applicant=applicant) == [("outside-input-values", (1,))]


def test_a_cell_of_another_type() -> None:
    (found,) = findings(with_default([AGE], [('"18"', "1")]))
    assert (found.code, found.rules) == ("outside-input-values", (1,))
    assert "its values are of the type number" in found.message


def test_null_passes_all_input_values() -> None:
    risk = column("risk", "string", '"high", "low"')
    assert said(with_default([risk], [("null", "1"), ('"high"', "2")])) == []


def test_cells_of_lists_are_not_judged() -> None:
    of = with_default(["names"], [('"a"', "1"), ('"b"', "2")])
    assert said(of, names=ListOf(STRING)) == [("partly-analysed", ())]


def test_gaps_within_the_input_values_alone() -> None:
    risk = column("risk", "string", '"high", "low"')
    assert said(table([risk], [('"high"', "1"), ('"low"', "2")])) == []
    (found,) = findings(table([risk], [('"high"', "1")]))
    assert found.message == (
        'No rule of Loan matches when risk = "low", and there is no default output.'
    )


@pytest.mark.parametrize(
    ("cells", "type_ref", "example"),
    [
        (["< 18", "> 18"], "number", "x = 18"),
        (["<= 18", "> 19"], "integer", "x = 19"),
        (["<= 18", "> 19"], "number", "x = 18.5"),
        (["true"], "boolean", "x = false"),
        (['"a"', '"b"'], "string", 'x = "other"'),
        (['< "b"', '> "b"'], "string", 'x = "b"'),
        (['<= @"2026-01-01"', '>= @"2026-01-03"'], "date", 'x = @"2026-01-02"'),
        (['< @"10:00:00"', '> @"10:00:00"'], "time", 'x = @"10:00:00"'),
        (['> @"PT1H"'], "days and time duration", 'x = @"PT0S"'),
        (['< @"P1Y"', '>= @"P1Y1M"'], "years and months duration", 'x = @"P1Y"'),
        (['>= @"2026-01-01T00:00:00Z"'], "date and time", 'x = @"2025-12-31T00:00:00Z"'),
    ],
)
def test_examples_of_gaps(cells: list[str], type_ref: str, example: str) -> None:
    (found,) = findings(table([column("x", type_ref)], [(cell, "1") for cell in cells]))
    assert found.code == "uncovered-input"
    assert f"matches when {example}, and" in found.message


@pytest.mark.parametrize(
    ("cells", "type_ref"),
    [
        (["<= 18", ">= 19"], "integer"),
        (["true", "false"], "boolean"),
        (['<= @"2026-01-01"', '>= @"2026-01-02"'], "date"),
        (['<= @"P1Y"', '>= @"P1Y1M"'], "years and months duration"),
        (['<= "a"', '> "a"'], "string"),
        (["< limit"], "number"),
        (["? > 5"], "number"),
    ],
)
def test_no_gap_is_claimed(cells: list[str], type_ref: str) -> None:
    of = table([column("x", type_ref)], [(cell, "1") for cell in cells])
    assert "uncovered-input" not in [code for code, _ in said(of)]


@pytest.mark.parametrize(
    ("hit_policy", "aggregation", "is_gap"),
    [
        ("COLLECT", None, False),
        ("COLLECT", "COUNT", False),
        ("COLLECT", "SUM", True),
        ("RULE ORDER", None, False),
        ("FIRST", None, True),
    ],
)
def test_a_gap_matters_where_the_result_would_be_null(
    hit_policy: HitPolicy, aggregation: str | None, is_gap: bool
) -> None:
    of = table([AGE], [("1", "1")], (output(),), hit_policy, aggregation)  # type: ignore[arg-type]
    assert [code for code, _ in said(of)] == (["uncovered-input"] if is_gap else [])


def test_a_table_without_rules() -> None:
    (found,) = findings(table([AGE], []))
    assert found.message == "No rule of Loan ever matches, and there is no default output."


def test_outputs_outside_their_values_and_types() -> None:
    outputs = [output("kind", "string", '"x", "y"', '"x"'), output("sum", "number")]
    rules = [("1", '"x"', '"much"'), ("2", '"z"', "5"), ("3", "age", "age"), ("4", "", "[6]")]
    assert said(table([AGE], rules, outputs)) == [
        ("outside-output-values", (2,)),
        ("output-type", (1,)),
    ]


@pytest.mark.parametrize(
    ("aggregation", "wrong"),
    [("SUM", [1, 2, 3]), ("MAX", [2, 3]), ("MIN", [2, 3]), ("COUNT", [])],
)
def test_outputs_that_can_not_be_aggregated(aggregation: str, wrong: list[int]) -> None:
    rules = [("1", '"x"'), ("2", "true"), ("3", "[1, 2]"), ("4", "5"), ("5", "age")]
    of = table([AGE], rules, DEFAULT, "COLLECT", aggregation)  # type: ignore[arg-type]
    assert said(of) == [("aggregated-type", (rule,)) for rule in wrong]


def test_cells_that_are_no_feel_are_left_out() -> None:
    of = with_default([column("a +"), AGE], [("((", "> 5", "1"), ("-", "> 6", "))")])
    assert "overlapping-rules" not in [code for code, _ in said(of)]


def test_many_findings_of_a_kind_are_counted() -> None:
    rules = [(f"[{number}..{number + 100}]", str(number)) for number in range(50)]
    found = findings(with_default([AGE], rules))
    assert [each.code for each in found] == ["overlapping-rules"] * 20 + ["more-findings"]
    assert found[-1].message == "Loan has 1205 more findings of the kind overlapping-rules."


def test_a_thousand_rules_take_seconds() -> None:
    chance = random.Random(1)

    def cell() -> str:
        start = chance.randint(0, 100_000)
        return f"[{start}..{start + chance.randint(0, 40_000)}]"

    columns: list[InputClause | str] = [column(f"x{number}", "number") for number in range(5)]
    rules = [tuple(cell() for _ in range(5)) + (str(number),) for number in range(1_000)]
    for hit_policy in ("UNIQUE", "FIRST"):
        of = table(columns, rules, hit_policy=hit_policy)
        with within(1_000):
            found = findings(of, **_anything())
        assert "uncovered-input" in [each.code for each in found]


def _anything() -> dict[str, FeelType]:
    return {f"x{number}": ANY for number in range(5)}


def test_a_table_that_is_too_large_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (overlaps, coverage):
        monkeypatch.setattr(module, "Work", partial(Work, 10))
    rules = [(str(number), str(number)) for number in range(10)]
    found = findings(table([AGE], rules))
    assert [(each.code, each.severity) for each in found] == [
        ("too-large-to-analyse", "note"),
        ("too-large-to-analyse", "note"),
    ]
    assert "overlapping-rules" in found[0].message
    assert "uncovered-input" in found[1].message


def test_columns_that_would_take_too_much_memory_are_not_analysed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("engine.dmn.analysis.dimensions.MOST_BITS", 10)
    (found,) = findings(table([AGE], [("[1..2]", "1"), ("[2..3]", "2")]))
    assert (found.code, found.severity) == ("too-large-to-analyse", "note")
    assert "overlapping-rules, uncovered-input" in found.message
