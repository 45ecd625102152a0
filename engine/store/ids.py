"""Opaque ids that sort by the moment they were made."""

from __future__ import annotations

import secrets
import threading
import time

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A new id: 14 hex digits of time in microseconds, 10 of chance.

    Ids made by one process ascend strictly, so lists in order of creation need no other column.
    """
    global _last
    with _lock:
        _last = max(_last + 1, time.time_ns() // 1000)
        moment = _last
    return f"{moment:014x}{secrets.token_hex(5)}"
