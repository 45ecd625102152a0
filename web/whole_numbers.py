"""Whole numbers that a browser sends: none, or larger than the database keeps, is refused."""

from __future__ import annotations

import re

from flask import request
from werkzeug.exceptions import BadRequest

LARGEST = 2**63 - 1
"""The largest number of a row."""

_DIGITS = re.compile(r"[0-9]{1,19}")


def whole_number(text: str, most: int = LARGEST) -> int:
    """A number from 0 to `most`. Raises BadRequest."""
    number = int(text) if _DIGITS.fullmatch(text) else None
    if number is None or number > most:
        raise BadRequest(f"Expected a whole number up to {most}, but found {text[:40]!r}")
    return number


def number_in_address(name: str, most: int = LARGEST) -> int | None:
    """The number that the address gives under a name; None without one. Raises BadRequest."""
    text = request.args.get(name)
    return None if not text else whole_number(text, most)
