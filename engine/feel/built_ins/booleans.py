"""not, all and any: logic of three values, null is unknown (DMN 1.5, 10.3.4.2 and 10.3.4.4)."""

from __future__ import annotations

from engine.feel.built_ins import arguments
from engine.feel.built_ins.registry import built_in
from engine.feel.errors import Unfit


@built_in("not", "negand")
def negation(negand: object) -> bool | None:
    value = arguments.single(negand)
    return None if value is None else not arguments.flag(value, "negand")


@built_in("all", "list")
def every(values: object) -> bool | None:
    """False wins; of no items, true."""
    return _decided(arguments.items(values, "list"), by=False)


@built_in("all", "*items")
def every_item(values: list[object]) -> bool | None:
    return every(_some(values))


@built_in("any", "list")
def some(values: object) -> bool | None:
    """True wins; of no items, false."""
    return _decided(arguments.items(values, "list"), by=True)


@built_in("any", "*items")
def some_item(values: list[object]) -> bool | None:
    return some(_some(values))


def _decided(items: list[object], *, by: bool) -> bool | None:
    """The deciding value where an item is it, else null where one is null, else its opposite."""
    if any(item is by for item in items):
        return by
    for item in items:
        if item is not None and not isinstance(item, bool):
            raise arguments.unfit("booleans", item, "list")
    return None if None in items else not by


def _some(values: list[object]) -> list[object]:
    if not values:
        raise Unfit("expected at least one argument")
    return values
