"""Rules that never count, and inputs that no rule matches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.dmn.analysis import boxes
from engine.dmn.analysis.facts import Facts
from engine.dmn.analysis.findings import Finding
from engine.dmn.analysis.grid import TooLarge, Work
from engine.dmn.analysis.kinds import GAP, MASKED, NOTHING_COVERED, TOO_LARGE
from engine.dmn.tables.hit_policies import LIST_POLICIES, Rank

_MOST_NAMED = 5


def check_masked(facts: Facts, ranks: Sequence[Rank | None]) -> Iterator[Finding]:
    """Under FIRST and PRIORITY: rules that leave everything to those that win over them."""
    match facts.table.hit_policy:
        case "FIRST":
            stronger = [(1 << rule) - 1 for rule in range(len(facts.table.rules))]
        case "PRIORITY":
            stronger = _stronger(facts.outputs.priorities(ranks))
        case _:
            return
    duplicates = facts.duplicates()
    try:
        masked = boxes.masked(facts.inputs.grid, stronger, Work())
    except TooLarge:
        yield facts.finding(TOO_LARGE, what=MASKED.code)
        return
    found = [(rule, others) for rule, others in masked.items() if rule not in duplicates]
    yield from facts.limited(MASKED, found, lambda each: _masked(facts, *each))


def check_gaps(facts: Facts) -> Iterator[Finding]:
    """An input that no rule matches, where that leaves a table without a result.

    An empty list and a count of nothing are results.
    """
    table = facts.table
    is_list = table.hit_policy in LIST_POLICIES and table.aggregation in (None, "COUNT")
    if is_list or any(clause.default is not None for clause in table.outputs):
        return
    try:
        regions = boxes.gap(facts.inputs.grid, Work())
    except TooLarge:
        yield facts.finding(TOO_LARGE, what=GAP.code)
        return
    if regions is None:
        return
    example = facts.example(regions)
    yield facts.finding(GAP if example else NOTHING_COVERED, example=example)


def _stronger(priorities: Sequence[tuple[int, ...] | None]) -> list[int]:
    """For each rule those that come before it: by priority, then by their place in the table.

    Where the outputs of a rule vary, nothing is known of it.
    """
    known = [(each, rule) for rule, each in enumerate(priorities) if each is not None]
    stronger = [0] * len(priorities)
    before = 0
    for _, rule in sorted(known):
        stronger[rule] = before
        before |= 1 << rule
    return stronger


def _masked(facts: Facts, rule: int, others: Sequence[int]) -> Finding:
    named = ", ".join(facts.rule(other) for other in others[:_MOST_NAMED])
    more = ", …" if len(others) > _MOST_NAMED else ""
    return facts.finding(MASKED, rule, *others, rule=facts.rule(rule), others=named + more)
