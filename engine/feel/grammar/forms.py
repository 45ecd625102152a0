"""What begins with a keyword: `if`, `for`, `some`, `every`, `function`, and the constants."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from engine.feel.grammar.names import normalized, read_label
from engine.feel.syntax import (
    INPUT,
    For,
    FunctionLiteral,
    If,
    Iteration,
    Literal,
    Name,
    Node,
    Quantified,
)
from engine.feel.types import FeelType

if TYPE_CHECKING:
    from engine.feel.grammar.parser import Parser

PARTIAL = "partial"
"""In the result of `for`: the results so far (DMN 1.5, 10.3.2.14)."""

_SIGNS_IN_NAMES = frozenset("./-+*")
_CONSTANTS: dict[str, object] = {"true": True, "false": False, "null": None}


def read_form(parser: Parser) -> Node | None:
    """The expression that the next word begins; None where the word is no keyword for one."""
    token = parser.token
    word = str(token.value)
    if word in _CONSTANTS:
        parser.take()
        return Literal(token.start, _CONSTANTS[word])
    match word:
        case "if":
            return _read_if(parser)
        case "for":
            return _read_for(parser)
        case "some" | "every":
            return _read_quantified(parser)
        case "function":
            return _read_function(parser)
    return None


def _read_if(parser: Parser) -> Node:
    start = parser.take().start
    condition = parser.expression()
    parser.expect_word("then")
    then = parser.expression()
    parser.expect_word("else")
    return If(start, condition, then, parser.expression())


def _read_for(parser: Parser) -> Node:
    start = parser.take().start
    with ExitStack() as bound:
        iterations = _read_iterations(parser, bound)
        parser.expect_word("return")
        bound.enter_context(parser.names.bound((PARTIAL,)))
        return For(start, iterations, parser.expression())


def _read_quantified(parser: Parser) -> Node:
    token = parser.take()
    with ExitStack() as bound:
        iterations = _read_iterations(parser, bound)
        parser.expect_word("satisfies")
        is_every = token.value == "every"
        return Quantified(token.start, is_every, iterations, parser.expression())


def _read_iterations(parser: Parser, bound: ExitStack) -> tuple[Iteration, ...]:
    """`name in domain, …`; a domain sees the names before it."""
    iterations: list[Iteration] = []
    while not iterations or parser.takes_sign(","):
        token = parser.token
        if token.kind != "word":
            raise parser.expected("a name")
        name, parser.position = _iteration_name(parser)
        parser.expect_word("in")
        domain = parser.expression()
        end = parser.expression() if parser.takes_sign("..") else None
        iterations.append(Iteration(token.start, name, domain, end))
        bound.enter_context(parser.names.bound((name,)))
    return tuple(iterations)


def read_domain(parser: Parser) -> Node:
    """An expression; `start..end` is read as the list of what lies between."""
    start = parser.token.start
    domain = parser.expression()
    if not parser.takes_sign(".."):
        return domain
    iteration = Iteration(start, INPUT, domain, parser.expression())
    return For(start, (iteration,), Name(start, INPUT))


def _iteration_name(parser: Parser) -> tuple[str, int]:
    """The words, numbers and signs before the keyword `in`."""
    start = parser.token.start
    token = parser.token
    end = token.end
    while (token := parser.lexer.token(end)).kind in ("word", "number") or (
        token.kind == "sign" and token.value in _SIGNS_IN_NAMES
    ):
        if token.is_word("in"):
            break
        end = token.end
    return normalized(parser.text[start:end]), end


def _read_function(parser: Parser) -> Node:
    start = parser.take().start
    parser.expect_sign("(")
    parameters, types = _read_parameters(parser)
    if parser.token.is_word("external"):
        parser.take()
        with parser.names.bound(parameters):
            parser.expression()
        return FunctionLiteral(start, parameters, types, None)
    with parser.names.bound(parameters):
        return FunctionLiteral(start, parameters, types, parser.expression())


def _read_parameters(parser: Parser) -> tuple[tuple[str, ...], tuple[FeelType | None, ...]]:
    """`a, b: type)`."""
    names: list[str] = []
    types: list[FeelType | None] = []
    while not parser.takes_sign(")"):
        if names:
            parser.expect_sign(",")
        label = read_label(parser.lexer, parser.position)
        if label is None:
            raise parser.expected("the name of a parameter")
        if label[0] in names:
            raise parser.error(f"Expected parameter {label[0]!r} once", parser.token.start)
        name, parser.position = label
        names.append(name)
        types.append(parser.type() if parser.takes_sign(":") else None)
    return tuple(names), tuple(types)
