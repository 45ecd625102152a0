"""Whether a result is what was expected: strictly, by values, with the path to the difference."""

from __future__ import annotations

from decimal import Decimal, localcontext

from engine.feel.values import kind

NEARLY = Decimal("1e-8")
"""By how much a number may differ: what the kit's reference runner allows."""

DOUBLE = Decimal("1e-14")
"""What a number may differ by for each unit of its size: some results are written as doubles."""

_DIGITS = 60
_SHOWN = 200


def difference(expected: object, actual: object, path: str = "") -> str | None:
    """A sentence that says where the values differ, or None when they are the same.

    null is only null; strings are the same to the character, lists in order, contexts by their
    members; dates, times and durations are of the same kind and have the same parts, zones too.
    """
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return None if _nearly(expected, actual) else _differ(expected, actual, path)
    if type(expected) is not type(actual):
        return _differ(expected, actual, path)
    if isinstance(expected, list) and isinstance(actual, list):
        return _difference_of_lists(expected, actual, path)
    if isinstance(expected, dict) and isinstance(actual, dict):
        return _difference_of_contexts(expected, actual, path)
    return None if expected == actual else _differ(expected, actual, path)


def shown(value: object) -> str:
    """A value for people: its kind, and what it is, shortened."""
    if value is None:
        return "null"
    text = f"{kind(value)} {_plain(value)}"
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."


def _plain(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(_plain(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}: {_plain(member)}' for name, member in value.items())}}}"
    return repr(value) if isinstance(value, str) else str(value)


def _nearly(expected: Decimal, actual: Decimal) -> bool:
    with localcontext() as context:
        context.prec = _DIGITS
        return abs(expected - actual) <= max(NEARLY, DOUBLE * abs(expected))


def _difference_of_lists(expected: list[object], actual: list[object], path: str) -> str | None:
    if len(expected) != len(actual):
        found = f"expected {len(expected)} items, but found {len(actual)}"
        return f"at {path}: {found}" if path else found
    pairs = zip(expected, actual, strict=True)
    found_differences = (
        difference(one, other, f"{path}[{number}]")
        for number, (one, other) in enumerate(pairs, start=1)
    )
    return next((found for found in found_differences if found), None)


def _difference_of_contexts(
    expected: dict[str, object], actual: dict[str, object], path: str
) -> str | None:
    if expected.keys() != actual.keys():
        missing = ", ".join(sorted(expected.keys() - actual.keys())) or "none"
        surplus = ", ".join(sorted(actual.keys() - expected.keys())) or "none"
        found = f"members missing: {missing}; not expected: {surplus}"
        return f"at {path}: {found}" if path else found
    found_differences = (
        difference(value, actual[name], f"{path}.{name}") for name, value in expected.items()
    )
    return next((found for found in found_differences if found), None)


def _differ(expected: object, actual: object, path: str) -> str:
    place = f"at {path}: " if path else ""
    return f"{place}expected {shown(expected)}, but found {shown(actual)}"
