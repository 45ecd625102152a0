"""A pattern as a program for our own matcher: what RE2 can't run."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatch

from engine.feel.patterns import ranges
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

_FEW = 256
"""Code points of a class up to which it is a set of characters."""


@dataclass(slots=True)
class Take:
    """One character that passes the test."""

    test: Callable[[str], bool]


@dataclass(slots=True)
class AtStart:
    of_lines: bool


@dataclass(slots=True)
class AtEnd:
    of_lines: bool


@dataclass(slots=True)
class Keep:
    """The place in the text goes to a register."""

    register: int


@dataclass(slots=True)
class Same:
    """The text between two registers, once more."""

    register: int
    ignores_case: bool


@dataclass(slots=True)
class Jump:
    target: int


@dataclass(slots=True)
class Fork:
    """First the next instruction, then the target."""

    target: int


@dataclass(slots=True)
class Enter:
    """A loop begins: no rounds yet."""

    counter: int


@dataclass(slots=True)
class Loop:
    """Another round (the next instruction but one) or on behind the loop (`exit`).

    The counter's register is followed by the one with the place where the round began.
    """

    counter: int
    least: int
    most: int | None
    is_greedy: bool
    exit: int


@dataclass(slots=True)
class Round:
    """A round of a loop begins."""

    counter: int


@dataclass(slots=True)
class Found:
    """The end of the program."""


Instruction = Take | AtStart | AtEnd | Keep | Same | Jump | Fork | Enter | Loop | Round | Found


@dataclass(frozen=True, slots=True)
class Program:
    """Registers 2n and 2n + 1 hold start and end of group n (0: the match), others count."""

    instructions: tuple[Instruction, ...]
    registers: int
    groups: int


def compiled(tree: Tree) -> Program:
    writer = _Writer(2 * (tree.groups + 1))
    _write(Group(0, tree.root), writer)
    writer.instructions.append(Found())
    return Program(tuple(writer.instructions), writer.registers, tree.groups)


class _Writer:
    def __init__(self, registers: int) -> None:
        self.instructions: list[Instruction] = []
        self.registers = registers


@singledispatch
def _write(node: Node, writer: _Writer) -> None:
    raise NotImplementedError(type(node).__name__)


@_write.register
def _(node: Characters, writer: _Writer) -> None:
    writer.instructions.append(Take(_test(node.allowed)))


@_write.register
def _(node: Start, writer: _Writer) -> None:
    writer.instructions.append(AtStart(node.of_lines))


@_write.register
def _(node: End, writer: _Writer) -> None:
    writer.instructions.append(AtEnd(node.of_lines))


@_write.register
def _(node: BackReference, writer: _Writer) -> None:
    writer.instructions.append(Same(2 * node.number, node.ignores_case))


@_write.register
def _(node: Sequence, writer: _Writer) -> None:
    for part in node.parts:
        _write(part, writer)


@_write.register
def _(node: Group, writer: _Writer) -> None:
    writer.instructions.append(Keep(2 * node.number))
    _write(node.body, writer)
    writer.instructions.append(Keep(2 * node.number + 1))


@_write.register
def _(node: Choice, writer: _Writer) -> None:
    jumps = []
    for option in node.options[:-1]:
        fork = Fork(0)
        writer.instructions.append(fork)
        _write(option, writer)
        jump = Jump(0)
        jumps.append(jump)
        writer.instructions.append(jump)
        fork.target = len(writer.instructions)
    _write(node.options[-1], writer)
    for jump in jumps:
        jump.target = len(writer.instructions)


@_write.register
def _(node: Repeat, writer: _Writer) -> None:
    counter = writer.registers
    writer.registers += 2
    writer.instructions.append(Enter(counter))
    loop = Loop(counter, node.least, node.most, node.is_greedy, 0)
    start = len(writer.instructions)
    writer.instructions.append(loop)
    writer.instructions.append(Round(counter))
    _write(node.body, writer)
    writer.instructions.append(Jump(start))
    loop.exit = len(writer.instructions)


def _test(allowed: Ranges) -> Callable[[str], bool]:
    if ranges.size(allowed) <= _FEW:
        few = frozenset(chr(code) for first, last in allowed for code in range(first, last + 1))
        return few.__contains__
    firsts = [first for first, _ in allowed]
    lasts = [last for _, last in allowed]

    def is_allowed(character: str) -> bool:
        code = ord(character)
        index = bisect_right(firsts, code) - 1
        return index >= 0 and code <= lasts[index]

    return is_allowed
