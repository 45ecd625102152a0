from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.opening import utc_now
from handlers.shared.registries import RegistryUnavailable
from handlers.shared.registry_settings import http_registry
from tests.web.cli.conftest import Qadam

GOOD = "150140000012"


@pytest.fixture
def alone(data: Path) -> Iterator[subprocess.Popen[str]]:
    """The command as a process of its own, asking for a token."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from web.cli import main; main()", "demo-registries", "--port=0"],
        env={**os.environ, "QADAM_DATA": str(data), "QADAM_REGISTRY_TOKEN": "secret"},
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def test_it_answers_where_it_says_until_it_is_interrupted(
    alone: subprocess.Popen[str], data: Path
) -> None:
    assert alone.stdout is not None
    told = re.fullmatch(r"QADAM_REGISTRY_URL=(http://127\.0\.0\.1:\d+)\n", alone.stdout.readline())
    assert told is not None
    assert str(data / "demo_registries.json") in alone.stdout.readline()
    registry = http_registry(told[1], {"QADAM_REGISTRY_TOKEN": "secret"}, utc_now)
    assert registry.ask("heads", GOOD) == {"matches": True}
    data.mkdir(exist_ok=True)
    (data / "demo_registries.json").write_text('{"heads": "down"}')
    with pytest.raises(RegistryUnavailable, match="503"):
        registry.ask("heads", GOOD)
    with pytest.raises(RegistryUnavailable, match="401"):
        http_registry(told[1], {}, utc_now).ask("insolvency", GOOD)
    alone.send_signal(signal.SIGINT)
    assert alone.wait(10) == 0


def test_a_port_that_is_taken_is_told(alone: subprocess.Popen[str], qadam: Qadam) -> None:
    assert alone.stdout is not None
    port = alone.stdout.readline().strip().rpartition(":")[2]
    refused = qadam("demo-registries", "--port", port)
    assert refused.exit_code == 1
    assert f"port {port} can't be listened on" in refused.output
