"""Asking the registries whether they answer, before an employer's check does."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

import pytest

from handlers.fk_b03.facts import REGISTRIES
from handlers.shared.registry_health import NOBODY
from tests.support.scripted_registries import Connection, Gateway, answering
from tests.web.cli.conftest import Qadam
from web import serving
from web.bootstrap import install
from web.configuration import read_configuration


def nothing_held(connection: Connection) -> None:
    registry, number = connection.path.split("/")[-2:]
    told = {"registry": registry, "number": number, "found": False}
    answering(404, told)(connection)


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    with Gateway(nothing_held) as opened:
        monkeypatch.setenv("QADAM_REGISTRY_URL", opened.address)
        yield opened


@pytest.fixture
def deployed(qadam: Qadam, gateway: Gateway) -> None:
    assert qadam("deploy").exit_code == 0


def test_all_that_answer_are_told_in_a_line(qadam: Qadam, deployed: None, gateway: Gateway) -> None:
    done = qadam("check-registries")
    assert (done.exit_code, done.output) == (0, "All registries answer.\n")
    assert sorted(gateway.questions) == sorted(REGISTRIES)
    assert {path.rpartition("/")[2] for path, _token in gateway.requests} == {NOBODY}


def test_a_wrong_route_is_told(qadam: Qadam, deployed: None, gateway: Gateway) -> None:
    gateway.behaviours["heads"] = answering(404, b"<html>no such page")
    gateway.behaviours["insolvency"] = answering(401, {})
    done = qadam("check-registries")
    assert done.exit_code == 1
    assert "heads: it answered 404 without saying what it holds (a wrong route?)" in done.output
    assert "insolvency: it answered 401" in done.output
    assert "2 registries give no usable answer" in done.output


def test_without_a_database_nothing_is_asked(qadam: Qadam, gateway: Gateway) -> None:
    assert "there is no database" in qadam("check-registries").output
    assert gateway.requests == []


def test_a_server_that_starts_logs_what_is_wrong(
    qadam: Qadam, deployed: None, gateway: Gateway, caplog: pytest.LogCaptureFixture
) -> None:
    gateway.behaviours["heads"] = answering(404, b"<html>no such page")
    caplog.set_level(logging.ERROR, "web.serving")
    installation = install(read_configuration())
    assert installation.checks is not None
    serving.tell_of_registries(installation.checks)
    for thread in threading.enumerate():
        if thread.name == "qadam-registry-health":
            thread.join(10)
    installation.engine.close()
    (told,) = caplog.messages
    assert told.startswith("registry heads gives no usable answer: it answered 404")
