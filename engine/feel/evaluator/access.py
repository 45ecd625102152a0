"""`container.member` and `container[condition]` (DMN 1.5, 10.3.2.5 and 10.3.2.6)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from engine.feel import syntax
from engine.feel.errors import Unfit
from engine.feel.evaluator.builder import Run
from engine.feel.evaluator.frame import Frame
from engine.feel.numbers import whole
from engine.feel.temporal import Temporal
from engine.feel.temporal.properties import properties
from engine.feel.values import Range, kind

if TYPE_CHECKING:
    from engine.feel.evaluator.feel_builder import FeelBuilder

ITEM = "item"
"""Within a filter: the item that is asked about."""


def path(builder: FeelBuilder, node: syntax.Path) -> Run:
    container, name, position = builder.build(node.container), node.member, node.position

    def of_one(frame: Frame, value: object) -> object:
        try:
            return member(value, name)
        except Unfit as reason:
            return builder.unfit(frame, reason, position)

    def run(frame: Frame) -> object:
        value = container(frame)
        if isinstance(value, list):
            frame.evaluation.budget.spend(len(value))
            return [of_one(frame, item) for item in value]
        return of_one(frame, value)

    return run


def member(value: object, name: str) -> object:
    """A context's entry, or a property of a range or temporal value. Raises Unfit."""
    if isinstance(value, dict):
        if name in value:
            return value[name]
        raise Unfit(f"expected a context with entry {name}")
    if isinstance(value, Range):
        return _of_range(value, name)
    if isinstance(value, Temporal):
        return properties(value, name)
    raise Unfit(f"expected a value with {name}, but found {kind(value)}")


def _of_range(value: Range, name: str) -> object:
    match name:
        case "start":
            return value.start
        case "end":
            return value.end
        case "start included":
            return value.start_included
        case "end included":
            return value.end_included
    raise Unfit(f"expected a property of a range, but found {name}")


def filtered(builder: FeelBuilder, node: syntax.Filter) -> Run:
    container, condition = builder.build(node.container), builder.build(node.condition)
    size, position = syntax.size(node.condition), node.position

    def run(frame: Frame) -> object:
        value = container(frame)
        items = value if isinstance(value, list) else [] if value is None else [value]
        kept: list[object] = []
        for number, item in enumerate(items):
            frame.evaluation.budget.spend(size)
            result = condition(_within(item, frame))
            if number == 0 and isinstance(result, Decimal):
                return indexed(frame, items, result)
            if result is True:
                kept.append(item)
        if not items and isinstance(index := _of_nothing(condition, frame), Decimal):
            return indexed(frame, items, index)
        return kept

    def indexed(frame: Frame, items: list[object], index: Decimal) -> object:
        try:
            return item_at(items, index)
        except Unfit as reason:
            return builder.unfit(frame, reason, position)

    return run


def item_at(items: list[object], index: Decimal) -> object:
    """The item at a position from 1, or from -1 backwards. Raises Unfit where there is none."""
    number = whole(index, "an index")
    if 1 <= number <= len(items):
        return items[number - 1]
    if -len(items) <= number <= -1:
        return items[number]
    raise Unfit(f"expected an index up to {len(items)}, but found {number}")


def _within(item: object, frame: Frame) -> Frame:
    """The frame of a condition: a context's entries hide `item`."""
    asked = frame.child({ITEM: item})
    return asked.child(item) if isinstance(item, dict) else asked


def _of_nothing(condition: Run, frame: Frame) -> object:
    """The condition where there is no item: it may be an index; what it lacks is no one's fault."""
    warned = len(frame.evaluation.warnings)
    result = condition(frame)
    del frame.evaluation.warnings[warned:]
    return result
