"""Cells found by value and by interval, against running each of them."""

from __future__ import annotations

import random

import pytest

from engine.dmn.tables.bit_sets import bits
from engine.dmn.tables.cell_index import CellIndex
from engine.feel.feel import Evaluation, Frame, from_json, parse_expression, parse_unary_tests

NUMBERS = ["-3", "0", "1", "1.5", "2"]
STRINGS = ['""', '"a"', '"b"']
DAYS = ['@"2026-01-01"', 'date("2026-01-02")']
MOMENTS = ['@"2026-01-01T10:00:00"', '@"2026-01-01T10:00:00Z"', '@"2026-01-01T12:00:00+02:00"']
TIMES = ['@"10:00:00"', '@"10:00:00Z"']
DURATIONS = ['@"P1D"', '@"PT24H"', '@"P1M"', '@"P2M"']
KINDS = [NUMBERS, STRINGS, DAYS, MOMENTS, TIMES, DURATIONS]
OTHERS = ["true", "false", "null", "[1, 2]", "limit", "? = 1", "!= 1", "1 = 1", "{a: 1}"]
VALUES = [each for kind in KINDS for each in kind] + [
    *("true", "false", "null", "[1, 2]", "[1]", "{a: 1}", "[1..2]", "1.2", "100", '"aa"', "count"),
    *('@"2025-01-01"', '@"2026-01-01T10:00:01"', '@"11:00:00"', '@"PT1H"', '@"-P1M"'),
]


def random_cell(chance: random.Random) -> str:
    if chance.random() < 0.1:
        return "-"
    tests = [random_test(chance) for _ in range(chance.choice((1, 1, 2, 3)))]
    cell = ", ".join(tests)
    return f"not({cell})" if chance.random() < 0.1 and "[" not in cell else cell


def random_test(chance: random.Random) -> str:
    if chance.random() < 0.2:
        return chance.choice(OTHERS)
    kind = chance.choice(KINDS)
    low, high = (kind[index] for index in sorted(chance.choices(range(len(kind)), k=2)))
    if chance.random() < 0.5:
        return chance.choice((low, f"= {low}", f"< {low}", f"<= {low}", f"> {low}", f">= {low}"))
    return f"{chance.choice('[(')}{low}..{high}{chance.choice('])')}"


@pytest.mark.parametrize("seed", range(60))
def test_what_is_found_is_what_passes(seed: int) -> None:
    chance = random.Random(seed)
    cells = list({random_cell(chance) for _ in range(12)})
    compiled = [parse_unary_tests(cell) for cell in cells]
    index = CellIndex([(tests, 1 << number) for number, tests in enumerate(compiled)])
    frame = Frame({"limit": from_json(1)}, None, Evaluation())
    for text in VALUES:
        value = parse_expression(text).run(frame)
        found = set(bits(index.matching(frame, value, (1 << len(cells)) - 1)))
        passed = {n for n, tests in enumerate(compiled) if tests.run(frame, value) is True}
        assert {cells[n] for n in found} == {cells[n] for n in passed}, text


def test_a_range_that_ends_before_it_starts_has_no_values() -> None:
    index = CellIndex([(parse_unary_tests("[5..1], [2..2)"), 1)])
    frame = Frame({}, None, Evaluation())
    for value in (None, from_json(5), from_json(3), from_json(2), from_json(1)):
        assert index.matching(frame, value, 1) == 0


def test_only_the_rules_that_are_asked_for_are_found() -> None:
    index = CellIndex([(parse_unary_tests("-"), 0b011), (parse_unary_tests("1"), 0b110)])
    frame = Frame({}, None, Evaluation())
    assert index.matching(frame, from_json(1), 0b101) == 0b101
    assert index.matching(frame, from_json(2), 0b101) == 0b001


def test_values_and_intervals_cost_nothing() -> None:
    cells = ["-", "1", "2, [3..4]", '"a"', '< @"2026-01-01"', "limit", "not(1)"]
    index = CellIndex([(parse_unary_tests(cell), 1) for cell in cells])
    assert index.cost == 2


def test_intervals_that_would_take_too_much_memory_are_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("engine.dmn.tables.cell_index.MOST_BITS", 10)
    index = CellIndex(
        [(parse_unary_tests("[1..3]"), 1 << 20), (parse_unary_tests("> 2, 5"), 1 << 21)]
    )
    frame = Frame({}, None, Evaluation())
    assert index.cost == 2
    assert index.matching(frame, from_json(3), 3 << 20) == 3 << 20
    assert index.matching(frame, from_json(1), 3 << 20) == 1 << 20


def test_a_null_in_a_range_column_is_no_reason_for_a_warning() -> None:
    index = CellIndex([(parse_unary_tests("> 1"), 1)])
    evaluation = Evaluation()
    assert index.matching(Frame({}, None, evaluation), None, 1) == 0
    assert evaluation.warnings == []
