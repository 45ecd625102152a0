"""`for`, `some` and `every` (DMN 1.5, 10.3.2.14)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel import limits, syntax
from engine.feel.errors import Unfit
from engine.feel.evaluator.builder import Run
from engine.feel.evaluator.frame import Frame
from engine.feel.grammar.forms import PARTIAL
from engine.feel.numbers import CONTEXT
from engine.feel.temporal import Date, DaysTime, arithmetic, comparing
from engine.feel.values import Range, kind

if TYPE_CHECKING:
    from engine.feel.evaluator.feel_builder import FeelBuilder

Domain = tuple[str, Run, Run | None]

_ONE = Decimal(1)
_DAY = DaysTime(86_400 * 10**9)
_DAY_BACK = DaysTime(-86_400 * 10**9)


def for_(builder: FeelBuilder, node: syntax.For) -> Run:
    domains = _domains(builder, node.iterations)
    result, size = builder.build(node.result), syntax.size(node.result) + 1
    needs_partial = any(
        isinstance(each, syntax.Name) and each.name == PARTIAL
        for each, _ in syntax.descendants(node.result)
    )

    def run(frame: Frame) -> object:
        results: list[object] = []
        budget = frame.evaluation.budget
        try:
            for within in _frames(domains, 0, frame):
                budget.spend(size)
                if needs_partial:
                    budget.spend(len(results) // 16)
                    within = within.child({PARTIAL: list(results)})
                results.append(result(within))
                limits.check_list_length(len(results))
        except Unfit as reason:
            return builder.unfit(frame, reason, node.position)
        return results

    return run


def quantified(builder: FeelBuilder, node: syntax.Quantified) -> Run:
    domains = _domains(builder, node.iterations)
    condition, size = builder.build(node.condition), syntax.size(node.condition) + 1
    decisive = not node.is_every

    def run(frame: Frame) -> object:
        is_known = True
        try:
            for within in _frames(domains, 0, frame):
                frame.evaluation.budget.spend(size)
                found = condition(within)
                if found is decisive:
                    return decisive
                is_known = is_known and isinstance(found, bool)
        except Unfit as reason:
            return builder.unfit(frame, reason, node.position)
        if is_known:
            return not decisive
        return builder.unfit(
            frame, Unfit("expected true or false for each item"), node.condition.position
        )

    return run


def _domains(builder: FeelBuilder, iterations: tuple[syntax.Iteration, ...]) -> list[Domain]:
    return [
        (
            iteration.name,
            builder.build(iteration.domain),
            builder.build(iteration.end) if iteration.end is not None else None,
        )
        for iteration in iterations
    ]


def _frames(domains: list[Domain], number: int, frame: Frame) -> Iterator[Frame]:
    """A frame for each combination of items, the last domain running fastest."""
    name, start, end = domains[number]
    domain = start(frame)
    for item in items_of(domain if end is None else Range(domain, end(frame), True, True)):
        frame.evaluation.budget.spend(1)
        within = frame.child({name: item})
        if number + 1 < len(domains):
            yield from _frames(domains, number + 1, within)
        else:
            yield within


def items_of(domain: object) -> Iterator[object]:
    """What an iteration goes through: a list, a range of whole numbers or days, or one value.

    A range may go downwards. Raises Unfit.
    """
    if isinstance(domain, Range):
        return _within(domain)
    if domain is None:
        raise Unfit("expected a list to go through, but found null")
    return iter(domain if isinstance(domain, list) else [domain])


def _within(domain: Range) -> Iterator[object]:
    start, end = domain.start, domain.end
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        each = _numbers(start, end)
    elif type(start) is Date and type(end) is Date:
        each = _days(start, end)
    else:
        raise Unfit(
            f"expected a range of numbers or of dates, but found {kind(start)} and {kind(end)}"
        )
    return (
        value
        for value in each
        if (domain.start_included or value != start) and (domain.end_included or value != end)
    )


def _numbers(start: Decimal, end: Decimal) -> Iterator[object]:
    step = _ONE if start <= end else -_ONE
    current = start
    while (current <= end) if step > 0 else (current >= end):
        yield current
        following = CONTEXT.add(current, step)
        if following == current:
            raise Unfit("expected numbers that differ by 1 within 34 digits")
        current = following


def _days(start: Date, end: Date) -> Iterator[object]:
    is_upwards = comparing.compare(start, end) <= 0
    current: object = start
    yield current
    while current != end:
        current = arithmetic.add(current, _DAY if is_upwards else _DAY_BACK)
        yield current
