"""How two points or ranges lie to each other (DMN 1.5, 10.3.4.9, table 78).

A point is taken as the range from it to it. An end of a range is a value and a side: an open start
lies just behind its value, an open end just before it, an end without bound beyond all values. So
the rows of the table become comparisons of ends.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.built_ins import arguments
from engine.feel.built_ins.registry import built_in
from engine.feel.comparing import compare
from engine.feel.errors import Unfit
from engine.feel.values import Range


@dataclass(frozen=True, slots=True)
class _End:
    """`side` is -1 just before the value, 0 at it, 1 just behind it; `beyond` -1 or 1: no bound."""

    value: object
    side: int = 0
    beyond: int = 0


@dataclass(frozen=True, slots=True)
class _Span:
    start: _End
    end: _End


@built_in("before", "range1", "range2")
@built_in("before", "range", "point")
@built_in("before", "point", "range")
@built_in("before", "point1", "point2")
def before(first: object, second: object) -> bool:
    return _order(_span(first).end, _span(second).start) < 0


@built_in("after", "range1", "range2")
@built_in("after", "range", "point")
@built_in("after", "point", "range")
@built_in("after", "point1", "point2")
def after(first: object, second: object) -> bool:
    return before(second, first)


@built_in("meets", "range1", "range2")
def meets(first: object, second: object) -> bool:
    return _order(_range(first, "range1").end, _range(second, "range2").start) == 0


@built_in("met by", "range1", "range2")
def met_by(first: object, second: object) -> bool:
    return meets(second, first)


@built_in("overlaps", "range1", "range2")
def overlaps(first: object, second: object) -> bool:
    one, other = _range(first, "range1"), _range(second, "range2")
    return _order(one.end, other.start) >= 0 and _order(one.start, other.end) <= 0


@built_in("overlaps before", "range1", "range2")
def overlaps_before(first: object, second: object) -> bool:
    one, other = _range(first, "range1"), _range(second, "range2")
    return (
        _order(one.start, other.start) < 0
        and _order(one.end, other.start) >= 0
        and _order(one.end, other.end) <= 0
    )


@built_in("overlaps after", "range1", "range2")
def overlaps_after(first: object, second: object) -> bool:
    return overlaps_before(second, first)


@built_in("finishes", "range1", "range2")
@built_in("finishes", "point", "range")
def finishes(first: object, second: object) -> bool:
    one, other = _span(first), _range(second, "range2")
    return _order(one.end, other.end) == 0 and _order(one.start, other.start) >= 0


@built_in("finished by", "range1", "range2")
@built_in("finished by", "range", "point")
def finished_by(first: object, second: object) -> bool:
    return finishes(second, first)


@built_in("includes", "range1", "range2")
@built_in("includes", "range", "point")
def includes(first: object, second: object) -> bool:
    one, other = _range(first, "range1"), _span(second)
    return _order(one.start, other.start) <= 0 and _order(one.end, other.end) >= 0


@built_in("during", "range1", "range2")
@built_in("during", "point", "range")
def during(first: object, second: object) -> bool:
    return includes(second, first)


@built_in("starts", "range1", "range2")
@built_in("starts", "point", "range")
def starts(first: object, second: object) -> bool:
    one, other = _span(first), _range(second, "range2")
    return _order(one.start, other.start) == 0 and _order(one.end, other.end) <= 0


@built_in("started by", "range1", "range2")
@built_in("started by", "range", "point")
def started_by(first: object, second: object) -> bool:
    return starts(second, first)


@built_in("coincides", "range1", "range2")
@built_in("coincides", "point1", "point2")
def coincides(first: object, second: object) -> bool:
    if isinstance(arguments.single(first), Range) != isinstance(arguments.single(second), Range):
        raise Unfit("expected two points or two ranges, but found a point and a range")
    one, other = _span(first), _span(second)
    return _order(one.start, other.start) == 0 and _order(one.end, other.end) == 0


def _span(value: object) -> _Span:
    point = arguments.single(value)
    if isinstance(point, Range):
        return _range(point, "range")
    if point is None:
        raise arguments.unfit("a value or a range", value, "point")
    return _Span(_End(point), _End(point))


def _range(value: object, what: str) -> _Span:
    bounds = arguments.range_value(value, what)
    return _Span(
        _End(None, beyond=-1)
        if bounds.start is None
        else _End(bounds.start, side=0 if bounds.start_included else 1),
        _End(None, beyond=1)
        if bounds.end is None
        else _End(bounds.end, side=0 if bounds.end_included else -1),
    )


def _order(one: _End, other: _End) -> int:
    """Negative, zero or positive. Raises Unfit for values of different kinds."""
    if one.beyond or other.beyond:
        return one.beyond - other.beyond
    return compare(one.value, other.value) or one.side - other.side
