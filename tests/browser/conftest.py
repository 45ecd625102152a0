"""A browser, and people at it. Pictures of pages go to the folder QADAM_SCREENSHOTS names."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, StorageState, expect, sync_playwright

from tests.browser.cases import Cases, prepare
from tests.browser.qadam import Qadam
from tests.browser.served import Served, served
from tests.browser.visit import PATIENCE, Visit
from tests.support.pieces import missing

_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--ignore-certificate-errors",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; what is expected of a page has time to come."""
    expect.set_options(timeout=PATIENCE * 1000)
    program = shutil.which("chromium")
    if program is None:
        missing("Chromium (tests/install_browser.sh installs it)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_OPTIONS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def album() -> Path | None:
    """Where pictures are kept; None: nowhere."""
    folder = os.environ.get("QADAM_SCREENSHOTS")
    return Path(folder) if folder else None


@pytest.fixture
def visit(chromium: Browser, album: Path | None) -> Iterator[Callable[..., Visit]]:
    """Begins a visit: `visit(address, "kk")`. All end with the test."""
    begun: list[Visit] = []

    def begin(address: str, language: str, **how: Any) -> Visit:
        begun.append(Visit(chromium, address, language, album=album, **how))
        return begun[-1]

    yield begin
    for each in begun:
        each.close()


@pytest.fixture(scope="session")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Cases:
    """Cases that were brought where tests begin."""
    return prepare(tmp_path_factory.mktemp("cases"))


@pytest.fixture(scope="session")
def site(chromium: Browser, cases: Cases) -> Iterator[Qadam]:
    """Qadam, served on the cases."""
    qadam = Qadam(cases.data, {"QADAM_REGISTRY_FILE": str(cases.registry)})
    yield qadam.serve()
    qadam.end()


@pytest.fixture(scope="session")
def year() -> int:
    """The financial year that can be applied for today."""
    return datetime.now(ZoneInfo("Asia/Almaty")).year


@pytest.fixture(scope="session")
def sessions() -> dict[tuple[str, str], StorageState]:
    """What the browsers of those who signed in before keep, by person and language."""
    return {}


@pytest.fixture
def seat(
    site: Qadam,
    visit: Callable[..., Visit],
    sessions: dict[tuple[str, str], StorageState],
) -> Callable[..., Visit]:
    """Seats a person who is signed in: `seat("Демо Маман 1", "kk")`."""

    def sit(person: str, language: str = "kk", **how: Any) -> Visit:
        known = sessions.get((person, language))
        if known is not None:
            return visit(site.address, language, state=known, **how)
        at = visit(site.address, language, **how).sign_in(person)
        sessions[person, language] = at.context.storage_state()
        return at

    return sit


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """An installation of the file's own: automatic steps are done when a test says so."""
    with served(tmp_path_factory.mktemp("data")) as opened:
        yield opened


@pytest.fixture
def sit(office: Served, visit: Callable[..., Visit]) -> Callable[..., Visit]:
    """Seats a person at the pages of the office: `sit("employer-1", "kk")`."""
    return partial(office.seat, visit)
