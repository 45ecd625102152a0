"""Functions and methods that every expression has. What needs the engine, the engine gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from engine.feel.errors import Unfit
from engine.feel.juel import values
from engine.feel.juel.values import kind, plain, sized


def append(items: object, *added: object) -> object:
    """A new list with the items added at its end; null counts as an empty list."""
    return sized([*_items(items), *added])


def concatenate(*lists: object) -> object:
    """One new list of the items of all lists; null counts as an empty list."""
    joined: list[object] = []
    for each in lists:
        joined.extend(_items(each))
        sized(joined)
    return joined


def string(value: object) -> object:
    """The value as text; null is the empty text."""
    return values.text(value)


def number(value: object) -> object:
    """A number, or the number that a string spells: "12" is an int, "12.5" a decimal."""
    if values.is_number(value):
        return value
    if not isinstance(value, str):
        raise Unfit(f"expected a number or a string, but found {kind(value)}")
    spelled = value.strip()
    if len(spelled) > 40 or not spelled.isascii() or "_" in spelled:
        raise Unfit(f"expected a string that spells a number, but found {spelled[:40]!r}")
    try:
        return sized(int(spelled))
    except ValueError:
        try:
            return sized(float(spelled))
        except ValueError:
            raise Unfit(f"expected a string that spells a number, but found {value!r}") from None


def count(items: object) -> object:
    """How many items a list has; null has none."""
    return len(_items(items))


def contains(container: object, wanted: object) -> object:
    """Whether a list has the item, a string the piece, a mapping the key; null has nothing."""
    if container is None:
        return False
    if isinstance(container, str):
        if not isinstance(wanted, str):
            raise Unfit(f"expected a string to look for, but found {kind(wanted)}")
        return wanted in container
    if isinstance(container, list):
        return any(values.equal(each, wanted) for each in container)
    if isinstance(container, Mapping):
        return isinstance(wanted, str) and wanted in container
    raise Unfit(f"expected a list or a string, but found {kind(container)}")


def iso_date(value: object) -> object:
    """The ISO date (`2026-01-31`) of an ISO date or date-time string, as it is written there."""
    if not isinstance(value, str):
        raise Unfit(f"expected a string with a date, but found {kind(value)}")
    try:
        return datetime.fromisoformat(value.strip()).date().isoformat()
    except ValueError:
        raise Unfit(f"expected an ISO date, but found {value[:40]!r}") from None


def _items(value: object) -> list[object]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise Unfit(f"expected a list, but found {kind(value)}")
    return value


FUNCTIONS: Mapping[str, Callable[..., object]] = {
    "append": append,
    "concatenate": concatenate,
    "string": string,
    "number": number,
    "count": count,
    "contains": contains,
    "date": iso_date,
}


def _of_string(function: Callable[[str], object]) -> Callable[..., object]:
    def method(receiver: object) -> object:
        if not isinstance(receiver, str):
            raise Unfit(f"expected a string before the method, but found {kind(receiver)}")
        return sized(function(receiver))

    return method


def _of_strings(function: Callable[[str, str], object]) -> Callable[..., object]:
    def method(receiver: object, argument: object) -> object:
        if not isinstance(receiver, str) or not isinstance(argument, str):
            raise Unfit(f"expected two strings, but found {kind(receiver)} and {kind(argument)}")
        return function(receiver, argument)

    return method


def _size(receiver: object) -> object:
    if not isinstance(receiver, (str, list, Mapping)):
        raise Unfit(f"expected a list, mapping or string, but found {kind(receiver)}")
    return len(receiver)


def _is_empty(receiver: object) -> object:
    return _size(receiver) == 0


def _contains(receiver: object, wanted: object) -> object:
    if not isinstance(receiver, (str, list)):
        raise Unfit(f"expected a list or a string, but found {kind(receiver)}")
    return contains(receiver, wanted)


def _equals(receiver: object, other: object) -> object:
    if receiver is None:
        raise Unfit("expected a value before the method, but found null")
    return values.equal(receiver, other)


def _get(receiver: object, key: object) -> object:
    if receiver is None:
        raise Unfit("expected a mapping or a list before the method, but found null")
    return plain(values.item(receiver, key))


METHODS: Mapping[str, tuple[int, Callable[..., object]]] = {
    "contains": (1, _contains),
    "equals": (1, _equals),
    "startsWith": (1, _of_strings(str.startswith)),
    "endsWith": (1, _of_strings(str.endswith)),
    "size": (0, _size),
    "isEmpty": (0, _is_empty),
    "length": (0, _of_string(len)),
    "toLowerCase": (0, _of_string(str.lower)),
    "toUpperCase": (0, _of_string(str.upper)),
    "get": (1, _get),
}
"""Method → (number of arguments, function of the receiver and the arguments)."""
