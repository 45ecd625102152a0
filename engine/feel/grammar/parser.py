"""Tokens to a tree: operators by precedence climbing (Pratt), and what stands between them.

Precedence from weak to strong (grammar rules 1 to 4 and 51): `or`, `and`, comparisons with
`between`, `in` and `instance of`, `+ -`, `* /`, `**`, the minus sign, and `. [ (`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from engine.feel import limits
from engine.feel.errors import ExpressionSyntaxError
from engine.feel.grammar import forms, literals, unary_tests
from engine.feel.grammar.lexer import Lexer, Token
from engine.feel.grammar.names import KEYWORDS, Names, normalized, read_label
from engine.feel.grammar.type_names import TypeReader
from engine.feel.syntax import (
    INPUT,
    Call,
    Filter,
    In,
    InstanceOf,
    Logic,
    Name,
    NamedCall,
    Node,
    Operation,
    Path,
    UnaryTests,
    descendants,
)
from engine.feel.types import FeelType

_SIGNS = {
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">="), literals.COMPARISON),
    **dict.fromkeys(("+", "-"), 4),
    **dict.fromkeys(("*", "/"), 5),
    "**": 6,
}
_WORDS = {"or": 1, "and": 2, **dict.fromkeys(("between", "in", "instance"), literals.COMPARISON)}
_MINUS = 7
_BEGINNINGS = frozenset({"(", "[", "{", "-"})
_CONTINUATIONS = frozenset(
    {"then", "else", "in", "return", "satisfies", "and", "or", "between", "instance"}
)


class Parser:
    """Reads one text. `names` are those in scope, `types` the named types of a model; `input_name`
    is another name of `?`."""

    def __init__(
        self,
        text: str,
        names: Collection[str],
        types: Mapping[str, FeelType],
        input_name: str | None = None,
    ) -> None:
        self.text = text
        self.lexer = Lexer(text)
        self.names = Names(names)
        self.position = 0
        self._types = TypeReader(self.lexer, types)
        self._input_name = input_name
        self.nesting = 0
        self.inputs = 0
        """How often `?` was read."""

    def parse(self) -> Node:
        """The tree of the whole text. Raises ExpressionSyntaxError."""
        tree = self.expression()
        self._finish(tree)
        return tree

    def parse_domain(self) -> Node:
        """The tree of what an iteration goes through: an expression, or `start..end`, which may go
        downwards (grammar rule 45). Raises ExpressionSyntaxError."""
        tree = forms.read_domain(self)
        self._finish(tree)
        return tree

    def parse_tests(self) -> UnaryTests:
        """The tree of a text of unary tests. Raises ExpressionSyntaxError."""
        tree = unary_tests.read_tests(self)
        self._finish(tree)
        return tree

    def _finish(self, tree: Node | UnaryTests) -> None:
        if self.token.kind != "end":
            raise self.expected("an operator or the end")
        for node, height in descendants(tree):
            if height > limits.HEIGHT:
                raise self.error(
                    f"Expected at most {limits.HEIGHT} operators in a chain", node.position
                )

    @property
    def token(self) -> Token:
        """The token to read next."""
        return self.lexer.token(self.position)

    def take(self) -> Token:
        token = self.token
        self.position = token.end
        return token

    def takes_sign(self, sign: str) -> bool:
        """Whether the sign is next; if so it is taken."""
        if self.token.is_sign(sign):
            self.take()
            return True
        return False

    def expect_sign(self, sign: str) -> Token:
        if not self.token.is_sign(sign):
            raise self.expected(repr(sign))
        return self.take()

    def expect_word(self, word: str) -> Token:
        if not self.token.is_word(word):
            raise self.expected(repr(word))
        return self.take()

    def expected(self, what: str) -> ExpressionSyntaxError:
        return self.error(f"Expected {what}, but found {self.token.shown()}", self.token.start)

    def error(self, reason: str, position: int) -> ExpressionSyntaxError:
        return ExpressionSyntaxError(reason, self.text, position)

    def type(self) -> FeelType:
        found, self.position = self._types.read(self.position)
        return found

    def expression(self, weakest: int = 0, *, may_close: bool = False) -> Node:
        """An expression of operators that bind stronger than `weakest`.

        With `may_close` a `[` after it may close a range instead of being a filter.
        """
        self.nesting += 1
        if self.nesting > limits.NESTING:
            raise self.error(
                f"Expected at most {limits.NESTING} levels of nesting", self.token.start
            )
        left = self._operators(self._operand(may_close), weakest, may_close)
        self.nesting -= 1
        return left

    def continued(self, value: Node, weakest: int) -> Node:
        """The expression that begins with a value which is read already."""
        return self._operators(self._postfix(value, False), weakest, False)

    def _operators(self, left: Node, weakest: int, may_close: bool) -> Node:
        while (binding := self._binding()) > weakest:
            left = self._infix(left, binding, may_close)
        return left

    def _binding(self) -> int:
        token = self.token
        if token.kind == "sign":
            return _SIGNS.get(str(token.value), 0)
        if token.kind == "word":
            return _WORDS.get(str(token.value), 0)
        return 0

    def _infix(self, left: Node, binding: int, may_close: bool) -> Node:
        token = self.take()
        match token.value:
            case "or" | "and":
                right = self.expression(binding, may_close=may_close)
                return Logic(token.start, str(token.value), left, right)
            case "between":
                return self._between(token, left)
            case "in":
                return In(token.start, left, unary_tests.read_tests_of_in(self))
            case "instance":
                self.expect_word("of")
                return InstanceOf(token.start, left, self.type())
        right = self.expression(binding, may_close=may_close)
        return Operation(token.start, str(token.value), (left, right))

    def _between(self, token: Token, value: Node) -> Node:
        low = self.expression(literals.COMPARISON)
        self.expect_word("and")
        high = self.expression(literals.COMPARISON)
        return Operation(token.start, "between", (value, low, high))

    def _operand(self, may_close: bool) -> Node:
        token = self.token
        if token.is_sign("-"):
            self.take()
            operand = self.expression(_MINUS - 1, may_close=may_close)
            return Operation(token.start, "negate", (operand,))
        return self._postfix(self._primary(), may_close)

    def _primary(self) -> Node:
        token = self.token
        if token.kind in ("number", "string", "at"):
            return literals.read_constant(self)
        if token.kind == "word":
            return forms.read_form(self) or self._name()
        if token.kind == "sign":
            read = literals.READERS.get(str(token.value))
            if read is not None:
                return read(self)
        raise self.expected("a value")

    def _name(self) -> Node:
        start = self.token.start
        if self.token.value in KEYWORDS:
            found = self.names.known(self.lexer, start)
        else:
            found = self.names.read(self.lexer, start)
        if found is None:
            raise self.expected("a value")
        name, self.position = found
        if name == self._input_name:
            name = INPUT
        self.inputs += name == INPUT
        return Name(start, name)

    def _postfix(self, node: Node, may_close: bool) -> Node:
        while True:
            token = self.token
            if token.is_sign("."):
                self.take()
                node = Path(token.start, node, self._member())
            elif token.is_sign("(") and _can_be_called(node):
                node = self._call(node)
            elif token.is_sign("[") and not (may_close and self.ends_at(token)):
                self.take()
                node = Filter(token.start, node, self.expression())
                self.expect_sign("]")
            else:
                return node

    def ends_at(self, bracket: Token) -> bool:
        """Whether a bracket can only close something: what follows it begins no value."""
        following = self.lexer.token(bracket.end)
        if following.kind == "sign":
            return following.value not in _BEGINNINGS
        return following.kind == "end" or following.value in _CONTINUATIONS

    def _member(self) -> str:
        if self.token.kind != "word":
            raise self.expected("a name after '.'")
        name, self.position = self.names.read(self.lexer, self.token.start)
        return normalized(name)

    def _call(self, function: Node) -> Node:
        start = self.expect_sign("(").start
        if self.takes_sign(")"):
            return Call(start, function, ())
        if self._argument_label() is not None:
            return self._named_call(start, function)
        arguments = [self.expression()]
        while self.takes_sign(","):
            arguments.append(self.expression())
        self.expect_sign(")")
        return Call(start, function, tuple(arguments))

    def _named_call(self, start: int, function: Node) -> Node:
        names: list[str] = []
        arguments: list[Node] = []
        while True:
            label = self._argument_label()
            if label is None:
                raise self.expected("the name of an argument and ':'")
            if label[0] in names:
                raise self.error(f"Expected argument {label[0]!r} once", self.token.start)
            name, self.position = label
            self.expect_sign(":")
            names.append(name)
            arguments.append(self.expression())
            if not self.takes_sign(","):
                self.expect_sign(")")
                return NamedCall(start, function, tuple(names), tuple(arguments))

    def _argument_label(self) -> tuple[str, int] | None:
        label = read_label(self.lexer, self.position)
        if label is None or not self.lexer.token(label[1]).is_sign(":"):
            return None
        return label


def _can_be_called(node: Node) -> bool:
    """`f(…)`, `a.f(…)`, `f(…)(…)`, `(function…)(…)` – but not `(a + b)(…)`."""
    return not isinstance(node, (Operation, Logic))
