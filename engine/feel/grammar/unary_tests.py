"""Unary tests: a cell of a table, and what stands after `in` (grammar rules 7, 13 to 17)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.feel.grammar import literals
from engine.feel.syntax import Comparison, Matching, Node, Test, UnaryTests

if TYPE_CHECKING:
    from engine.feel.grammar.parser import Parser

_OPERATORS = ("<", "<=", ">", ">=", "=", "!=")
_CONTINUATIONS = (".", "[", "(", "+", "-", "*", "/", "**")


def read_tests(parser: Parser) -> UnaryTests:
    """`-`, `test, test`, or `not(test, test)`. An empty text is `-`."""
    start = parser.token.start
    if parser.token.kind == "end":
        return UnaryTests(start, False, ())
    if parser.token.is_sign("-") and parser.lexer.token(parser.token.end).kind == "end":
        parser.take()
        return UnaryTests(start, False, ())
    negated = _read_negated(parser)
    if negated is not None:
        return negated
    return UnaryTests(start, False, _read_list(parser))


def _read_negated(parser: Parser) -> UnaryTests | None:
    """`not(…)` where nothing follows it; `not(a) and b` is an expression."""
    token = parser.token
    if not token.is_word("not") or not parser.lexer.token(token.end).is_sign("("):
        return None
    begin = parser.position
    parser.take()
    parser.take()
    tests = _read_list(parser)
    if parser.takes_sign(")") and parser.token.kind == "end":
        return UnaryTests(token.start, True, tests)
    parser.position = begin
    return None


def read_tests_of_in(parser: Parser) -> tuple[Test, ...]:
    """One test, or several in brackets. A `?` in them is the value that they test."""
    inputs = parser.inputs
    tests = _read_bracket(parser) if parser.token.is_sign("(") else (_read_test(parser),)
    parser.inputs = inputs
    return tests


def _read_bracket(parser: Parser) -> tuple[Test, ...]:
    """`(test, test)`, or one test that begins with a bracket, such as `(1..5]` and `(a).b`."""
    inputs, start = parser.inputs, parser.take().start
    tests = _read_list(parser)
    first = tests[0]
    if len(tests) == 1 and isinstance(first, Matching) and parser.takes_sign(".."):
        value = literals.read_range_end(parser, start, first.value, start_included=False)
        return (_matching(parser, parser.continued(value, literals.COMPARISON), inputs),)
    parser.expect_sign(")")
    if len(tests) == 1 and _goes_on(parser):
        value = parser.continued(_value(first), literals.COMPARISON)
        return (_matching(parser, value, inputs),)
    return tests


def _goes_on(parser: Parser) -> bool:
    """Whether the bracket that was closed belongs to a longer value, such as `(a).b`."""
    return parser.token.kind == "sign" and parser.token.value in _CONTINUATIONS


def _value(test: Comparison | Matching) -> Node:
    """What a test in brackets is where it turns out to be a value: `(< 5).end`."""
    if isinstance(test, Comparison):
        return literals.half_range(test.position, test.operator, test.operand)
    return test.value


def _matching(parser: Parser, value: Node, inputs: int) -> Matching:
    return Matching(value.position, value, parser.inputs > inputs)


def _read_list(parser: Parser) -> tuple[Comparison | Matching, ...]:
    tests = [_read_test(parser, 0)]
    while parser.takes_sign(","):
        tests.append(_read_test(parser, 0))
    return tuple(tests)


def _read_test(parser: Parser, weakest: int = literals.COMPARISON) -> Comparison | Matching:
    token, inputs = parser.token, parser.inputs
    if token.kind == "sign" and token.value in _OPERATORS:
        parser.take()
        operand = parser.expression(literals.COMPARISON)
        return Comparison(token.start, str(token.value), operand)
    value = parser.expression(weakest)
    return Matching(token.start, value, parser.inputs > inputs)
