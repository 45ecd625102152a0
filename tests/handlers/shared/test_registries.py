"""Registries: from a file and over HTTP."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from handlers.shared import demo
from handlers.shared.registries import FileRegistry, HttpRegistry, RegistryUnavailable

TODAY = date(2026, 3, 2)
Serve = Callable[[int, bytes], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts a server that gives one answer; its address."""
    servers: list[HTTPServer] = []

    def start(status: int, body: bytes) -> str:
        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                seen.append((self.path, self.headers.get("Authorization")))
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_arguments: object) -> None:
                return

        server = HTTPServer(("127.0.0.1", 0), Answer)
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/gateway"

    seen: list[tuple[str, str | None]] = []
    start.seen = seen
    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_file_answers_for_each_registry(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps({"150140000022": {"heads": {"matches": True}}}))
    registry = FileRegistry(path, lambda: TODAY)
    assert registry.ask("heads", "150140000022") == {"matches": True}
    assert registry.ask("insolvency", "150140000022") is None
    assert registry.ask("heads", "150140000999") is None


def test_a_day_may_be_counted_from_today(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(json.dumps({"1": {"business_register": {"registered_on": "today-P90D"}}}))
    record = FileRegistry(path, lambda: TODAY).ask("business_register", "1")
    assert record == {"registered_on": "2025-12-02"}


def test_a_registry_that_is_down_in_the_file_is_unavailable() -> None:
    registry = FileRegistry(demo.ENTERPRISES, lambda: TODAY)
    with pytest.raises(RegistryUnavailable, match="social_payments"):
        registry.ask("social_payments", "150140002019")


def test_an_unreadable_file_is_unavailable_and_not_an_empty_answer(tmp_path: Path) -> None:
    with pytest.raises(RegistryUnavailable, match="can't be read"):
        FileRegistry(tmp_path / "missing.json", lambda: TODAY).ask("heads", "1")


def test_http_asks_by_path_and_gives_the_record(serve: Serve) -> None:
    registry = HttpRegistry(serve(200, b'{"listed": false}'), token="secret")
    assert registry.ask("unreliable taxpayers", "15/01") == {"listed": False}
    assert serve.seen == [("/gateway/unreliable%20taxpayers/15%2F01", "Bearer secret")]


def test_http_404_means_that_nothing_is_held(serve: Serve) -> None:
    assert HttpRegistry(serve(404, b"")).ask("heads", "1") is None


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b"{}"), (503, b""), (403, b"{}"), (200, b"<html>"), (200, b"[]"), (200, b"")],
)
def test_every_other_answer_is_none(serve: Serve, status: int, body: bytes) -> None:
    with pytest.raises(RegistryUnavailable, match="registry heads"):
        HttpRegistry(serve(status, body)).ask("heads", "1")


def test_a_refused_connection_is_unavailable() -> None:
    with pytest.raises(RegistryUnavailable, match="connection failed"):
        HttpRegistry("http://127.0.0.1:9", timeout=1).ask("heads", "1")


def test_a_slow_registry_is_unavailable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(RegistryUnavailable, match="no answer within 0.1 seconds"):
            HttpRegistry(address, timeout=0.1).ask("heads", "1")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x", "registry"])
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match="http or https"):
        HttpRegistry(address)
