"""Rules that match together where the hit policy does not allow it, and rules said twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.dmn.analysis import boxes
from engine.dmn.analysis.facts import Facts
from engine.dmn.analysis.findings import Finding, Kind
from engine.dmn.analysis.grid import TooLarge, Work
from engine.dmn.analysis.kinds import (
    ALWAYS_CONFLICT,
    ALWAYS_OVERLAP,
    CONFLICT,
    DUPLICATE,
    INCLUDED,
    OVERLAP,
    POSSIBLE_CONFLICT,
    POSSIBLE_OVERLAP,
    TOO_LARGE,
)
from engine.dmn.tables.bit_sets import bits

Pair = tuple[int, int]

Kinds = tuple[Kind, Kind, Kind]
"""For what certainly occurs, for what may occur, for whatever occurs."""

_OVERLAP = (OVERLAP, POSSIBLE_OVERLAP, ALWAYS_OVERLAP)
_CONFLICT = (CONFLICT, POSSIBLE_CONFLICT, ALWAYS_CONFLICT)


def check_overlaps(facts: Facts) -> Iterator[Finding]:
    """What the hit policy makes of rules that match together; rules that are there twice."""
    duplicates = facts.duplicates()
    yield from facts.limited(
        DUPLICATE, duplicates.items(), lambda pair: _duplicate(facts, pair[0], pair[1])
    )
    try:
        if facts.table.hit_policy == "UNIQUE":
            yield from _check_unique(facts, duplicates)
        if facts.table.hit_policy == "ANY":
            yield from _check_any(facts)
    except TooLarge:
        yield facts.finding(TOO_LARGE, what=OVERLAP.code)


def _duplicate(facts: Facts, rule: int, earlier: int) -> Finding:
    return facts.finding(DUPLICATE, rule, earlier, rule=facts.rule(rule), other=facts.rule(earlier))


def _check_unique(facts: Facts, duplicates: Mapping[int, int]) -> Iterator[Finding]:
    grid = facts.inputs.grid
    same = grid.same_boxes()
    within = [others & ~same[rule] for rule, others in enumerate(boxes.including(grid, Work()))]
    included = [
        (rule, next(bits(others)))
        for rule, others in enumerate(within)
        if others and rule not in duplicates and grid.possible(rule)
    ]
    yield from facts.limited(INCLUDED, included, lambda pair: _included(facts, pair))
    twice = sum(1 << rule for rule in duplicates)
    pairs = (
        (rule, other)
        for rule, others in enumerate(boxes.overlapping(grid, Work()))
        if rule not in duplicates
        for other in bits(others & ~within[rule] & ~twice)
        if not within[other] >> rule & 1
    )
    yield from facts.limited(OVERLAP, pairs, lambda pair: _overlap(facts, pair, _OVERLAP))


def _check_any(facts: Facts) -> Iterator[Finding]:
    differing = facts.outputs.differing()
    pairs = (
        (rule, other)
        for rule, others in enumerate(boxes.overlapping(facts.inputs.grid, Work()))
        for other in bits(others & differing[rule])
    )
    yield from facts.limited(CONFLICT, pairs, lambda pair: _overlap(facts, pair, _CONFLICT))


def _included(facts: Facts, pair: Pair) -> Finding:
    rule, other = pair
    return facts.finding(INCLUDED, rule, other, rule=facts.rule(rule), other=facts.rule(other))


def _overlap(facts: Facts, pair: Pair, kinds: Kinds) -> Finding:
    rule, other = pair
    common = boxes.shared(facts.inputs.grid, rule, other)
    example = facts.example(common.regions)
    certain, possible, always = kinds
    kind = possible if not common.is_certain else certain if example else always
    return facts.finding(
        kind, rule, other, rule=facts.rule(rule), other=facts.rule(other), example=example
    )
