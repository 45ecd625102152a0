"""Qadam as people meet it: a command in a process group of its own, on a port of the loopback."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

HOST = "127.0.0.1"
_PATIENCE = 60.0


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


class Qadam:
    """`qadam COMMAND` on a folder of data; it can be killed and served again at the same address.

    `settings` are further environment variables.
    """

    def __init__(self, data: Path, settings: Mapping[str, str] | None = None) -> None:
        self.data = data
        self._port = free_port()
        self._log = data.with_name(f"{data.name}.log")
        told = {
            "QADAM_DATA": str(data),
            "QADAM_HOST": HOST,
            "QADAM_PORT": str(self._port),
            "EDS_MODE": "demo",
        }
        self._environment = {**os.environ, **told, **(settings or {})}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self._port}"

    def serve(self, command: str = "serve") -> Qadam:
        """Starts the command, and waits until it answers."""
        with self._log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-c", "from web.cli import main; main()", command],
                env=self._environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        give_up = time.monotonic() + _PATIENCE
        while not self._answers():
            assert self._process.poll() is None, f"it ended: {self.said()}"
            assert time.monotonic() < give_up, f"it is not ready: {self.said()}"
            time.sleep(0.05)
        return self

    def kill(self) -> None:
        """Ends it and its workers at once (SIGKILL)."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def end(self) -> None:
        """Asks it to end, by its pid."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(_PATIENCE)

    def said(self) -> str:
        """All that it printed."""
        return self._log.read_text(encoding="utf-8")

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(HOST, self._port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()
