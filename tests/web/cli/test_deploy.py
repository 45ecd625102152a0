from __future__ import annotations

from pathlib import Path

import pytest

from engine.commands import Deploy
from engine.identity import Actor
from tests.support import errand
from tests.web.cli.conftest import Qadam
from web.bootstrap import install, read_resources
from web.configuration import read_configuration


def test_deploying_twice_keeps_the_version(qadam: Qadam) -> None:
    assert qadam("deploy", "--note", "first").output == "deployed errand version 1\n"
    assert qadam("deploy").output == "unchanged errand version 1\n"


def test_what_changed_gets_a_new_version(qadam: Qadam, diagrams: Path) -> None:
    qadam("deploy")
    errand.save(diagrams, errand.errand(group="director"))
    assert qadam("deploy").output == "deployed errand version 2\n"


def test_a_refused_deployment_tells_why_and_changes_nothing(qadam: Qadam, diagrams: Path) -> None:
    qadam("deploy")
    good = (diagrams / "errand.bpmn").read_bytes()
    errand.save(diagrams, errand.errand(group="nobody"))
    refused = qadam("deploy", "--language", "ru")
    assert refused.exit_code == 1
    assert "errand.bpmn: error: line " in refused.output
    assert "Ожидалось" in refused.output
    assert "nothing was deployed: 1 problem(s)" in refused.output
    (diagrams / "errand.bpmn").write_bytes(good)
    assert qadam("deploy").output == "unchanged errand version 1\n"


def test_a_newer_version_from_the_browser_is_replaced_only_by_force(
    qadam: Qadam, diagrams: Path
) -> None:
    qadam("deploy")
    drawn = (diagrams / "errand.bpmn").read_bytes()
    errand.save(diagrams, errand.errand(group="director"))
    installation = install(read_configuration())
    edited = Deploy("browser", read_resources(diagrams), source="browser")
    installation.engine.execute(edited, Actor.system())
    installation.engine.close()
    (diagrams / "errand.bpmn").write_bytes(drawn)
    refused = qadam("deploy")
    assert refused.exit_code == 1
    assert "version 2 was made in the browser" in refused.output
    assert qadam("deploy", "--force").output == "deployed errand version 3\n"


def test_a_real_installation_must_be_told_its_registries(
    qadam: Qadam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDS_MODE", "production")
    refused = qadam("deploy")
    assert refused.exit_code == 1
    assert "QADAM_REGISTRY_URL" in refused.output


def test_a_demo_root_is_not_trusted_in_production(
    qadam: Qadam, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    qadam("deploy")
    monkeypatch.setenv("EDS_MODE", "production")
    monkeypatch.setenv("QADAM_REGISTRY_FILE", str(data / "registry.json"))
    refused = qadam("deploy")
    assert refused.exit_code == 1
    assert "Expected no demo certificate" in refused.output
