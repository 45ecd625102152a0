"""Constants, brackets, lists, contexts and ranges (grammar rules 5 to 8, 33 to 39, 59 to 66)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING

from engine.feel import temporal
from engine.feel.errors import Unfit
from engine.feel.grammar.names import read_label
from engine.feel.syntax import ContextLiteral, ListLiteral, Literal, Node, RangeLiteral

if TYPE_CHECKING:
    from engine.feel.grammar.parser import Parser

COMPARISON = 3
"""How strongly comparisons bind; what is compared binds stronger."""

_ORDER = ("<", "<=", ">", ">=")


def read_constant(parser: Parser) -> Node:
    """A number, a string, or `@"…"`."""
    token = parser.take()
    if token.kind != "at":
        return Literal(token.start, token.value)
    try:
        return Literal(token.start, temporal.parse_literal(str(token.value)))
    except Unfit as unfit:
        reason = str(unfit)
        raise parser.error(reason[:1].upper() + reason[1:], token.start) from None


def _read_round(parser: Parser) -> Node:
    """`(expression)`, a range that does not include its start, or `(< end)`."""
    start = parser.take().start
    if parser.token.kind == "sign" and parser.token.value in (*_ORDER, "="):
        half = read_half_range(parser)
        parser.expect_sign(")")
        return half
    first = parser.expression()
    if parser.takes_sign(".."):
        return read_range_end(parser, start, first, start_included=False)
    parser.expect_sign(")")
    return first


def read_half_range(parser: Parser) -> RangeLiteral:
    """`< end` and the like as a range; `= x` is the range of that one value."""
    token = parser.take()
    return half_range(token.start, str(token.value), parser.expression(COMPARISON))


def half_range(position: int, operator: str, end: Node) -> RangeLiteral:
    """The range of the values of which `operator end` is true; there is none for `!=`."""
    match operator:
        case "<" | "<=":
            return RangeLiteral(position, None, end, False, operator == "<=")
        case ">" | ">=":
            return RangeLiteral(position, end, None, operator == ">=", False)
    return RangeLiteral(position, end, end, True, True)


def _read_square(parser: Parser) -> Node:
    """A list, or a range that includes its start."""
    start = parser.take().start
    if parser.takes_sign("]"):
        return ListLiteral(start, ())
    first = _read_item(parser)
    if parser.takes_sign(".."):
        return read_range_end(parser, start, first, start_included=True)
    items = [first]
    while parser.takes_sign(","):
        items.append(_read_item(parser))
    parser.expect_sign("]")
    return ListLiteral(start, tuple(items))


def _read_item(parser: Parser) -> Node:
    if parser.token.kind == "sign" and parser.token.value in _ORDER:
        return read_half_range(parser)
    return parser.expression()


def _read_closed(parser: Parser) -> Node:
    """`]start..end`: another way to write that the start is not included."""
    if parser.ends_at(parser.token):
        raise parser.expected("a value")
    start = parser.take().start
    first = parser.expression()
    parser.expect_sign("..")
    return read_range_end(parser, start, first, start_included=False)


def read_range_end(parser: Parser, start: int, first: Node, *, start_included: bool) -> Node:
    """The end and its bracket. `[1..a[` closes there, `[1..a[1]]` has an end with a filter."""
    end = parser.expression(may_close=True)
    return RangeLiteral(start, first, end, start_included, _read_closing(parser))


def _read_closing(parser: Parser) -> bool:
    if parser.takes_sign("]"):
        return True
    if parser.takes_sign(")") or parser.takes_sign("["):
        return False
    raise parser.expected("']', ')' or '[' to close the range")


def _read_context(parser: Parser) -> Node:
    """`{name: value, "any text": value}`; a value sees the entries before it."""
    start = parser.take().start
    entries: dict[str, Node] = {}
    with ExitStack() as seen:
        while not parser.token.is_sign("}"):
            if entries:
                parser.expect_sign(",")
            position = parser.token.start
            name = _read_key(parser)
            if name in entries:
                raise parser.error(f"Expected entry {name!r} once", position)
            parser.expect_sign(":")
            entries[name] = parser.expression()
            seen.enter_context(parser.names.bound((name,)))
        parser.take()
    return ContextLiteral(start, tuple(entries), tuple(entries.values()))


def _read_key(parser: Parser) -> str:
    if parser.token.kind == "string":
        return str(parser.take().value)
    label = read_label(parser.lexer, parser.position)
    if label is None:
        raise parser.expected("the name of an entry")
    name, parser.position = label
    return name


READERS: Mapping[str, Callable[[Parser], Node]] = {
    "(": _read_round,
    "[": _read_square,
    "]": _read_closed,
    "{": _read_context,
}
"""Sign → what begins with it."""
