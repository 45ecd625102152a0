"""JSON over HTTP with a time limit, for the adapters to other systems."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

MAX_ANSWER = 5_000_000
"""The longest answer that is read, in bytes."""


class NoAnswer(Exception):
    """The other system did not answer in time, or not in JSON; the text says what happened."""


def check_address(url: str) -> str:
    """The address without a trailing slash. Raises ValueError unless it is http or https."""
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise ValueError(f"Expected an http or https address, but found {url!r}")
    return url.rstrip("/")


def exchange(
    method: str,
    url: str,
    *,
    timeout: float,
    body: object = None,
    headers: Mapping[str, str] | None = None,
) -> tuple[int, object]:
    """Sends one request; gives the status and the JSON answer (None where it is empty).

    `timeout` is in seconds, for connecting and for every read. Answers of 5xx raise NoAnswer too:
    the other system is not able to answer now.
    """
    data = None if body is None else json.dumps(body, ensure_ascii=False).encode()
    request = Request(check_address(url), data=data, method=method, headers=dict(headers or {}))
    request.add_header("Accept", "application/json")
    if data is not None:
        request.add_header("Content-Type", "application/json; charset=utf-8")
    try:
        with urlopen(request, timeout=timeout) as answer:
            return answer.status, _read_json(answer.read(MAX_ANSWER + 1))
    except HTTPError as error:
        with error:
            if error.code >= 500:
                raise NoAnswer(f"it answered {error.code}") from error
            return error.code, None
    except TimeoutError as error:
        raise NoAnswer(f"it gave no answer within {timeout:g} seconds") from error
    except (URLError, HTTPException, OSError) as error:
        raise NoAnswer(f"the connection failed: {error}") from error


def _read_json(data: bytes) -> object:
    if len(data) > MAX_ANSWER:
        raise NoAnswer(f"its answer is longer than {MAX_ANSWER} bytes")
    if not data.strip():
        return None
    try:
        return json.loads(data)
    except ValueError as error:
        raise NoAnswer(f"its answer is not JSON: {error}") from error
