"""What can be named at a place of a model, and how FEEL texts are compiled there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias, TypeVar

from engine.dmn.model import Element, LiteralExpression, Text
from engine.dmn.places import in_words
from engine.dmn.problems import Problem, Wording
from engine.feel.errors import ExpressionSyntaxError, excerpt
from engine.feel.feel import (
    FeelExpression,
    FeelUnaryTests,
    Frame,
    parse_domain,
    parse_expression,
    parse_unary_tests,
)
from engine.feel.types import ANY, FeelType

Run: TypeAlias = Callable[[Frame], object]
"""A compiled expression: from the values of the names in scope to its own."""

Parsed = TypeVar("Parsed", FeelExpression, FeelUnaryTests)

RULE = "feel-syntax"

_FIRST_WORD = re.compile(r"\w*")

SYNTAX = Wording(
    en="Expected FEEL in {what} of {owner}, but: {reason}, at character {character} of {text}",
    ru="Ожидалось выражение FEEL в «{owner}» ({what}), но: {reason}, знак {character} в {text}",
    kk="«{owner}» ішінде ({what}) FEEL өрнегі күтілді, бірақ: {reason}, {text} ішіндегі "
    "{character}-таңба",
)


@dataclass(frozen=True)
class Scope:
    """The names at one place of a model.

    `owner` is the name of the decision or function for messages. `variables` are the names that
    have a value, with their types; `member_names` are names that only occur after a dot, but need
    to be known as they hold signs or keywords. `named_types` are the item definitions by the name
    that a `type_ref` uses; `problems` collects what is wrong, for all scopes of a compilation.
    `place` is where in the owner this is, "" for all of it. `owner_id` is the owner's id, which
    problems name. `reads` collects the names that texts read and that no scope around them has,
    `may_read` those that may be members of items instead.
    """

    owner: str
    variables: Mapping[str, FeelType]
    member_names: frozenset[str] = frozenset()
    named_types: Mapping[str, FeelType] = field(default_factory=dict)
    find_type: Callable[[str | None], FeelType] = lambda _: ANY
    problems: list[Problem] = field(default_factory=list)
    place: str = ""
    owner_id: str | None = None
    reads: dict[str, None] = field(default_factory=dict)
    may_read: dict[str, None] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Every name that FEEL texts can use here."""
        return self.member_names | self.variables.keys()

    def names_in(self, text: str) -> list[str]:
        """The names that can occur in a text: the parser is told no others, to be quick."""
        return [name for name, first in self._first_words if first in text]

    @cached_property
    def _first_words(self) -> list[tuple[str, str]]:
        return [
            (name, "".join(_FIRST_WORD.findall(name)[:1]))
            for name in self.member_names | self.variables.keys()
        ]

    def within(self, variables: Mapping[str, FeelType]) -> Scope:
        """The scope with more names; those that are there already are hidden."""
        return replace(self, variables={**self.variables, **variables})

    def of_items(self) -> Scope:
        """The scope of a condition of items: names there may be members."""
        return replace(self.within({"item": ANY}), reads=self.may_read)

    def at(self, place: str) -> Scope:
        """The scope of a part of the owner, which messages name before what stands in it."""
        return replace(self, place=place)

    def expression(self, source: Text | LiteralExpression, what: str) -> FeelExpression | None:
        """The compiled text. None where it is no FEEL: the problem is reported then.

        `what` names the place within the owner, for messages: "rule 3, output 1".
        """
        try:
            return self._noted(
                parse_expression(source.text, self.names_in(source.text), self.named_types)
            )
        except ExpressionSyntaxError as error:
            self._report_syntax(source, what, error)
            return None

    def domain(self, source: LiteralExpression, what: str) -> FeelExpression | None:
        """What an iteration goes through, compiled; None as with `expression`."""
        try:
            return self._noted(
                parse_domain(source.text, self.names_in(source.text), self.named_types)
            )
        except ExpressionSyntaxError as error:
            self._report_syntax(source, what, error)
            return None

    def unary_tests(
        self, source: Text, what: str, input_name: str | None = None
    ) -> FeelUnaryTests | None:
        """The compiled tests; None as with `expression`. `input_name` is another name of `?`,
        where it is none of the scope."""
        names, other = self.names_in(source.text), self.other_input_name(input_name)
        try:
            return self._noted(parse_unary_tests(source.text, names, self.named_types, other))
        except ExpressionSyntaxError as error:
            self._report_syntax(source, what, error)
            return None

    def other_input_name(self, name: str | None) -> str | None:
        """The name under which cells read `?` too; None where the scope has it for something."""
        return None if name in self.variables else name

    def _noted(self, parsed: Parsed) -> Parsed:
        for found, names in (
            (self.reads, parsed.names),
            (self.may_read, parsed.possible_names),
        ):
            found.update((name, None) for name in names if name not in self.variables)
        return parsed

    def report(self, rule: str, wording: Wording, element: Element, **details: object) -> None:
        """Adds a problem. `owner` is among the details; a detail `what` is a place."""
        filled = {"owner": self.owner, **details}
        if "what" in filled:
            filled["what"] = in_words(str(filled["what"]))
        messages = wording.fill(filled)
        self.problems.append(
            Problem(
                self.owner_id or element.id, element.line, rule, "error", messages["en"], messages
            )
        )

    def _report_syntax(
        self, source: Text | LiteralExpression, what: str, error: ExpressionSyntaxError
    ) -> None:
        whole = f"{self.place}, {what}" if self.place else what
        shown, character = excerpt(source.text, error.position)
        details = {"reason": error.reason, "text": repr(shown), "character": character}
        self.report(RULE, SYNTAX, source, what=whole, **details)


def nothing(_: Frame) -> object:
    """The run of an expression that is not there, or can't be read: null."""
    return None
