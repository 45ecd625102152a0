"""The web over a small world or over FK-B.03, and clients that are signed in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.processes.fk_b03 import Office
from tests.support import small_world
from tests.support.fake_engine import FakeEngine, FakeSigner
from tests.support.small_world import NOW
from web.app import create_app
from web.people import load_people
from web.settings import WebSettings


class Browser:
    """A client that is signed in, and reads tokens from the pages as a browser would."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, address: str, **options: Any) -> TestResponse:
        return self.client.get(address, **options)

    def tokens(self, page: str) -> dict[str, str]:
        """The hidden fields of the last form of a page."""
        html = self.client.get(page).get_data(as_text=True)
        return {
            name: re.findall(rf'name="{name}" value="([^"]+)"', html)[-1]
            for name in ("csrf_token", "command_id")
            if f'name="{name}"' in html
        }

    def post(self, address: str, page: str | None = None, **data: Any) -> TestResponse:
        """Posts a form that was shown on `page` (this address where it is not given)."""
        return self.client.post(address, data=self.tokens(page or address) | data)


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


@pytest.fixture
def settings() -> WebSettings:
    return WebSettings(secret_key="not secret", demo=True, cookie_secure=False)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """FK-B.03 with a database of its own, on the second of March 2026."""
    opened = Office(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def app(request: pytest.FixtureRequest, engine: FakeEngine, settings: WebSettings) -> Flask:
    """The web over the office, where a test asks for one; else over what answers from memory."""
    if "office" in request.fixturenames:
        office: Office = request.getfixturevalue("office")
        return office.installation.web()
    return create_app(engine, settings, load_people(), signer=FakeSigner(), clock=lambda: NOW)


@pytest.fixture
def sign_in(app: Flask) -> Iterator[Callable[..., Browser]]:
    def as_person(person: str, language: str = "en") -> Browser:
        browser = Browser(app.test_client())
        token = browser.tokens("/sign-in")["csrf_token"]
        answer = browser.client.post("/sign-in", data={"csrf_token": token, "person": person})
        assert answer.status_code == 302, answer.get_data(as_text=True)
        browser.client.get(f"/sign-in?lang={language}")
        return browser

    return as_person


@pytest.fixture
def new_task() -> Callable[..., SimpleNamespace]:
    return small_world.task


@pytest.fixture
def new_instance() -> Callable[..., SimpleNamespace]:
    return small_world.instance


@pytest.fixture
def new_row() -> Callable[..., SimpleNamespace]:
    return small_world.row


@pytest.fixture
def production(engine: FakeEngine, settings: WebSettings) -> Flask:
    """The same web where it is no demonstration."""
    own = replace(settings, demo=False, cookie_secure=True)
    return create_app(engine, own, load_people(), signer=FakeSigner(), clock=lambda: NOW)
