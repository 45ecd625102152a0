"""Addresses of e-mail: what is one."""

from __future__ import annotations

import re

LONGEST = 254
"""Characters of an address (RFC 5321, 4.5.3.1.3)."""

_EMAIL = re.compile(r"[^@\s,;<>()\[\]:\\\"]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_][\w-]{1,62}")


def is_email(value: str) -> bool:
    """An address with a domain; letters of any alphabet."""
    return len(value) <= LONGEST and _EMAIL.fullmatch(value) is not None
