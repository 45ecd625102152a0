"""A compiled pattern: finds its matches by RE2, or by our own matcher where RE2 can't."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache

from engine.feel.patterns.backtracking import BacktrackingMatcher
from engine.feel.patterns.effort import measured
from engine.feel.patterns.flags import Flags, read_flags
from engine.feel.patterns.linear import LinearMatcher, NotLinear, Span, linear_matcher
from engine.feel.patterns.parser import read_pattern
from engine.feel.patterns.program import compiled
from engine.feel.patterns.syntax import Tree

_KEPT = 64
"""Compiled patterns that are kept, each with up to two programs of RE2."""

Matcher = LinearMatcher | BacktrackingMatcher


class Pattern:
    """A pattern with its flags."""

    def __init__(self, tree: Tree, flags: Flags) -> None:
        self.flags = flags
        self.groups = tree.groups
        self._tree = tree

    @cached_property
    def matches_nothing(self) -> bool:
        """Whether the empty text matches."""
        return self.is_found("")

    def is_found(self, text: str) -> bool:
        """Whether any part of the text matches. Raises LimitReached."""
        return next(self.spans(text), None) is not None

    def spans(self, text: str) -> Iterator[Span]:
        """Start and end of each match, from left to right. Raises LimitReached."""
        matcher = self._linear_for(text, self._without_groups) or self._backtracking
        return (spans[0] for spans in matcher.spans(text))

    def spans_with_groups(self, text: str) -> Iterator[tuple[Span, ...]]:
        """Each match, followed by its groups; (-1, -1) is a group that matched nothing."""
        matcher: Matcher = self._linear_for(text, self._with_groups) or self._backtracking
        return matcher.spans(text)

    def _linear_for(self, text: str, matcher: LinearMatcher | None) -> LinearMatcher | None:
        if self.flags.lines and text.endswith("\n"):
            return None
        return matcher if text.isascii() or _is_unicode(text) else None

    @cached_property
    def _without_groups(self) -> LinearMatcher | None:
        return self._linear(keeps_groups=False)

    @cached_property
    def _with_groups(self) -> LinearMatcher | None:
        return self._linear(keeps_groups=True)

    def _linear(self, keeps_groups: bool) -> LinearMatcher | None:
        try:
            return linear_matcher(self._tree, keeps_groups)
        except NotLinear:
            return None

    @cached_property
    def _backtracking(self) -> BacktrackingMatcher:
        with measured():
            return BacktrackingMatcher(compiled(self._tree))


@lru_cache(maxsize=_KEPT)
def compile_pattern(pattern: str, flags: str) -> Pattern:
    """Raises Unfit for a pattern or flags that are invalid, LimitReached for a huge pattern."""
    chosen = read_flags(flags)
    with measured():
        return Pattern(read_pattern(pattern, chosen), chosen)


def _is_unicode(text: str) -> bool:
    """Whether it is all characters: halves of surrogate pairs are none, and RE2 refuses them."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
