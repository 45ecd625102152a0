"""The settings over a real installation: FK-B.03's own tables, on the second of March 2026."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.processes.fk_b03 import Office
from web.app import create_app
from web.settings import WebSettings


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def app(office: Office) -> Flask:
    return create_app(
        office.engine,
        WebSettings(secret_key="not secret", demo=True, cookie_secure=False),
        office.installation.people,
        options=office.engine.surroundings.options,
        clock=office.clock,
    )
