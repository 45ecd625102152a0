"""Patterns of forms, in time that grows with the text and no faster.

A pattern is written by whoever draws a form and meets whatever is typed: Python's own regular
expressions can be made to run for hours on thirty letters, so they are not used for this.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import re2

_MEMORY = 1 << 20


def pattern_problem(pattern: object) -> str | None:
    """Why a pattern can't be used; None where it can."""
    if not isinstance(pattern, str):
        return "a pattern is a text"
    try:
        _compiled(pattern)
    except re2.error as error:
        reason = error.args[0]
        return reason.decode() if isinstance(reason, bytes) else str(reason)
    return None


def matches(pattern: str, text: str) -> bool:
    """Whether the pattern is found anywhere in the text, as in JSON Schema."""
    return _compiled(pattern).search(text) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    return re2.compile(pattern, options)
