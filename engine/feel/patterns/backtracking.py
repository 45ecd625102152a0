"""Patterns that are not regular, by trying one way after the other, within counted steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.feel.errors import LimitReached
from engine.feel.patterns.characters import case_variants
from engine.feel.patterns.effort import Steps
from engine.feel.patterns.linear import Span
from engine.feel.patterns.program import (
    AtEnd,
    AtStart,
    Enter,
    Fork,
    Found,
    Instruction,
    Jump,
    Keep,
    Loop,
    Program,
    Round,
    Same,
    Take,
)

_WAYS = 200_000
"""Ways that are still open, and changes of registers that may be taken back."""

_TURN = 1_024
"""Steps that are counted at a time."""


@dataclass(frozen=True, slots=True)
class BacktrackingMatcher:
    program: Program

    def spans(self, text: str) -> Iterator[tuple[Span, ...]]:
        """The matches in a text, each with its groups; (-1, -1) for one without a match.

        Raises LimitReached.
        """
        steps = Steps()
        at = 0
        while at <= len(text):
            registers = _Run(self.program, text, steps).match(at)
            if registers is None:
                at += 1
                continue
            spans = tuple(
                [
                    (registers[2 * number], registers[2 * number + 1])
                    for number in range(self.program.groups + 1)
                ]
            )
            yield spans
            at = max(spans[0][1], at + 1)


class _Run:
    """One attempt to match from one place on."""

    def __init__(self, program: Program, text: str, steps: Steps) -> None:
        self._program = program
        self._text = text
        self._steps = steps
        self._registers = [-1] * program.registers
        self._ways: list[tuple[int, int, int]] = []
        """Instruction, place in the text, and how many changes were made by then."""
        self._changes: list[tuple[int, int]] = []
        """Register and what it held."""

    def match(self, at: int) -> list[int] | None:
        """The registers of the first way that leads to the end of the program."""
        instructions = self._program.instructions
        number = 0
        taken = 0
        while True:
            taken += 1
            if taken == _TURN:
                self._check(taken)
                taken = 0
            instruction = instructions[number]
            if isinstance(instruction, Found):
                self._check(taken)
                return self._registers
            way = self._step(instruction, number, at)
            if way is None:
                if not self._ways:
                    self._check(taken)
                    return None
                way = self._back()
            number, at = way

    def _step(self, instruction: Instruction, number: int, at: int) -> tuple[int, int] | None:
        """The next instruction and place; None where this way ends."""
        text = self._text
        if isinstance(instruction, Take):
            return (number + 1, at + 1) if at < len(text) and instruction.test(text[at]) else None
        if isinstance(instruction, Loop):
            return self._loop(instruction, number, at)
        if isinstance(instruction, Round):
            self._set(instruction.counter, self._registers[instruction.counter] + 1)
            self._set(instruction.counter + 1, at)
        elif isinstance(instruction, Jump):
            return instruction.target, at
        elif isinstance(instruction, Fork):
            self._ways.append((instruction.target, at, len(self._changes)))
        elif isinstance(instruction, Keep):
            self._set(instruction.register, at)
        elif isinstance(instruction, Enter):
            self._set(instruction.counter, 0)
        elif isinstance(instruction, Same):
            return self._same(instruction, number, at)
        elif isinstance(instruction, AtStart):
            return (number + 1, at) if self._is_start(instruction, at) else None
        elif isinstance(instruction, AtEnd):
            return (number + 1, at) if self._is_end(instruction, at) else None
        return number + 1, at

    def _loop(self, loop: Loop, number: int, at: int) -> tuple[int, int]:
        """After a round that took nothing there is no other: it would take nothing again."""
        rounds = self._registers[loop.counter]
        if rounds and self._registers[loop.counter + 1] == at:
            return loop.exit, at
        if rounds < loop.least:
            return number + 1, at
        if loop.most is not None and rounds >= loop.most:
            return loop.exit, at
        first, second = number + 1, loop.exit
        if not loop.is_greedy:
            first, second = second, first
        self._ways.append((second, at, len(self._changes)))
        return first, at

    def _same(self, instruction: Same, number: int, at: int) -> tuple[int, int] | None:
        start = self._registers[instruction.register]
        end = self._registers[instruction.register + 1]
        if end < start or start < 0:
            return number + 1, at
        self._check(end - start)
        wanted = self._text[start:end]
        found = self._text[at : at + len(wanted)]
        if found == wanted or (instruction.ignores_case and _equal_but_case(wanted, found)):
            return number + 1, at + len(wanted)
        return None

    def _is_start(self, instruction: AtStart, at: int) -> bool:
        if at == 0:
            return True
        return instruction.of_lines and at < len(self._text) and self._text[at - 1] == "\n"

    def _is_end(self, instruction: AtEnd, at: int) -> bool:
        if at == len(self._text):
            return True
        return instruction.of_lines and self._text[at] == "\n"

    def _set(self, register: int, value: int) -> None:
        if self._ways:
            self._changes.append((register, self._registers[register]))
        self._registers[register] = value

    def _back(self) -> tuple[int, int]:
        number, at, changes = self._ways.pop()
        while len(self._changes) > changes:
            register, value = self._changes.pop()
            self._registers[register] = value
        return number, at

    def _check(self, steps: int) -> None:
        self._steps.spend(steps)
        if len(self._ways) + len(self._changes) > _WAYS:
            raise LimitReached("open ways of a regular expression", _WAYS)


def _equal_but_case(one: str, other: str) -> bool:
    return len(one) == len(other) and all(
        first == second or second in case_variants(first)
        for first, second in zip(one, other, strict=True)
    )
