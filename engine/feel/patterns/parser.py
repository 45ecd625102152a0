"""Reads a pattern: XML Schema's syntax with the additions of XPath and XQuery.

Sources: XML Schema part 2 (1.1), appendix G; XPath and XQuery Functions and Operators 3.1, 5.6.1
(`^`, `$`, reluctant quantifiers, groups that are not kept, back-references).
"""

from __future__ import annotations

from engine.feel import limits
from engine.feel.errors import LimitReached, Unfit
from engine.feel.patterns import characters, ranges
from engine.feel.patterns.flags import Flags
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

PATTERN_LENGTH = 8_192
"""Characters of a pattern."""

CLASS_RANGES = 50_000
"""Ranges of characters in all classes of a pattern together; `\\w` has about 700."""

_MOST_COUNT = 10**9
"""Longer than any text: a higher count says nothing else."""

_SPACE = frozenset("\t\n\r ")
_SPECIAL = frozenset("\\|.?*+(){}[]^$")
_ESCAPED = {letter: letter for letter in "\\|.?*+(){}-[]^$"} | {"n": "\n", "r": "\r", "t": "\t"}
_QUANTIFIERS: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}


def read_pattern(pattern: str, flags: Flags) -> Tree:
    """Raises Unfit where the pattern is invalid, LimitReached where it is too large."""
    if len(pattern) > PATTERN_LENGTH:
        raise LimitReached("characters in a pattern", PATTERN_LENGTH)
    if flags.is_plain:
        return Tree(Sequence(tuple([_plain(character, flags) for character in pattern])), 0)
    if flags.ignores_space:
        pattern = _without_space(pattern)
    return _Parser(pattern, flags).read()


def _plain(character: str, flags: Flags) -> Characters:
    return Characters(_single(ord(character), flags.ignores_case))


def _single(code_point: int, ignores_case: bool) -> Ranges:
    allowed: Ranges = ((code_point, code_point),)
    return characters.with_case_variants(allowed) if ignores_case else allowed


def _without_space(pattern: str) -> str:
    """The flag `x`: white space goes, also after a backslash, but not within brackets."""
    kept = []
    depth = 0
    is_escaped = False
    for character in pattern:
        if character in _SPACE and not depth:
            continue
        kept.append(character)
        if is_escaped:
            is_escaped = False
        elif character == "\\":
            is_escaped = True
        elif character == "[":
            depth += 1
        elif character == "]" and depth:
            depth -= 1
    return "".join(kept)


class _Parser:
    def __init__(self, text: str, flags: Flags) -> None:
        self._text = text
        self._flags = flags
        self._at = 0
        self._depth = 0
        self._groups = 0
        self._open_groups: set[int] = set()
        self._class_ranges = 0

    def read(self) -> Tree:
        root = self._choice()
        if self._at < len(self._text):
            raise self._unfit("an end of the pattern")
        return Tree(root, self._groups)

    def _choice(self) -> Node:
        options = [self._sequence()]
        while self._take("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Node:
        parts = []
        while self._peek() not in ("", "|", ")"):
            parts.append(self._repeated(self._atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self, atom: Node) -> Node:
        sign = self._peek()
        if sign in _QUANTIFIERS:
            self._at += 1
            least, most = _QUANTIFIERS[sign]
        elif sign == "{":
            self._at += 1
            least, most = self._counts()
        else:
            return atom
        return Repeat(atom, least, most, is_greedy=not self._take("?"))

    def _counts(self) -> tuple[int, int | None]:
        least = self._count()
        most: int | None = least
        if self._take(","):
            most = None if self._peek() == "}" else self._count()
        self._expect("}")
        if most is not None and most < least:
            raise Unfit(f"expected counts in order in a pattern, but found {{{least},{most}}}")
        return least, most

    def _count(self) -> int:
        start = self._at
        while self._peek() in tuple("0123456789"):
            self._at += 1
        digits = self._text[start : self._at].lstrip("0")
        if start == self._at:
            raise self._unfit("a count")
        return int(digits or "0") if len(digits) < 10 else _MOST_COUNT

    def _atom(self) -> Node:
        character = self._peek()
        if character == "(":
            return self._group()
        if character == "[":
            self._at += 1
            return self._characters(self._class())
        if character == "\\":
            return self._escape()
        if character not in _SPECIAL:
            self._at += 1
            return _plain(character, self._flags)
        if character not in (".", "^", "$"):
            raise self._unfit("a character or a group")
        self._at += 1
        if character == "^":
            return Start(self._flags.lines)
        if character == "$":
            return End(self._flags.lines)
        return Characters(
            ranges.ALL if self._flags.dot_is_any else characters.NEITHER_LINE_END,
        )

    def _group(self) -> Node:
        self._enter()
        self._expect("(")
        if self._take("?"):
            self._expect(":")
            node = self._choice()
        else:
            self._groups += 1
            number = self._groups
            self._open_groups.add(number)
            node = Group(number, self._choice())
            self._open_groups.remove(number)
        self._expect(")")
        self._depth -= 1
        return node

    def _escape(self) -> Node:
        letter = self._text[self._at + 1 : self._at + 2]
        if letter in tuple("123456789"):
            self._at += 1
            return self._back_reference()
        escaped = self._escaped_characters()
        if isinstance(escaped, str):
            return _plain(escaped, self._flags)
        return self._characters(escaped)

    def _escaped_characters(self) -> str | Ranges:
        """After `\\`: one character by itself, or the set that a letter stands for."""
        self._expect("\\")
        letter = self._peek()
        if letter in _ESCAPED:
            self._at += 1
            return _ESCAPED[letter]
        if letter in ("p", "P"):
            self._at += 1
            return self._property(is_negated=letter == "P")
        found = characters.shorthand(letter) if letter else None
        if found is None:
            raise self._unfit("an escape that patterns have")
        self._at += 1
        return found

    def _property(self, is_negated: bool) -> Ranges:
        self._expect("{")
        end = self._text.find("}", self._at)
        name = self._text[self._at : end] if end >= 0 else ""
        found = characters.named(name)
        if found is None:
            raise self._unfit("a category or a block of Unicode")
        self._at = end + 1
        return ranges.complement(found) if is_negated else found

    def _back_reference(self) -> Node:
        """The longest number that a group before it has, but at least one digit."""
        number = int(self._text[self._at])
        self._at += 1
        while self._peek() in tuple("0123456789"):
            longer = number * 10 + int(self._peek())
            if longer > self._groups:
                break
            number = longer
            self._at += 1
        if number > self._groups or number in self._open_groups:
            raise Unfit(f"expected a group before \\{number} in a pattern, but found none")
        return BackReference(number, self._flags.ignores_case)

    def _class(self) -> Ranges:
        """What is between `[` and `]`: parts, and a class that is taken away from them."""
        self._enter()
        is_negated = self._take("^")
        parts: list[tuple[int, int]] = []
        plain: list[tuple[int, int]] = []
        removed = ranges.NONE
        is_empty = True
        while is_empty or self._peek() != "]":
            if not is_empty and self._text.startswith("-[", self._at):
                self._at += 2
                removed = self._class()
                break
            part, is_plain = self._class_part()
            (plain if is_plain else parts).extend(part)
            self._count_ranges(part)
            is_empty = False
        self._expect("]")
        self._depth -= 1
        allowed = ranges.joined((*parts, *self._any_case(ranges.joined(plain))))
        if is_negated:
            allowed = ranges.complement(allowed)
        return ranges.without(allowed, removed) if removed else allowed

    def _class_part(self) -> tuple[Ranges, bool]:
        """And whether it is a character or a range, to which the flag `i` applies."""
        first = self._class_character()
        if not isinstance(first, str):
            return first, False
        last = first
        if self._peek() == "-" and self._text[self._at + 1 : self._at + 2] not in ("[", "]", ""):
            self._at += 1
            end = self._class_character()
            if not isinstance(end, str) or end < first:
                raise Unfit(f"expected a range of characters after {first!r} in a pattern")
            last = end
        return ((ord(first), ord(last)),), True

    def _any_case(self, allowed: Ranges) -> Ranges:
        return characters.with_case_variants(allowed) if self._flags.ignores_case else allowed

    def _class_character(self) -> str | Ranges:
        character = self._peek()
        if character == "\\":
            return self._escaped_characters()
        if character in ("", "[", "]"):
            raise self._unfit("a character of a class")
        self._at += 1
        return character

    def _characters(self, allowed: Ranges) -> Characters:
        self._count_ranges(allowed)
        return Characters(allowed)

    def _count_ranges(self, allowed: Ranges) -> None:
        self._class_ranges += len(allowed)
        if self._class_ranges > CLASS_RANGES:
            raise LimitReached("ranges of characters in a pattern", CLASS_RANGES)

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > limits.NESTING:
            raise LimitReached("groups within each other in a pattern", limits.NESTING)

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self, character: str) -> bool:
        if self._peek() != character:
            return False
        self._at += 1
        return True

    def _expect(self, character: str) -> None:
        if not self._take(character):
            raise self._unfit(repr(character))

    def _unfit(self, expected: str) -> Unfit:
        found = self._text[self._at : self._at + 10]
        shown = repr(found) if found else "its end"
        return Unfit(
            f"expected {expected} at character {self._at + 1} of a pattern, but found {shown}"
        )
