"""JSON over HTTP: what is limited, and what is no answer. Each fault is one of a real server."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from handlers.shared.http import Limits, NoAnswer, exchange
from tests.support.scripted_registries import Gateway, answering, trickling

CALM = Limits()
FAST = Limits(connect=1.0, read=0.2, whole=0.4, answer=1000)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with Gateway() as opened:
        yield opened


def get(gateway: Gateway, limits: Limits = CALM) -> tuple[int, object]:
    return exchange("GET", f"{gateway.address}/r/1", limits=limits)


def test_json_is_read_and_nothing_is_none(gateway: Gateway) -> None:
    gateway.usual = answering(200, {"a": [1, None]})
    assert get(gateway) == (200, {"a": [1, None]})
    gateway.usual = answering(200, b" ")
    assert get(gateway) == (200, None)
    gateway.usual = answering(404, {"found": False})
    assert get(gateway) == (404, {"found": False})
    gateway.usual = answering(404, b"<html>")
    assert get(gateway) == (404, None)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<html>", "not JSON"),
        (b"\xff\xfe{", "not JSON"),
        (b'{"a": NaN}', "NaN is no JSON"),
        (b'{"a": 1e999}', "too large a number"),
        (b'{"a": -1e999}', "too large a number"),
        (b'{"a": true, "a": false}', "a name twice"),
        (b'{"b": [{"a": 1, "a": 1}]}', "a name twice"),
        (b"[" * 999, "not JSON"),
        (b'"' + b"x" * 1000 + b'"', "longer than 1000 bytes"),
    ],
)
def test_what_is_no_usable_json_is_no_answer(gateway: Gateway, body: bytes, told: str) -> None:
    gateway.usual = answering(200, body)
    with pytest.raises(NoAnswer, match=told) as refused:
        get(gateway, Limits(answer=1000))
    assert not refused.value.passing


def test_deeply_nested_json_is_no_answer(gateway: Gateway) -> None:
    gateway.usual = answering(200, b"[" * 200_000)
    with pytest.raises(NoAnswer, match="not JSON"):
        get(gateway, Limits())


def test_an_answer_that_is_cut_off_is_no_answer(gateway: Gateway) -> None:
    gateway.usual = answering(200, b'{"a": 1', **{"Content-Length": "100"})
    with pytest.raises(NoAnswer):
        get(gateway)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_that_is_not_able_may_be_able_at_once(gateway: Gateway, status: int) -> None:
    gateway.usual = answering(status, b"")
    with pytest.raises(NoAnswer, match=f"it answered {status}") as refused:
        get(gateway)
    assert refused.value.passing


def in_an_hour() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("120", 120, 120),
        ("999999999999", 86400, 86400),
        ("{in an hour}", 3500, 3600),
        ("0", None, None),
        ("Mon, 02 Mar 2020 09:00:00 GMT", None, None),
        ("soon", None, None),
        ("-5", None, None),
    ],
    ids=["seconds", "for ever", "date", "none", "past", "word", "negative"],
)
def test_the_wait_that_a_server_asks_for_is_told(
    gateway: Gateway, status: int, text: str, least: int | None, most: int | None
) -> None:
    asked = text.replace("{in an hour}", in_an_hour())
    gateway.usual = answering(status, b"", **{"Retry-After": asked})
    with pytest.raises(NoAnswer, match=f"it answered {status}") as refused:
        get(gateway)
    wait = refused.value.retry_after
    if least is None or most is None:
        assert wait is None
        assert refused.value.passing == (status == 503)
    else:
        assert wait is not None
        assert least <= wait.total_seconds() <= most
        assert not refused.value.passing


@pytest.mark.parametrize("headers", [False, True], ids=["body", "headers"])
def test_a_server_that_sends_without_end_is_left_when_the_time_is_over(
    gateway: Gateway, headers: bool
) -> None:
    gateway.usual = trickling(60.0, headers=headers)
    began = time.monotonic()
    with pytest.raises(NoAnswer, match="no answer in time") as refused:
        get(gateway, replace(FAST, read=60.0))
    assert time.monotonic() - began < 30
    assert not refused.value.passing
    assert gateway.broken.wait(30), "the connection was closed"


def test_silence_ends_with_the_limit_of_reading() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        limits = Limits(connect=30.0, read=0.2, whole=30.0)
        with pytest.raises(NoAnswer, match="0.2 s of silence"):
            exchange("GET", f"http://127.0.0.1:{silent.getsockname()[1]}", limits=limits)


def test_a_refused_connection_is_a_fault_that_may_pass() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(NoAnswer, match="connection failed") as refused:
        exchange("GET", f"http://127.0.0.1:{port}", limits=FAST)
    assert refused.value.passing


def test_a_redirect_is_not_followed_so_that_no_token_leaves(gateway: Gateway) -> None:
    with Gateway(answering(200, {})) as elsewhere:
        gateway.usual = answering(302, b"", Location=f"{elsewhere.address}/r/1")
        status, _ = exchange(
            "GET", f"{gateway.address}/r/1", limits=CALM, headers={"Authorization": "Bearer x"}
        )
        assert status == 302
        assert elsewhere.requests == []


def test_this_machine_is_reached_without_a_proxy(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    gateway.usual = answering(200, {})
    assert get(gateway) == (200, {})
    with pytest.raises(NoAnswer, match="connection failed"):
        exchange("GET", "http://registries.invalid/r/1", limits=FAST)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for localhost that no system trusts, with its key."""
    pem, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost"
    extension = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    subprocess.run(
        [*command.split(), "-addext", extension, "-out", str(pem), "-keyout", str(key)],
        check=True,
        capture_output=True,
    )
    pem.write_bytes(pem.read_bytes() + key.read_bytes())
    return pem


@pytest.fixture
def secure(certificate: Path) -> Iterator[str]:
    """A server with TLS that answers `{}` once; its address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        try:
            accepted, _ = listening.accept()
            with context.wrap_socket(accepted, server_side=True) as connection:
                connection.recv(65536)
                connection.sendall(b"HTTP/1.0 200 OK\r\n\r\n{}")
        except OSError:
            return

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"https://127.0.0.1:{listening.getsockname()[1]}/r/1"
    listening.close()
    thread.join()


def test_a_certificate_that_is_not_trusted_is_refused(secure: str) -> None:
    with pytest.raises(NoAnswer, match="certificate verify failed"):
        exchange("GET", secure, limits=Limits())


def test_a_certificate_that_the_system_trusts_is_taken(
    secure: str, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusting = ssl.create_default_context(cafile=certificate)
    monkeypatch.setattr("engine.exchange._trusting_the_system", lambda: trusting)
    assert exchange("GET", secure, limits=Limits()) == (200, {})
