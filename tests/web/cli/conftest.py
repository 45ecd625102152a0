"""An installation in the test's folder, and the command line to use it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.support import errand
from web.cli import main

Qadam = Callable[..., Result]


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
