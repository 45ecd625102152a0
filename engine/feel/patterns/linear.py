"""Patterns by RE2: in time that grows with the text and no faster.

The tree is written in RE2's syntax, each class as its ranges. Not everything can be written so:
back-references, counts above RE2's own limit, programs beyond its memory, and `^` of lines in a
text that ends with a line feed (RE2 sees one more line there). `backtracking` takes these.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch
from typing import Any

import re2

from engine.feel.errors import LimitReached
from engine.feel.patterns.effort import Stopwatch, measured
from engine.feel.patterns.ranges import Ranges
from engine.feel.patterns.syntax import (
    BackReference,
    Characters,
    Choice,
    End,
    Group,
    Node,
    Repeat,
    Sequence,
    Start,
    Tree,
)

Span = tuple[int, int]

_MOST_COUNT = 1_000
"""RE2's limit of counts, those within each other multiplied."""

_MEMORY = 1 << 20

_WORK = 100_000_000
"""Characters of the pattern (repeated ones as often) times those of the text: about a second."""


class NotLinear(Exception):
    """RE2 has no program for this pattern."""


@dataclass(frozen=True, slots=True)
class LinearMatcher:
    """A pattern as RE2's program. `width`: how many places in it can be reached at one time."""

    program: Any
    width: int

    def spans(self, text: str) -> Iterator[tuple[Span, ...]]:
        """The matches in a text, each with its groups; (-1, -1) for one without a match.

        Raises LimitReached.
        """
        if self.width * len(text) > _WORK:
            raise LimitReached("characters of a pattern times those of its text", _WORK)
        watch = Stopwatch()
        groups = range(self.program.groups + 1)
        for found in self.program.finditer(text):
            watch.check()
            yield tuple([found.span(number) for number in groups])
        watch.check()


def linear_matcher(tree: Tree, keeps_groups: bool) -> LinearMatcher:
    """Without its groups a pattern is found faster. Raises NotLinear, LimitReached."""
    with measured():
        writer = _Writer(keeps_groups)
        writer.write(tree.root, 1)
        try:
            program = re2.compile("".join(writer.text), _options())
        except re2.error:
            raise NotLinear from None
    return LinearMatcher(program, writer.width)


def _options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    return options


class _Writer:
    def __init__(self, keeps_groups: bool) -> None:
        self.keeps_groups = keeps_groups
        self.text: list[str] = []
        self.width = 0

    def write(self, node: Node, copies: int) -> None:
        """`copies`: how often the counts around this node repeat it."""
        _write(node, self, copies)


@singledispatch
def _write(node: Node, writer: _Writer, copies: int) -> None:
    """Appends the node in RE2's syntax, as one item that a count may follow."""
    raise NotImplementedError(type(node).__name__)


@_write.register
def _(node: Characters, writer: _Writer, copies: int) -> None:
    writer.width += copies
    writer.text.append(_class_text(node.allowed))


@_write.register
def _(node: Start, writer: _Writer, copies: int) -> None:
    writer.text.append("(?m:^)" if node.of_lines else r"(?:\A)")


@_write.register
def _(node: End, writer: _Writer, copies: int) -> None:
    writer.text.append("(?m:$)" if node.of_lines else r"(?:\z)")


@_write.register
def _(node: Sequence, writer: _Writer, copies: int) -> None:
    writer.text.append("(?:")
    for part in node.parts:
        writer.write(part, copies)
    writer.text.append(")")


@_write.register
def _(node: Choice, writer: _Writer, copies: int) -> None:
    writer.text.append("(?:")
    for number, option in enumerate(node.options):
        if number:
            writer.text.append("|")
        writer.write(option, copies)
    writer.text.append(")")


@_write.register
def _(node: Group, writer: _Writer, copies: int) -> None:
    writer.text.append("(" if writer.keeps_groups else "(?:")
    writer.write(node.body, copies)
    writer.text.append(")")


@_write.register
def _(node: Repeat, writer: _Writer, copies: int) -> None:
    copies *= max(1, node.least if node.most is None else node.most)
    if copies > _MOST_COUNT:
        raise NotLinear
    writer.text.append("(?:")
    writer.write(node.body, copies)
    writer.text.append(f"{_quantifier(node)}{'' if node.is_greedy else '?'})")


@_write.register
def _(node: BackReference, writer: _Writer, copies: int) -> None:
    raise NotLinear


def _quantifier(node: Repeat) -> str:
    if node.most is None:
        return {0: "*", 1: "+"}.get(node.least, f"{{{node.least},}}")
    return f"{{{node.least},{node.most}}}"


def _class_text(allowed: Ranges) -> str:
    if not allowed:
        return r"[^\x{0}-\x{10ffff}]"
    return f"[{''.join([_range_text(first, last) for first, last in allowed])}]"


def _range_text(first: int, last: int) -> str:
    return rf"\x{{{first:x}}}" if first == last else rf"\x{{{first:x}}}-\x{{{last:x}}}"
