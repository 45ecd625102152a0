"""JSON as the store keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson


def dump_json(value: object) -> bytes:
    """Bytes of a JSON value. Decimals become numbers, dates ISO text; raises TypeError else."""
    return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS)


def dump_canonical(value: object) -> bytes:
    """The same value always gives the same bytes: keys sorted."""
    return orjson.dumps(
        value, default=_plain, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
    )


def load_json(data: bytes) -> Any:
    """The value of bytes written by `dump_json`."""
    return orjson.loads(data)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    raise TypeError(f"Expected a JSON value, but found {type(value).__name__}")
