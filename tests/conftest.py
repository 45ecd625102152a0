"""Fixtures that every test may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.house import House


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
