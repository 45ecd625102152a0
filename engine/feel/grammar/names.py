"""Which words make one name: the longest name in scope, else words up to a keyword or sign."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache

from engine.feel.grammar.lexer import PART, WORD, Lexer

KEYWORDS = frozenset(
    {
        *("true", "false", "null", "if", "then", "else", "for", "in", "return", "some", "every"),
        *("satisfies", "and", "or", "between", "instance", "function", "external"),
    }
)
"""Words that end a name no one has declared."""

_WORDS = re.compile(rf"{WORD}(?:\s+{WORD})*")
_WORD = re.compile(WORD)
_LABEL = re.compile(r"(?:[^:,(){}\[\]\"<>=/]|/(?![/*]))+")
_PIECE = re.compile(rf"\s*({PART.pattern}+|\S)")
_MOST_PIECES = 64
"""Words and signs of the longest name that is known as one."""


def normalized(name: str) -> str:
    """The name with single spaces."""
    return " ".join(name.split())


def read_label(lexer: Lexer, start: int) -> tuple[str, int] | None:
    """The name written before a `:`, `,` or `)`, signs and spaces in it, and the position after.

    For places where only a name can stand: keys of contexts, parameters, named arguments.
    """
    begin = lexer.after_space(start)
    match = _LABEL.match(lexer.text, begin)
    if match is None or _WORD.match(match.group()) is None:
        return None
    return normalized(match.group()), match.end()


@dataclass(slots=True)
class _Step:
    """Where the pieces of names lead, one after the other; `names` in scope that end here."""

    following: dict[str, _Step] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)


class Names:
    """The names in scope while a text is parsed: given ones, and those it introduces itself.

    A name of nothing but words is read as a run of words anyway, and not kept; one that begins
    with a keyword is.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._first = _Step()
        for name in names:
            self._add(normalized(name))

    @contextmanager
    def bound(self, names: Iterable[str]) -> Iterator[None]:
        """Within this, the names are in scope as well."""
        added = [normalized(name) for name in names]
        steps = [self._add(name) for name in added]
        try:
            yield
        finally:
            for step in reversed(steps):
                if step is not None:
                    step.names.pop()

    def read(self, lexer: Lexer, start: int) -> tuple[str, int]:
        """The name that begins at a word, and the position after it."""
        run = _run(lexer.text, start)
        known = self.known(lexer, start)
        if known is not None and known[1] >= run[1]:
            return known
        return run

    def known(self, lexer: Lexer, start: int) -> tuple[str, int] | None:
        """The longest name that is kept and begins there, and the position after it."""
        step, longest, position = self._first, None, start
        while step.following:
            piece = _PIECE.match(lexer.text, position)
            following = step.following.get(piece[1]) if piece is not None else None
            if piece is None or following is None:
                break
            step, position = following, piece.end()
            if step.names:
                longest = step.names[-1], position
        return longest

    def _add(self, name: str) -> _Step | None:
        """Where the name ends; None for one that need not be kept."""
        pieces = _pieces(name)
        if not pieces:
            return None
        step = self._first
        for piece in pieces:
            step = step.following.setdefault(piece, _Step())
        step.names.append(name)
        return step


@lru_cache(maxsize=4096)
def _pieces(name: str) -> tuple[str, ...]:
    """The words and signs of a name that has to be kept, none of one that need not."""
    pieces = tuple(_PIECE.findall(name))
    if not 1 < len(pieces) <= _MOST_PIECES:
        return ()
    if pieces[0] not in KEYWORDS and _run(name, 0) == (name, len(name)):
        return ()
    return pieces


def _run(text: str, start: int) -> tuple[str, int]:
    """The words from a position up to a sign, or a keyword that is not the first of them."""
    match = _WORDS.match(text, start)
    end = match.end() if match else start
    words: list[str] = []
    last = start
    for word in _WORD.finditer(text, start, end):
        if words and word.group() in KEYWORDS:
            break
        words.append(word.group())
        last = word.end()
    return " ".join(words), last
