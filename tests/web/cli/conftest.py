"""An installation in the test's folder, and the command line to use it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support import errand
from tests.support.decisions import input_data, literal, model, table
from web.cli import main

Qadam = Callable[..., Result]
PLACES = model(
    input_data("size", "number"),
    input_data("day", "date"),
    table(
        "share",
        {"size": "number", "day": "date"},
        {"share": "number"},
        [("< 50", "-", "0.1"), (">= 50", '< date("2026-01-01")', "0.2")],
        name="Share of places",
    ),
    literal("places", "floor(size * Share of places)", needs=["share"], inputs=["size"]),
    literal("term", "string(workday_start(2)) + string(today())"),
    literal("dated", 'dated("terms", "2.2")'),
    literal("broken", "1 +\n size.wrong", inputs=["size"]),
)


@pytest.fixture
def diagrams(tmp_path: Path) -> Path:
    """A folder with one diagram that passes the gate."""
    folder = tmp_path / "diagrams"
    errand.save(folder)
    return folder


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The installation's data folder."""
    return tmp_path / "data"


@pytest.fixture
def qadam(data: Path, diagrams: Path, monkeypatch: pytest.MonkeyPatch) -> Qadam:
    """Runs a command of a demonstration with those diagrams: `qadam("deploy", "--force")`."""
    monkeypatch.setenv("QADAM_DATA", str(data))
    monkeypatch.setenv("QADAM_DIAGRAMS", str(diagrams))
    monkeypatch.setenv("EDS_MODE", "demo")

    def run(*arguments: object, typed: str | None = None) -> Result:
        return CliRunner().invoke(main, [str(each) for each in arguments], input=typed)

    return run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of decisions, of which one is broken."""
    path = tmp_path / "places.dmn"
    path.write_bytes(PLACES)
    return path
