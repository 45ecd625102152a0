"""JSON over HTTP with limits of time and size, for the adapters to other systems."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from engine.exchange import Limits, NoAnswer, check_address, exchange_answer

__all__ = ["LONGEST_WAIT", "Limits", "NoAnswer", "check_address", "exchange", "read_json"]

LONGEST_WAIT = timedelta(days=1)
"""The longest wait that another system may ask for with `Retry-After`."""

_TOO_MANY = 429


def exchange(
    method: str,
    url: str,
    *,
    limits: Limits,
    body: object = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, object]:
    """Sends one request; gives the status and the JSON answer.

    The answer is None where it is empty, and where a status of 300 and more comes with something
    else than JSON. JSON that can be read in two ways (a name twice in one object, a number that is
    none) is no JSON.

    See `engine.exchange`. Answers of 429 and 5xx raise NoAnswer too, with the wait that they ask
    for (`Retry-After`): the other system is not able to answer now.
    """
    told = {"Accept": "application/json", **(headers or {})}
    data = None
    if body is not None:
        data = json.dumps(body, ensure_ascii=False).encode()
        told["Content-Type"] = "application/json; charset=utf-8"
    answer = exchange_answer(method, check_address(url), limits=limits, body=data, headers=told)
    if answer.status >= 500 or answer.status == _TOO_MANY:
        wait = _wait_asked_for(answer.headers.get("Retry-After"))
        passing = wait is None and answer.status != _TOO_MANY
        raise NoAnswer(f"it answered {answer.status}", passing=passing, retry_after=wait)
    try:
        return answer.status, read_json(answer.data)
    except NoAnswer:
        if answer.status >= 300:
            return answer.status, None
        raise


def read_json(data: bytes) -> object:
    """JSON that can be read in one way only; None for no bytes. Raises NoAnswer."""
    if not data.strip():
        return None
    try:
        return json.loads(
            data,
            parse_constant=_refuse_constant,
            parse_float=_read_float,
            object_pairs_hook=_read_object,
        )
    except (ValueError, RecursionError) as error:
        raise NoAnswer(f"its answer is not JSON: {error}") from error


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is no JSON")


def _read_float(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text} is too large a number")
    return number


def _read_object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("an object has a name twice")
    return found


def _wait_asked_for(text: str | None) -> timedelta | None:
    """What `Retry-After` says, in seconds or as a moment; None: nothing that can be used."""
    if text is None:
        return None
    if text.isascii() and text.isdecimal():
        seconds = int(text) if len(text) < 9 else LONGEST_WAIT.total_seconds()
        wait = timedelta(seconds=seconds)
    else:
        try:
            wait = parsedate_to_datetime(text).astimezone(UTC) - datetime.now(UTC)
        except (ValueError, OverflowError):
            return None
    return min(wait, LONGEST_WAIT) if wait > timedelta(0) else None
