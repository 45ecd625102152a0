from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from engine.opening import utc_now
from engine.store.lease import ServingLease
from handlers.shared.demo.registry_server import RegistryServer
from handlers.shared.registries import RegistryUnavailable
from handlers.shared.registry_settings import http_registry
from tests.support import errand
from tests.web.cli.conftest import Qadam
from web.bootstrap import install
from web.cli import serve
from web.configuration import Configuration, read_configuration
from web.serving import hold_lease


class ServerThatReturns:
    """Stands where the server would run until it is stopped."""

    ran: list[Configuration] = []
    answers: list[object] = []

    def __init__(
        self, configuration: Configuration, registries: RegistryServer | None = None
    ) -> None:
        self.configuration = configuration
        self.registries = registries

    def run(self) -> None:
        self.ran.append(self.configuration)
        if self.registries is not None:
            self.registries.start()
            registry = http_registry(self.registries.address, self.configuration.settings, utc_now)
            self.answers.append(registry.ask("heads", "150140000012"))


@pytest.fixture(autouse=True)
def server(monkeypatch: pytest.MonkeyPatch) -> list[Configuration]:
    """Nothing is served; what would have been is listed."""
    monkeypatch.setattr(ServerThatReturns, "ran", [])
    monkeypatch.setattr(ServerThatReturns, "answers", [])
    monkeypatch.setattr(serve, "Server", ServerThatReturns)
    monkeypatch.setattr(serve, "hold_lease", partial(hold_lease, patience=0.0))
    return ServerThatReturns.ran


@pytest.fixture
def busy(qadam: Qadam) -> Iterator[None]:
    """Another process serves the database."""
    installation = install(read_configuration())
    lease = ServingLease(installation.engine.database)
    lease.acquire(utc_now())
    yield
    lease.release()
    installation.engine.close()


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_database_that_is_served_already_is_refused(
    qadam: Qadam, busy: None, server: list[Configuration], command: str
) -> None:
    refused = qadam(command)
    assert refused.exit_code == 1
    assert "it is served by process " in refused.output
    assert server == []
    assert qadam("deploy").output == "deployed errand version 1\n", "demo deployed before"


def test_serving_takes_the_port_that_is_named(qadam: Qadam, server: list[Configuration]) -> None:
    assert qadam("serve", "--port", "9123").exit_code == 0
    assert [each.port for each in server] == [9123]


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_it_tells_whom_signatures_may_lead_to(qadam: Qadam, data: Path, command: str) -> None:
    (data / "trust").mkdir(parents=True)
    (data / "trust" / "roots.p7b").write_bytes(b"x")
    shown = qadam(command)
    assert "Signatures: 1 trusted root(s) and 0 issuing certificate(s) in " in shown.output
    assert (
        "Warning: passed over, as only .cer, .crt, .der, .pem are read: roots.p7b" in shown.output
    )


def test_a_demo_deploys_and_says_who_can_sign_in(
    qadam: Qadam, data: Path, server: list[Configuration]
) -> None:
    shown = qadam("demo")
    assert shown.exit_code == 0, shown.output
    assert "Qadam demo: http://127.0.0.1:8000/" in shown.output
    assert "Operator: Demo Operator" in shown.output
    assert (data / "demo_authority" / "root.pem").exists()
    assert len(server) == 1
    assert qadam("deploy").output == "unchanged errand version 1\n"


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_demonstration_asks_registries_over_http_that_end_with_it(
    qadam: Qadam, server: list[Configuration], command: str
) -> None:
    assert qadam(command).exit_code == 0
    (told,) = server
    assert ServerThatReturns.answers == [{"matches": True}]
    assert len(told.settings["QADAM_REGISTRY_TOKEN"]) > 20
    with pytest.raises(RegistryUnavailable, match="connection failed"):
        gone = http_registry(told.settings["QADAM_REGISTRY_URL"], {}, utc_now)
        gone.ask("heads", "150140000012")


def test_a_demonstration_may_have_enterprises_of_its_own(
    qadam: Qadam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "enterprises.json"
    file.write_text('{"150140000012": {"heads": {"matches": false}}}')
    monkeypatch.setenv("QADAM_REGISTRY_FILE", str(file))
    assert qadam("demo").exit_code == 0
    assert ServerThatReturns.answers == [{"matches": False}]


def test_a_demonstration_that_is_told_of_a_gateway_uses_it(
    qadam: Qadam, server: list[Configuration], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QADAM_REGISTRY_URL", "http://127.0.0.1:8100")
    assert qadam("demo").exit_code == 0
    assert server[0].settings["QADAM_REGISTRY_URL"] == "http://127.0.0.1:8100"
    assert ServerThatReturns.answers == []


def test_a_setting_that_can_not_be_used_is_refused_before_serving(
    qadam: Qadam, server: list[Configuration], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QADAM_REGISTRY_TRIES", "often")
    refused = qadam("demo")
    assert refused.exit_code == 1
    assert "QADAM_REGISTRY_TRIES to be a whole number" in refused.output
    assert server == []


def test_a_demo_of_broken_diagrams_does_not_begin(
    qadam: Qadam, diagrams: Path, server: list[Configuration]
) -> None:
    errand.save(diagrams, errand.errand(group="nobody"))
    refused = qadam("demo")
    assert refused.exit_code == 1
    assert "[known-owner]" in refused.output
    assert server == []


def test_a_demo_says_that_it_is_one(qadam: Qadam, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDS_MODE")
    refused = qadam("demo")
    assert refused.exit_code == 1
    assert "a demo runs with EDS_MODE=demo" in refused.output
