"""One exchange over HTTP with another system, with limits of time and size."""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import Message
from functools import cache, partial
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from typing import Any, cast
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

MAX_ANSWER = 5_000_000
"""The longest answer that is read unless told otherwise, in bytes."""


@dataclass(frozen=True)
class Limits:
    """Of one exchange: times in seconds, the longest answer in bytes.

    connect: until the connection (and TLS) stands. read: of silence while the answer comes.
    whole: until the answer is complete, however busily the other side sends.
    """

    connect: float = 3.0
    read: float = 10.0
    whole: float = 20.0
    answer: int = MAX_ANSWER


class NoAnswer(Exception):
    """The other system did not answer in time, or not usably; the text says what happened.

    `passing` is True for a fault that another try at once may not meet: a connection that broke,
    a gateway that is busy. A time-out is none: the time is used up. `retry_after`: the wait that
    the other system itself asks for.
    """

    def __init__(
        self, message: str, *, passing: bool = False, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(message)
        self.passing = passing
        self.retry_after = retry_after


@dataclass(frozen=True)
class Answer:
    """What came back, whichever status it has."""

    status: int
    data: bytes
    headers: Message = field(default_factory=Message)


def check_address(url: str) -> str:
    """The address without a trailing slash. Raises ValueError unless it is http or https."""
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).netloc:
        raise ValueError(f"Expected an http or https address, but found {url!r}")
    return url.rstrip("/")


def exchange_answer(
    method: str,
    url: str,
    *,
    limits: Limits,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Sends one request.

    Certificates are verified against the system's roots; redirects are not followed, so that no
    token goes where it was not sent. Raises NoAnswer; ValueError for an address that is none.
    """
    check_address(url)
    request = Request(url, data=body, method=method, headers=dict(headers or {}))
    try:
        with _opener(urlsplit(url).hostname or "", limits).open(
            request, timeout=limits.connect
        ) as answer:
            return Answer(answer.status, _read(answer, limits), answer.headers)
    except HTTPError as error:
        with error:
            return Answer(error.code, _read_of_error(error, limits), error.headers)
    except TimeoutError as error:
        raise _too_late(limits) from error
    except URLError as error:
        if isinstance(error.reason, TimeoutError):
            raise _too_late(limits) from error
        raise NoAnswer(f"the connection failed: {error.reason}", passing=True) from error
    except (HTTPException, OSError) as error:
        raise NoAnswer(f"the connection failed: {error!r}", passing=True) from error


def _read_of_error(error: HTTPError, limits: Limits) -> bytes:
    try:
        return _read(error, limits)
    except TimeoutError as late:
        raise _too_late(limits) from late
    except (HTTPException, OSError) as broken:
        raise NoAnswer(f"the connection failed: {broken!r}", passing=True) from broken


def _read(answer: HTTPResponse | HTTPError, limits: Limits) -> bytes:
    data = answer.read(limits.answer + 1)
    if len(data) > limits.answer:
        raise NoAnswer(f"its answer is longer than {limits.answer} bytes")
    return data


def _too_late(limits: Limits) -> NoAnswer:
    return NoAnswer(
        f"it gave no answer in time (limits of {limits.connect:g} s to connect, "
        f"{limits.read:g} s of silence, {limits.whole:g} s in all)"
    )


class _TimedReader(io.RawIOBase):
    """What comes over a socket, with a limit for each wait and one for all of them."""

    def __init__(self, sock: socket.socket, silence: float, deadline: float) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._silence = silence
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the whole time is used up")
        self._sock.settimeout(min(self._silence, left))
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _TimedSocket:
    """As much of a connected socket as `http.client` uses."""

    def __init__(self, sock: socket.socket, limits: Limits, deadline: float) -> None:
        self._sock = sock
        self._limits = limits
        self._deadline = deadline
        sock.settimeout(limits.read)

    def sendall(self, data: Any) -> None:
        self._sock.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_TimedReader(self._sock, self._limits.read, self._deadline))

    def close(self) -> None:
        self._sock.close()


class _Connection(HTTPConnection):
    def __init__(self, *arguments: Any, limits: Limits, deadline: float, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._limits, self._deadline = limits, deadline

    def connect(self) -> None:
        super().connect()
        self.sock = cast(socket.socket, _TimedSocket(self.sock, self._limits, self._deadline))


class _SecureConnection(_Connection, HTTPSConnection):
    """The same over TLS: its handshake comes before the socket is a timed one."""


class _Plain(HTTPHandler):
    def __init__(self, limits: Limits, deadline: float) -> None:
        super().__init__()
        self._connection = partial(_Connection, limits=limits, deadline=deadline)

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._connection, req)


class _Secure(HTTPSHandler):
    def __init__(self, limits: Limits, deadline: float) -> None:
        super().__init__(context=_trusting_the_system())
        self._connection = partial(
            _SecureConnection, limits=limits, deadline=deadline, context=_trusting_the_system()
        )

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._connection, req)


class _StayingHere(HTTPRedirectHandler):
    def redirect_request(self, *_arguments: Any, **_named: Any) -> None:
        return None


def _opener(host: str, limits: Limits) -> OpenerDirector:
    """An opener for one exchange that begins now. This machine is reached without a proxy."""
    deadline = time.monotonic() + limits.whole
    handlers = [_Plain(limits, deadline), _Secure(limits, deadline), _StayingHere()]
    return build_opener(*handlers, *([ProxyHandler({})] if _is_this_machine(host) else []))


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@cache
def _trusting_the_system() -> ssl.SSLContext:
    return ssl.create_default_context()
