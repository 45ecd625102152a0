"""The registries of a demonstration over HTTP, as `HttpRegistry` asks them.

`GET /<registry>/<identifier>` answers as `registry_answers` says: 200 with the record, 404 where
nothing is held; 503 where the registry is down, 401 without the bearer token.
"""

from __future__ import annotations

import hmac
import json
import logging
import threading
from collections.abc import Callable
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from handlers.shared.demo.registry_moods import MoodsUnreadable, RegistryMoods
from handlers.shared.registries import FileRegistry, RegistryUnavailable

log = logging.getLogger(__name__)

LOOPBACK = "127.0.0.1"
SLOW = 8.0
"""Seconds after which a slow registry answers: within the time-outs, and long enough to be seen."""

_SILENT = 60.0


class RegistryServer:
    """Answers from a file of enterprises, as the moods say. Times are in seconds.

    It listens on the loopback from the start, but answers only from `start` (in a thread of its
    own) or `serve` (in this one) on: a process may open it, and its child answer.
    """

    def __init__(
        self,
        enterprises: Path,
        moods: RegistryMoods,
        today: Callable[[], date],
        *,
        token: str | None = None,
        port: int = 0,
        slow: float = SLOW,
        silent: float = _SILENT,
    ) -> None:
        self._server = _Server((LOOPBACK, port), _Answering)
        self._server.registry = FileRegistry(enterprises, today)
        self._server.moods = moods
        self._server.expected = None if token is None else f"Bearer {token}"
        self._server.waits = {"slow": slow, "silent": silent}
        self._thread: threading.Thread | None = None

    @property
    def address(self) -> str:
        """Where it is asked."""
        return f"http://{LOOPBACK}:{self._server.server_port}"

    def start(self) -> None:
        """Begins to answer in a thread of its own, until `close` or the end of the process."""
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.1,), name="demo-registries", daemon=True
        )
        self._thread.start()

    def serve(self) -> None:
        """Answers in this thread, until it is interrupted."""
        self._server.serve_forever()

    def close(self) -> None:
        """Ends; answers that are waited for are not given."""
        self._server.ending.set()
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._thread = None
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    registry: FileRegistry
    moods: RegistryMoods
    expected: str | None
    waits: dict[str, float]

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.ending = threading.Event()


class _Answering(BaseHTTPRequestHandler):
    server: _Server
    server_version = "QadamDemoRegistries"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        expected = self.server.expected
        given = self.headers.get("Authorization", "")
        if expected is not None and not hmac.compare_digest(given.encode(), expected.encode()):
            self._send(401, {"error": "the bearer token is missing or wrong"})
            return
        parts = [unquote(part) for part in urlsplit(self.path).path.split("/")[1:]]
        if len(parts) != 2 or parts[0] not in self.server.moods.registries:
            self._send(400, {"error": "ask for /<registry>/<BIN or IIN>"})
            return
        self._answer(*parts)

    def _answer(self, registry: str, identifier: str) -> None:
        try:
            mood = self.server.moods.read()[registry]
        except MoodsUnreadable as error:
            log.error("%s", error)
            self._send(500, {"error": str(error)})
            return
        if mood == "down":
            self._send(503, {"error": "made to be down"})
            return
        if self.server.ending.wait(self.server.waits.get(mood, 0.0)):
            return
        try:
            record = self.server.registry.ask(registry, identifier)
        except RegistryUnavailable as error:
            self._send(422 if error.number_only else 503, {"error": error.reason})
            return
        told = {"registry": registry, "number": identifier, "found": record is not None}
        if record is None:
            self._send(404, told)
        else:
            self._send(200, {**told, "record": dict(record)})

    def _send(self, status: int, content: dict[str, Any]) -> None:
        data = json.dumps(content, ensure_ascii=False).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except ConnectionError:
            log.info("whoever asked %s is gone", self.path)

    def log_message(self, format: str, *arguments: Any) -> None:
        log.debug(format, *arguments)
