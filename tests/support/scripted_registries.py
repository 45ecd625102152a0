"""A registry gateway on the loopback that behaves as a test says, and counts the questions."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Connection"], None]


class Connection(BaseHTTPRequestHandler):
    """One question, with what a behaviour needs to answer it."""

    gateway: Gateway

    def do_GET(self) -> None:
        registry = self.path.split("/")[-2]
        gateway = self.gateway
        with gateway.guard:
            gateway.questions[registry] += 1
            gateway.requests.append((self.path, self.headers.get("Authorization")))
            gateway.going_on += 1
            gateway.most_at_once = max(gateway.most_at_once, gateway.going_on)
        try:
            gateway.behaviours.get(registry, gateway.usual)(self)
        except ConnectionError:
            gateway.broken.set()
        finally:
            with gateway.guard:
                gateway.going_on -= 1

    def log_message(self, *_arguments: object) -> None:
        return


def answering(status: int = 200, body: object = None, **headers: str) -> Behaviour:
    """Answers at once; `body` is JSON unless it is bytes."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()

    def answer(connection: Connection) -> None:
        connection.send_response(status)
        for name, value in headers.items():
            connection.send_header(name, value)
        connection.end_headers()
        connection.wfile.write(data)

    return answer


def after(seconds: float, behaviour: Behaviour) -> Behaviour:
    """The same, but later; or when the gateway closes."""

    def wait(connection: Connection) -> None:
        connection.gateway.closing.wait(seconds)
        behaviour(connection)

    return wait


def trickling(seconds: float, *, headers: bool = False) -> Behaviour:
    """Sends a byte now and then for so long, of the body or already of the headers."""

    def trickle(connection: Connection) -> None:
        if headers:
            connection.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
        else:
            connection.send_response(200)
            connection.end_headers()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            connection.wfile.write(b" ")
            connection.wfile.flush()
            time.sleep(0.02)

    return trickle


def first(times: int, failing: Behaviour, then: Behaviour) -> Behaviour:
    """Fails so many times, then behaves."""
    left = [failing] * times

    def behave(connection: Connection) -> None:
        (left.pop() if left else then)(connection)

    return behave


class Gateway:
    """`behaviours` by registry; the others behave as `usual`."""

    def __init__(self, usual: Behaviour | None = None) -> None:
        self.behaviours: dict[str, Behaviour] = {}
        self.usual = usual or answering(404)
        self.questions: Counter[str] = Counter()
        self.requests: list[tuple[str, str | None]] = []
        self.guard = threading.Lock()
        self.going_on = self.most_at_once = 0
        self.broken = threading.Event()
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(
            ("127.0.0.1", 0), type("Bound", (Connection,), {"gateway": self})
        )
        self._server.socket.listen(64)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/gateway"

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Gateway:
        return self

    def __exit__(self, *_exception: Any) -> None:
        self.close()
