"""The tree of a pattern."""

from __future__ import annotations

from dataclasses import dataclass

from engine.feel.patterns.ranges import Ranges


@dataclass(frozen=True, slots=True)
class Characters:
    """One character out of a set."""

    allowed: Ranges


@dataclass(frozen=True, slots=True)
class Start:
    """`^`: the start of the text, or of any of its lines."""

    of_lines: bool


@dataclass(frozen=True, slots=True)
class End:
    """`$`: the end of the text, or of any of its lines."""

    of_lines: bool


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other; no parts: the empty text."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first option with which the whole matches."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`body` between `least` and `most` times (None: without end)."""

    body: Node
    least: int
    most: int | None
    is_greedy: bool


@dataclass(frozen=True, slots=True)
class Group:
    """`(…)`: what it matched is kept by its number, counted from 1."""

    number: int
    body: Node


@dataclass(frozen=True, slots=True)
class BackReference:
    """The text that a group matched, once more; the empty text where it matched nothing."""

    number: int
    ignores_case: bool


Node = Characters | Start | End | Sequence | Choice | Repeat | Group | BackReference


@dataclass(frozen=True, slots=True)
class Tree:
    """A whole pattern: `groups` is the number of its `(…)`."""

    root: Node
    groups: int
