"""Clients: each a process of its own with a connection that it keeps, so that none is in the way.

A client is a closed loop: it sends a request, reads the whole answer, sends the next one.
"""

from __future__ import annotations

import http.client
import multiprocessing
import re
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from multiprocessing.connection import Connection
from urllib.parse import urlencode

from benchmarks.serving import HOST

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
_PATIENCE = 120.0
_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Request:
    """What a client sends, and the status that it must be answered with."""

    port: int
    address: str
    cookie: str = ""
    form: str | None = None
    status: int = http.client.OK


@dataclass(frozen=True)
class Session:
    """A person who is signed in, with the token that every form carries."""

    port: int
    cookie: str
    token: str

    def get(self, address: str) -> Request:
        """A page."""
        return Request(self.port, address, self.cookie)

    def press(self, address: str, values: dict[str, str]) -> Request:
        """A form that is sent, and leads onward."""
        form = {"csrf_token": self.token, "command_id": uuid.uuid4().hex, **values}
        return Request(self.port, address, self.cookie, urlencode(form), http.client.FOUND)


def sign_in(port: int, person: str) -> Session:
    """Signs in as one of the people of the demonstration."""
    page = Request(port, "/sign-in")
    cookies, token = _token_on(page, {})
    form = urlencode({"csrf_token": token, "person": person})
    sent = Request(port, "/sign-in", _cookie(cookies), form, http.client.FOUND)
    response, _text = _asked(http.client.HTTPConnection(HOST, port, timeout=_PATIENCE), sent)
    cookies |= _cookies_of(response)
    where = response.headers["Location"]
    cookies, token = _token_on(Request(port, where, _cookie(cookies)), cookies)
    return Session(port, _cookie(cookies), token)


class Clients:
    """Some clients that wait for what they are to ask."""

    def __init__(self, pipes: Sequence[Connection]) -> None:
        self._pipes = pipes

    def __len__(self) -> int:
        return len(self._pipes)

    def ask(self, requests: Sequence[Sequence[Request]]) -> list[float]:
        """Every client asks its requests of one server one after the other; the seconds of each."""
        for pipe, own in zip(self._pipes, requests, strict=True):
            pipe.send(own)
        taken: list[float] = []
        for pipe in self._pipes:
            answer = pipe.recv()
            if isinstance(answer, str):
                raise RuntimeError(answer)
            taken += answer
        return taken


@contextmanager
def clients(number: int) -> Iterator[Clients]:
    """So many clients, which end with the context."""
    context = multiprocessing.get_context("spawn")
    pipes, processes = [], []
    for _client in range(number):
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs,), daemon=True)
        process.start()
        pipes.append(ours)
        processes.append(process)
    try:
        yield Clients(pipes)
    finally:
        for pipe, process in zip(pipes, processes, strict=True):
            pipe.send(None)
            process.join(_PATIENCE)


def _serve(pipe: Connection) -> None:
    while True:
        requests: list[Request] | None = pipe.recv()
        if requests is None:
            return
        try:
            pipe.send(_all_timed(requests))
        except (RuntimeError, OSError, http.client.HTTPException) as fault:
            pipe.send(repr(fault))


def _all_timed(requests: list[Request]) -> list[float]:
    """Over one connection, since the server closes those that rest while another page is asked."""
    connection = http.client.HTTPConnection(HOST, requests[0].port, timeout=_PATIENCE)
    connection.connect()
    taken = []
    for request in requests:
        begun = time.perf_counter()
        _asked(connection, request)
        taken.append(time.perf_counter() - begun)
    connection.close()
    return taken


def _asked(
    connection: http.client.HTTPConnection, request: Request
) -> tuple[http.client.HTTPResponse, str]:
    method = "GET" if request.form is None else "POST"
    headers = {"Cookie": request.cookie} if request.cookie else {}
    if request.form is not None:
        headers["Content-Type"] = _FORM
    connection.request(method, request.address, request.form, headers)
    response = connection.getresponse()
    text = response.read().decode()
    if response.status != request.status:
        raise RuntimeError(
            f"Expected {request.status} from {method} {request.address}, but found "
            f"{response.status}: {text[:2000]}"
        )
    return response, text


def _token_on(page: Request, cookies: dict[str, str]) -> tuple[dict[str, str], str]:
    connection = http.client.HTTPConnection(HOST, page.port, timeout=_PATIENCE)
    response, text = _asked(connection, page)
    connection.close()
    found = _TOKEN.search(text)
    if found is None:
        raise RuntimeError(f"Expected a token on {page.address}")
    return cookies | _cookies_of(response), found.group(1)


def _cookies_of(response: http.client.HTTPResponse) -> dict[str, str]:
    read: dict[str, str] = {}
    for header in response.headers.get_all("Set-Cookie", ()):
        read.update({name: morsel.value for name, morsel in SimpleCookie(header).items()})
    return read


def _cookie(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
