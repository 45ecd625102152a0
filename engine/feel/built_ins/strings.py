"""Functions over strings (DMN 1.5, 10.3.4.3). Characters are Unicode code points."""

from __future__ import annotations

from decimal import Decimal

from engine.feel import limits, patterns
from engine.feel.built_ins import arguments
from engine.feel.built_ins.registry import built_in
from engine.feel.errors import Unfit
from engine.feel.numbers import write_number
from engine.feel.values import kind


@built_in("substring", "string", "start position", "length?")
def substring(string: object, start: object, length: object = None) -> object:
    """Positions count from 1, from the end with -1; fractions of them don't count."""
    text = arguments.text(string, "string")
    position = arguments.number(start, "start position")
    if not 1 <= abs(position) < len(text) + 1:
        raise Unfit(
            f"expected a start position within {len(text)} character(s), "
            f"but found {write_number(position)}"
        )
    first = int(position) - 1 if position > 0 else len(text) + int(position)
    if length is None:
        return text[first:]
    taken = arguments.number(length, "length")
    if taken < 1:
        raise Unfit(f"expected a length of at least 1, but found {write_number(taken)}")
    return text[first : first + int(min(taken, Decimal(len(text))))]


@built_in("string length", "string")
def string_length(string: object) -> object:
    return Decimal(len(arguments.text(string, "string")))


@built_in("upper case", "string")
def upper_case(string: object) -> object:
    return limits.sized(arguments.text(string, "string").upper())


@built_in("lower case", "string")
def lower_case(string: object) -> object:
    return limits.sized(arguments.text(string, "string").lower())


@built_in("substring before", "string", "match")
def substring_before(string: object, match: object) -> object:
    """What precedes the first occurrence; the empty string where there is none."""
    before, found, _ = _parted(string, match)
    return before if found else ""


@built_in("substring after", "string", "match")
def substring_after(string: object, match: object) -> object:
    """What follows the first occurrence; the empty string where there is none."""
    return _parted(string, match)[2]


@built_in("contains", "string", "match")
def contains(string: object, match: object) -> object:
    return arguments.text(match, "match") in arguments.text(string, "string")


@built_in("starts with", "string", "match")
def starts_with(string: object, match: object) -> object:
    return arguments.text(string, "string").startswith(arguments.text(match, "match"))


@built_in("ends with", "string", "match")
def ends_with(string: object, match: object) -> object:
    return arguments.text(string, "string").endswith(arguments.text(match, "match"))


@built_in("matches", "input", "pattern", "flags?")
def matches(string: object, pattern: object, flags: object = None) -> object:
    """Whether any part of the input matches the regular expression."""
    return patterns.matches(
        arguments.text(string, "input"), arguments.text(pattern, "pattern"), _flags(flags)
    )


@built_in("replace", "input", "pattern", "replacement", "flags?")
def replace(string: object, pattern: object, replacement: object, flags: object = None) -> object:
    """The input with each match of the regular expression replaced."""
    return patterns.replace(
        arguments.text(string, "input"),
        arguments.text(pattern, "pattern"),
        arguments.text(replacement, "replacement"),
        _flags(flags),
    )


@built_in("split", "string", "delimiter")
def split(string: object, delimiter: object) -> object:
    """The parts of the string between matches of the regular expression."""
    return patterns.split(arguments.text(string, "string"), arguments.text(delimiter, "delimiter"))


@built_in("string join", "list", "delimiter?")
def string_join(strings: object, delimiter: object = None) -> object:
    """The strings of a list in one, the delimiter between them; null is left out."""
    between = "" if delimiter is None else arguments.text(delimiter, "delimiter")
    parts = []
    for item in arguments.items(strings, "list"):
        if isinstance(item, str):
            parts.append(item)
        elif item is not None:
            raise Unfit(f"expected a list of strings, but found {kind(item)} in it")
    length = sum(map(len, parts)) + len(between) * max(0, len(parts) - 1)
    limits.check_string_length(length)
    return between.join(parts)


def _parted(string: object, match: object) -> tuple[str, bool, str]:
    """What precedes and follows the first occurrence, and whether there is one."""
    text = arguments.text(string, "string")
    searched = arguments.text(match, "match")
    at = text.find(searched)
    if at < 0:
        return "", False, ""
    return text[:at], True, text[at + len(searched) :]


def _flags(flags: object) -> str:
    return "" if flags is None else arguments.text(flags, "flags")
