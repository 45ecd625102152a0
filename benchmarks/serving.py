"""Qadam as `qadam serve` serves it, and an empty Flask page served in the same way.

python -m benchmarks.serving      the empty page, at QADAM_HOST and QADAM_PORT
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask

from web.configuration import read_configuration
from web.serving import Server

HOST = "127.0.0.1"
_QADAM = ("-c", "from web.cli import main; main()", "serve")
_EMPTY = ("-m", "benchmarks.serving")
_PATIENCE = 60.0


class EmptyServer(Server):
    """One page without a word, by the same server with the same settings."""

    def load_config(self) -> None:
        """Settings of gunicorn; nothing is there to be ended."""
        super().load_config()
        self.cfg.set("worker_exit", lambda _server, _worker: None)

    def load(self) -> Any:
        """A Flask application with nothing in it."""
        app = Flask(__name__)
        app.add_url_rule("/", "page", lambda: "")
        return app


@dataclass(frozen=True)
class Served:
    """A server in processes of its own."""

    port: int
    pid: int

    def cpu(self) -> float:
        """Seconds of CPU that its living threads have used; what else the machine does is not in
        it. (From the scheduler's own account, which Linux has.)"""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        accounts = [
            account
            for pid in (self.pid, *children)
            for account in Path(f"/proc/{pid}/task").glob("*/schedstat")
        ]
        return sum(int(account.read_text().split()[0]) for account in accounts) / 1e9


@contextmanager
def qadam(environment: Mapping[str, str]) -> Iterator[Served]:
    """`qadam serve` in a process of its own."""
    with _served(_QADAM, environment, "/healthz") as served:
        yield served


@contextmanager
def empty_page() -> Iterator[Served]:
    """The empty page in a process of its own."""
    with _served(_EMPTY, {}, "/") as served:
        yield served


@contextmanager
def _served(
    arguments: tuple[str, ...], environment: Mapping[str, str], page: str
) -> Iterator[Served]:
    port = _free_port()
    told = {**os.environ, **environment, "QADAM_HOST": HOST, "QADAM_PORT": str(port)}
    process = subprocess.Popen([sys.executable, *arguments], env=told)
    try:
        _await(process, port, page)
        yield Served(port, process.pid)
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _await(process: subprocess.Popen[bytes], port: int, page: str) -> None:
    give_up = time.monotonic() + _PATIENCE
    while time.monotonic() < give_up:
        if process.poll() is not None:
            raise RuntimeError(f"Expected a server, but it ended with {process.returncode}")
        connection = http.client.HTTPConnection(HOST, port, timeout=_PATIENCE)
        try:
            connection.request("GET", page)
            if connection.getresponse().status == http.client.OK:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError(f"Expected {page} to be answered within {_PATIENCE:.0f} s")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    EmptyServer(read_configuration()).run()
