"""Qadam as it is served: the command `qadam serve` in a process group of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.stress.visitor import HOST, Unanswered, Visitor
from tests.stress.waiting import PATIENCE, until

_COMMAND = "from web.cli import main; main()"
_HASTY = """
from web.configuration import read_configuration
from web.serving import Server
Server(read_configuration()).run()
"""


def free_port() -> int:
    """A port of the loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def environment(data: Path, diagrams: Path, port: int) -> dict[str, str]:
    """What an installation for a test is told."""
    return {
        "QADAM_DATA": str(data),
        "QADAM_DIAGRAMS": str(diagrams),
        "QADAM_HOST": HOST,
        "QADAM_PORT": str(port),
        "EDS_MODE": "demo",
    }


def await_ready(port: int, alive: Callable[[], bool]) -> bool:
    """Waits until the server answers; False where it died on its way."""
    until(lambda: answers(port) or not alive(), "the server is not ready")
    return alive()


def answers(port: int) -> bool:
    """Whether a server is there and well."""
    try:
        return Visitor(port, "nobody").get("/healthz").status == 200
    except Unanswered:
        return False


class Served:
    """`qadam serve`, started at once; what it says goes to a file.

    `hasty`: the server without the command's first look at who else serves.
    """

    def __init__(self, told: Mapping[str, str], log: Path, *, hasty: bool = False) -> None:
        self.port = int(told["QADAM_PORT"])
        self._log = log
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _HASTY if hasty else _COMMAND, "serve"],
                env={**os.environ, **told},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def ready(self) -> Served:
        """Waits until it answers."""
        assert await_ready(self.port, self.alive), self.said()
        return self

    def alive(self) -> bool:
        return self.process.poll() is None

    def said(self) -> str:
        """All that it printed."""
        return self._log.read_text(encoding="utf-8")

    def workers(self) -> list[int]:
        """The processes that gunicorn forked."""
        pid = self.process.pid
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def end(self, timeout: float = PATIENCE) -> int:
        """Asks it to end (SIGTERM); returns its exit code."""
        self.process.terminate()
        return self.process.wait(timeout)

    def kill(self) -> None:
        """Ends its process group at once, if there is still one."""
        if self.alive():
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
