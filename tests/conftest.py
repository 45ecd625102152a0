"""Fixtures that every test may ask for."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.house import House

_MEMORY = Path("/dev/shm")
_ROOM = 8 * 2**30


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Keeps the tests' databases in memory where there is room: thousands are written and none is
    read again. `--basetemp FOLDER` keeps them there instead, to be looked at."""
    is_worker = hasattr(config, "workerinput")
    if is_worker or config.option.basetemp is not None or not _MEMORY.is_dir():
        return
    if shutil.disk_usage(_MEMORY).free >= _ROOM:
        folder = tempfile.mkdtemp(prefix="qadam-tests-", dir=_MEMORY)
        config.option.basetemp = str(Path(folder, "data"))
        config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


@pytest.fixture
def make_house(tmp_path: Path) -> Iterator[Callable[..., House]]:
    """Opens engines on the test's folder; `make_house(handlers={...})`."""
    opened: list[House] = []

    def make(**keywords: Any) -> House:
        house = House(tmp_path, **keywords)
        opened.append(house)
        return house

    yield make
    for house in opened:
        house.close()


@pytest.fixture
def house(make_house: Callable[..., House]) -> House:
    """An engine without handlers."""
    return make_house()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Prints what tests measured: each `record_property("measured", …)` a line."""
    lines = {
        value
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "measured"
    }
    if lines:
        terminalreporter.section("measured")
        for line in sorted(lines):
            terminalreporter.write_line(line)
