"""A stand-in for NCALayer: its WebSocket with TLS on a port of the loopback, and its protocol."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
CANCELLED = {"status": True, "body": {}}
"""What NCALayer answers when the person closes its window."""

Answer = Callable[[dict[str, Any]], dict[str, Any] | None]
"""From what it is asked (`args` of `sign`) to the answer; None: it ends the connection."""


def signed(cms: str | list[str]) -> dict[str, Any]:
    """The answer with a signature (base64)."""
    return {"status": True, "body": {"result": cms}}


class NcaLayer:
    """Greets, is asked, answers as `answer` says. What it was asked is in `asked`.

    While it is `absent` it takes no connection, as where it is not installed.
    """

    def __init__(self, folder: Path) -> None:
        self.answer: Answer = lambda _args: CANCELLED
        self.asked: list[dict[str, Any]] = []
        self.absent = False
        self._tls = _tls(folder)
        self._loop = asyncio.new_event_loop()
        self._port = 0
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        assert self._ready.wait(20)

    @property
    def address(self) -> str:
        return f"wss://{HOST}:{self._port}"

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        runner = self._loop.run_until_complete(self._begin())
        self._ready.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        self._loop.close()

    async def _begin(self) -> web.AppRunner:
        application = web.Application()
        application.router.add_get("/", self._talk)
        runner = web.AppRunner(application, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, HOST, 0, ssl_context=self._tls)
        await site.start()
        self._port = runner.addresses[0][1]
        return runner

    async def _talk(self, request: web.Request) -> web.StreamResponse:
        if self.absent:
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        await socket.send_json({"result": {"version": "1.4"}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            asked = json.loads(message.data)
            assert (asked["module"], asked["method"]) == ("kz.gov.pki.knca.basics", "sign")
            self.asked.append(asked["args"])
            await socket.send_str("--heartbeat--")
            answer = self.answer(asked["args"])
            if answer is None:
                break
            await socket.send_json(answer)
        await socket.close()
        return socket


def _tls(folder: Path) -> ssl.SSLContext:
    """A certificate of its own, which a browser must be told to take."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = folder / "ncalayer.pem"
    file.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
