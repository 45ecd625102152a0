"""Tokens to a tree, by precedence climbing (Pratt).

Precedence as in the Unified Expression Language (JSR 341, section 1.15): `[] . ()`, then
`- ! not empty`, `* / % div mod`, `+ -`, `< > <= >=`, `== !=`, `&&`, `||`, `?:`.
"""

from __future__ import annotations

from engine.feel import limits, syntax
from engine.feel.errors import ExpressionSyntaxError
from engine.feel.juel.builder import method_operator
from engine.feel.juel.functions import METHODS
from engine.feel.juel.tokens import RESERVED, WORDS, Token
from engine.feel.syntax import Node

_CONSTANTS: dict[str, object] = {"true": True, "false": False, "null": None}
_BINDING = {
    "?": 1,
    "||": 2,
    "&&": 3,
    "==": 4,
    "!=": 4,
    "<": 5,
    "<=": 5,
    ">": 5,
    ">=": 5,
    "+": 6,
    "-": 6,
    "*": 7,
    "/": 7,
    "%": 7,
}
_PREFIX = 8
_PREFIXES = {"-": "negate", "!": "!", "empty": "empty"}
_LOGIC = {"&&": "and", "||": "or"}


class Parser:
    """Reads one expression. `text` is used for messages only."""

    def __init__(self, tokens: list[Token], text: str) -> None:
        self._tokens = tokens
        self._text = text
        self._next = 0
        self._nesting = 0

    def parse(self) -> Node:
        """The tree of the whole text. Raises ExpressionSyntaxError."""
        tree = self._expression(0)
        if self._token.kind != "end":
            raise self._expected("an operator or the end")
        for node, height in syntax.descendants(tree):
            if height > limits.HEIGHT:
                raise self._error(
                    f"Expected at most {limits.HEIGHT} operators in a chain", node.position
                )
        return tree

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    @property
    def _operator(self) -> str | None:
        token = self._token
        if token.kind == "operator":
            return str(token.value)
        if token.kind == "name":
            return WORDS.get(str(token.value))
        return None

    def _take(self) -> Token:
        token = self._token
        self._next += 1
        return token

    def _expect(self, operator: str) -> None:
        if self._token.kind != "operator" or self._token.value != operator:
            raise self._expected(repr(operator))
        self._next += 1

    def _expected(self, what: str) -> ExpressionSyntaxError:
        return self._error(
            f"Expected {what}, but found {self._token.shown()}", self._token.position
        )

    def _error(self, reason: str, position: int) -> ExpressionSyntaxError:
        return ExpressionSyntaxError(reason, self._text, position)

    def _expression(self, weakest: int) -> Node:
        self._nesting += 1
        if self._nesting > limits.NESTING:
            raise self._error(
                f"Expected at most {limits.NESTING} levels of nesting", self._token.position
            )
        left = self._operand()
        while (binding := _BINDING.get(self._operator or "", 0)) > weakest:
            left = self._infix(left, binding)
        self._nesting -= 1
        return left

    def _infix(self, left: Node, binding: int) -> Node:
        operator = self._operator or ""
        position = self._take().position
        if operator == "?":
            then = self._expression(0)
            self._expect(":")
            return syntax.If(position, left, then, self._expression(binding - 1))
        right = self._expression(binding)
        if operator in _LOGIC:
            return syntax.Logic(position, _LOGIC[operator], left, right)
        return syntax.Operation(position, operator, (left, right))

    def _operand(self) -> Node:
        operator = _PREFIXES.get(self._operator or "")
        if operator is not None:
            position = self._take().position
            return syntax.Operation(position, operator, (self._expression(_PREFIX),))
        return self._postfix(self._primary())

    def _primary(self) -> Node:
        token = self._token
        if token.kind in ("number", "string"):
            self._next += 1
            return syntax.Literal(token.position, token.value)
        if token.kind == "name":
            return self._name()
        if token.value == "(" and token.kind == "operator":
            self._next += 1
            inner = self._expression(0)
            self._expect(")")
            return inner
        if token.value == "[" and token.kind == "operator":
            self._next += 1
            return syntax.ListLiteral(token.position, self._arguments("]"))
        raise self._expected("a value")

    def _name(self) -> Node:
        token = self._token
        name = str(token.value)
        if name in _CONSTANTS:
            self._next += 1
            return syntax.Literal(token.position, _CONSTANTS[name])
        if name in RESERVED:
            raise self._expected("a value")
        self._next += 1
        if self._operator == "(":
            self._next += 1
            function = syntax.Name(token.position, name)
            return syntax.Call(token.position, function, self._arguments(")"))
        return syntax.Name(token.position, name)

    def _postfix(self, node: Node) -> Node:
        while self._operator in (".", "["):
            position = self._token.position
            if self._take().value == "[":
                node = syntax.Operation(position, "item", (node, self._expression(0)))
                self._expect("]")
            else:
                node = self._member(node, position)
        return node

    def _member(self, node: Node, position: int) -> Node:
        if self._token.kind != "name":
            raise self._expected("a name after '.'")
        member = self._take()
        name = str(member.value)
        if self._operator != "(":
            key = syntax.Literal(member.position, name)
            return syntax.Operation(position, "item", (node, key))
        if name not in METHODS:
            raise self._error(
                f"Expected one of the methods {', '.join(sorted(METHODS))}, but found {name!r}",
                member.position,
            )
        self._next += 1
        arguments = self._arguments(")")
        wanted = METHODS[name][0]
        if len(arguments) != wanted:
            raise self._error(
                f"Expected {name} to have {wanted} argument(s), but found {len(arguments)}",
                member.position,
            )
        return syntax.Operation(member.position, method_operator(name), (node, *arguments))

    def _arguments(self, closing: str) -> tuple[Node, ...]:
        arguments: list[Node] = []
        if self._operator != closing:
            arguments.append(self._expression(0))
            while self._operator == ",":
                self._next += 1
                arguments.append(self._expression(0))
        self._expect(closing)
        return tuple(arguments)
