"""Regular expressions of FEEL: those of XPath and XQuery (DMN 1.5, 10.3.4.3).

Sources: XPath and XQuery Functions and Operators 3.1, 5.6; XML Schema part 2, appendix G. None of
them can hold up the server: RE2 runs what is regular, our own matcher counts its steps.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.feel import limits
from engine.feel.errors import Unfit
from engine.feel.patterns.linear import Span
from engine.feel.patterns.pattern import Pattern, compile_pattern
from engine.feel.patterns.replacing import Parts, read_replacement, written

__all__ = ["matches", "replace", "split"]


def matches(text: str, pattern: str, flags: str = "") -> bool:
    """Whether any part of the text matches. Raises Unfit, LimitReached."""
    return compile_pattern(pattern, flags).is_found(text)


def replace(text: str, pattern: str, replacement: str, flags: str = "") -> str:
    """The text with the replacement for each match.

    Raises Unfit for an invalid pattern or replacement and for a pattern that matches the empty
    text; LimitReached.
    """
    compiled = compile_pattern(pattern, flags)
    if compiled.flags.is_plain:
        parts: Parts = [replacement] if replacement else []
    else:
        parts = read_replacement(replacement, compiled.groups)
    _check_takes_something(compiled)
    pieces: list[str] = []
    length = 0
    end = 0
    needs_groups = any(isinstance(part, int) and part for part in parts)
    found = compiled.spans_with_groups(text) if needs_groups else _alone(compiled, text)
    for spans in found:
        start = spans[0][0]
        pieces += [text[end:start], written(parts, text, spans)]
        length += start - end + len(pieces[-1])
        limits.check_string_length(length)
        end = spans[0][1]
    pieces.append(text[end:])
    limits.check_string_length(length + len(pieces[-1]))
    return "".join(pieces)


def split(text: str, delimiter: str) -> list[str]:
    """The parts of a text between matches of a pattern, empty ones too.

    Raises Unfit for an invalid pattern and for one that matches the empty text; LimitReached.
    """
    compiled = compile_pattern(delimiter, "")
    _check_takes_something(compiled)
    parts: list[str] = []
    end = 0
    for start, next_end in compiled.spans(text):
        parts.append(text[end:start])
        limits.check_list_length(len(parts) + 1)
        end = next_end
    parts.append(text[end:])
    return parts


def _alone(pattern: Pattern, text: str) -> Iterator[tuple[Span, ...]]:
    return ((span,) for span in pattern.spans(text))


def _check_takes_something(pattern: Pattern) -> None:
    if pattern.matches_nothing:
        raise Unfit("expected a pattern that takes characters, but found one of the empty text")
