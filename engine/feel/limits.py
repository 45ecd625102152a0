"""How large an expression and what it makes may be.

The language has no loops, so an evaluation visits each node of the expression at most once:
`TEXT_LENGTH` bounds the steps, the other limits bound the work of one step.
"""

from __future__ import annotations

TEXT_LENGTH = 4_096
"""Characters of an expression's text."""

NESTING = 64
"""Brackets, calls and prefix operators within each other."""

HEIGHT = 256
"""Operators in one chain (`a + b + c …`) and nesting together."""

STRING_LENGTH = 65_536
"""Characters of a string that an expression makes."""

LIST_LENGTH = 10_000
"""Items of a list that an expression makes."""

INTEGER = 2**63 - 1
"""Absolute value of an integer: what every JSON reader and database column takes."""

VALUE_SIZE = 1_000_000
"""Characters of all strings and keys in a list or mapping, plus one for each value in it."""

VALUE_DEPTH = 100
"""Lists and mappings within each other."""
