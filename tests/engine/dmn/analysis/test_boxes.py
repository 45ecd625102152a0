"""Overlaps, masked rules and gaps of random tables against trying out every kind of input."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import product

import pytest

from engine.dmn.analysis import boxes
from engine.dmn.analysis.dimensions import Inputs, read_inputs
from engine.dmn.analysis.grid import Grid, TooLarge, Work
from engine.dmn.model import DecisionTable
from engine.dmn.tables.bit_sets import bits
from engine.feel.feel import Evaluation, Frame, parse_unary_tests
from engine.feel.temporal import Date, DaysTime
from tests.support.decision_tables import column, scope, table

LIMITS = (Decimal(-1), Decimal(2), Decimal("2.5"), Decimal(9))
"""Values of the variable that some cells compare with."""


@dataclass(frozen=True)
class Kind:
    """Values of one type: constants as cells write them, in order, and values of all regions."""

    type_ref: str | None
    constants: Sequence[str]
    values: Sequence[object]
    is_ordered: bool = True


HALVES = [Decimal(number) / 2 for number in range(-2, 12)]
NUMBER = Kind("number", ["0", "1", "2", "3", "4"], HALVES)
STRING = Kind("string", ['"a"', '"b"', '"c"'], ["", "a", "aa", "b", "bb", "c", "cc"])
BOOLEAN = Kind("boolean", ["true", "false"], [True, False], is_ordered=False)
DATE = Kind(
    "date",
    ['date("2026-01-01")', '@"2026-01-02"', '@"2026-01-04"'],
    [Date(2025, 12, 31), *(Date(2026, 1, day) for day in range(1, 7))],
)
DURATION = Kind(
    "days and time duration",
    ['duration("PT1H")', '@"P1D"'],
    [DaysTime(hours * 3_600 * 10**9) for hours in (0, 1, 2, 24, 25)],
)
KINDS = (NUMBER, STRING, BOOLEAN, DATE, DURATION)
MIXED = Kind(
    None, ["1", "2", '"a"', "null", "!= 1", '!= "a"'], [None, *HALVES, "a", "b"], is_ordered=False
)
NULLABLE = Kind("number", ["1", "2", "null", "< 2", "> 1"], [None, *HALVES], is_ordered=False)


def random_test(chance: random.Random, kind: Kind) -> str:
    low, high = sorted(chance.choices(range(len(kind.constants)), k=2))
    if not kind.is_ordered or chance.random() < 0.3:
        return kind.constants[low]
    if chance.random() < 0.6:
        opening, closing = chance.choice("[("), chance.choice("])")
        return f"{opening}{kind.constants[low]}..{kind.constants[high]}{closing}"
    return f"{chance.choice(('<', '<=', '>', '>=', '!=', '='))} {kind.constants[low]}"


def random_cell(chance: random.Random, kind: Kind, *, with_unknown: bool) -> str:
    if chance.random() < 0.25:
        return "-"
    tests = [random_test(chance, kind) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
    if with_unknown and kind is NUMBER and chance.random() < 0.4:
        tests.append(chance.choice(("> limit", "limit", "[limit..3]", "? < limit")))
    if all("[" not in test or "limit" in test for test in tests) and chance.random() < 0.2:
        return f"not({', '.join(tests)})"
    return ", ".join(tests)


def random_table(seed: int, *, with_unknown: bool = False) -> tuple[DecisionTable, list[Kind]]:
    chance = random.Random(seed)
    among = (*KINDS, MIXED, NULLABLE, NULLABLE) if with_unknown else KINDS
    kinds = [chance.choice(among) for _ in range(chance.choice((1, 2, 2, 3)))]
    names = [f"x{number}" for number in range(len(kinds))]
    if len(kinds) > 1 and chance.random() < 0.2:
        kinds[1], names[1] = kinds[0], names[0]
    rules = [
        [*(random_cell(chance, kind, with_unknown=with_unknown) for kind in kinds), "1"]
        for _ in range(chance.randint(1, 7))
    ]
    is_declared = chance.random() < 0.7
    columns = [
        column(name, kind.type_ref if is_declared else None)
        for name, kind in zip(names, kinds, strict=True)
    ]
    return table(columns, rules), kinds


class TriedOut:
    """A table evaluated for every combination of values: for each the rules that match."""

    def __init__(
        self, of: DecisionTable, kinds: Sequence[Kind], variables: Mapping[str, object] = {}
    ) -> None:
        self._frame = Frame(variables, None, Evaluation())
        self._table = of
        names = [clause.expression.text for clause in of.inputs]
        self.values = dict(zip(names, (kind.values for kind in kinds), strict=True))

    @cached_property
    def matching(self) -> list[int]:
        inputs = [
            dict(zip(self.values, each, strict=True)) for each in product(*self.values.values())
        ]
        return [self.rules(values) for values in inputs]

    def rules(self, values: Mapping[str, object]) -> int:
        found = 0
        for index, rule in enumerate(self._table.rules):
            cells = zip(self._table.inputs, rule.inputs, strict=True)
            if all(
                self._passes(cell.text, values[clause.expression.text]) for clause, cell in cells
            ):
                found |= 1 << index
        return found

    def _passes(self, cell: str, value: object) -> bool:
        key = (cell, value)
        if key not in self._known:
            self._known[key] = parse_unary_tests(cell, ["limit"]).run(self._frame, value) is True
        return self._known[key]

    @cached_property
    def _known(self) -> dict[tuple[str, object], bool]:
        return {}


def inputs_of(of: DecisionTable) -> Inputs:
    return read_inputs(of, scope())


def pairs(grid: Grid) -> set[tuple[int, int]]:
    together = boxes.overlapping(grid, Work())
    return {(rule, other) for rule, others in enumerate(together) for other in bits(others)}


def before(count: int) -> list[int]:
    return [(1 << rule) - 1 for rule in range(count)]


def example(inputs: Inputs, regions: Sequence[int], tried: TriedOut) -> dict[str, object]:
    """The input that an analysis shows; what it leaves out may be anything."""
    shown = dict(inputs.grid.example(regions))
    return {name: shown.get(name, values[0]) for name, values in tried.values.items()}


@pytest.mark.parametrize("seed", range(250))
def test_what_is_known_is_what_happens(seed: int) -> None:
    of, kinds = random_table(seed)
    inputs, tried = inputs_of(of), TriedOut(of, kinds)
    grid, count = inputs.grid, len(of.rules)
    assert not inputs.unknown

    assert pairs(grid) == {
        (rule, other)
        for rule in range(count)
        for other in range(rule + 1, count)
        if any(rules >> rule & rules >> other & 1 for rules in tried.matching)
    }
    possible = {rule for rule in range(count) if any(r >> rule & 1 for r in tried.matching)}
    assert {rule for rule in range(count) if grid.possible(rule)} == possible
    first = {next(bits(rules)) for rules in tried.matching if rules}
    assert set(boxes.masked(grid, before(count), Work())) == possible - first
    assert (boxes.gap(grid, Work()) is not None) == (0 in tried.matching)
    included = boxes.including(grid, Work())
    for rule in possible:
        where = [rules for rules in tried.matching if rules >> rule & 1]
        others = (other for other in range(count) if other != rule)
        always = {other for other in others if all(rules >> other & 1 for rules in where)}
        assert set(bits(included[rule])) == always


@pytest.mark.parametrize("seed", range(120))
def test_examples_are_true(seed: int) -> None:
    of, kinds = random_table(seed)
    inputs, tried = inputs_of(of), TriedOut(of, kinds)
    for rule, other in pairs(inputs.grid):
        common = boxes.shared(inputs.grid, rule, other)
        rules = tried.rules(example(inputs, common.regions, tried))
        assert common.is_certain
        assert rules >> rule & rules >> other & 1
    gap = boxes.gap(inputs.grid, Work())
    if gap is not None:
        assert tried.rules(example(inputs, gap, tried)) == 0


@pytest.mark.parametrize("seed", range(120))
def test_nothing_is_claimed_that_a_variable_can_change(seed: int) -> None:
    of, kinds = random_table(seed, with_unknown=True)
    inputs = read_inputs(of, scope())
    grid, count = inputs.grid, len(of.rules)
    gap = boxes.gap(grid, Work())
    masked = boxes.masked(grid, before(count), Work())
    included = boxes.including(grid, Work())
    for limit in LIMITS:
        tried = TriedOut(of, kinds, {"limit": limit})
        for rule, other in pairs(grid):
            assert any(rules >> rule & rules >> other & 1 for rules in tried.matching)
        assert gap is None or tried.rules(example(inputs, gap, tried)) == 0
        for rules in tried.matching:
            assert not rules or next(bits(rules)) not in masked
            assert all(included[rule] & ~rules == 0 for rule in bits(rules))


def test_a_column_without_constants_is_one_region() -> None:
    grid = inputs_of(table([column("a", "number")], [("-", "1"), ("-", "2")])).grid
    assert pairs(grid) == {(0, 1)}
    assert boxes.gap(grid, Work()) is None


def test_a_table_without_rules_leaves_every_input_open() -> None:
    inputs = inputs_of(table(["a", "b"], []))
    gap = boxes.gap(inputs.grid, Work())
    assert gap is not None
    assert inputs.grid.example(gap) == []


def test_a_table_without_inputs_is_always_met() -> None:
    grid = inputs_of(table([], [("1",), ("2",)])).grid
    assert pairs(grid) == {(0, 1)}
    assert boxes.gap(grid, Work()) is None
    assert boxes.masked(grid, before(2), Work()) == {1: (0,)}


def test_several_rules_together_may_mask_another() -> None:
    rules = [("< 5", "1"), (">= 5", "2"), ("[3..7]", "3")]
    grid = inputs_of(table([column("a", "number")], rules)).grid
    assert boxes.masked(grid, before(3), Work()) == {2: (0, 1)}


def test_too_much_work_is_refused() -> None:
    grid = inputs_of(table([column("a", "number")], [("1", "1"), ("2", "2")])).grid
    with pytest.raises(TooLarge):
        boxes.overlapping(grid, Work(3))
    with pytest.raises(TooLarge):
        boxes.gap(grid, Work(3))


def test_a_calculated_input_may_never_have_a_value() -> None:
    of = table([column("count(a)", "number")], [("0", "1"), (">= 0", "2")])
    inputs = inputs_of(of)
    assert boxes.gap(inputs.grid, Work()) is None
    assert pairs(inputs.grid) == {(0, 1)}
    assert not boxes.shared(inputs.grid, 0, 1).is_certain
    assert [each.label for each in inputs.unknown] == ["count(a)"]


def test_a_member_depends_on_its_context() -> None:
    of = table([column("a.b", "number"), "a"], [("1", "-", "1"), ("2", "-", "2")])
    assert boxes.gap(inputs_of(of).grid, Work()) is None
