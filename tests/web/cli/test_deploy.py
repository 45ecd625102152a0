from __future__ import annotations

from pathlib import Path

import pytest

from engine.commands import Deploy
from engine.identity import Actor
from tests.support import errand
from tests.support.decisions import input_data, literal, model, table
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
    assert "errand.bpmn: ошибка: строка " in refused.output
    assert "Ожидалось" in refused.output
    assert "ничего не развёрнуто: проблем в errand.bpmn: 1\n" in refused.output
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


def decision(text: str) -> bytes:
    return model(input_data("n"), literal("pay", text, inputs=["n"]))


def test_decisions_go_with_the_folder_and_alone(qadam: Qadam, diagrams: Path) -> None:
    file = diagrams / "rates" / "pay.dmn"
    file.parent.mkdir()
    file.write_bytes(decision("n"))
    assert qadam("deploy").output == (
        "deployed errand version 1\ndeployed decision pay version 1\n"
    )
    assert qadam("deploy", str(file)).output == "unchanged decision pay version 1\n"
    file.write_bytes(decision("n * 2"))
    assert qadam("deploy", str(file)).output == "deployed decision pay version 2\n"
    assert qadam("deploy").output == (
        "unchanged errand version 1\nunchanged decision pay version 2\n"
    )


def test_a_decision_that_can_not_be_read_is_told_with_its_file(
    qadam: Qadam, diagrams: Path
) -> None:
    file = diagrams / "pay.dmn"
    file.write_bytes(decision("n +"))
    (diagrams / "neighbour.dmn").write_bytes(b"<definitions")
    refused = qadam("deploy", str(file), "--language", "kk")
    assert refused.exit_code == 1
    problem, last = refused.output.splitlines()
    assert problem.startswith("pay.dmn: қате: ")
    assert last == "qadam: ештеңе орналастырылған жоқ: pay.dmn ішіндегі қателер: 1"
    assert qadam("lint").exit_code == 1


def test_only_decisions_of_the_folder_are_deployed_alone(
    qadam: Qadam, diagrams: Path, tmp_path: Path
) -> None:
    refused = qadam("deploy", str(diagrams / "errand.bpmn"))
    assert refused.exit_code == 1
    assert "is no .dmn file in" in refused.output
    outside = tmp_path / "outside.dmn"
    outside.write_bytes(decision("n"))
    assert qadam("deploy", str(outside)).exit_code == 1


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        (
            "ru",
            "развёрнуто: errand, версия 1\nразвёрнуто решение pay, версия 1\n",
            "без изменений: решение pay, версия 1\n",
        ),
        (
            "kk",
            "орналастырылды: errand, 1-нұсқа\npay шешімі орналастырылды, 1-нұсқа\n",
            "өзгеріссіз: pay шешімі, 1-нұсқа\n",
        ),
    ],
)
def test_what_was_deployed_is_told_in_the_language_asked_for(
    qadam: Qadam, diagrams: Path, language: str, first: str, second: str
) -> None:
    file = diagrams / "pay.dmn"
    file.write_bytes(decision("n"))
    assert qadam("deploy", "--language", language).output == first
    assert qadam("deploy", file, "--language", language).output == second


def test_warnings_are_told_with_their_file_in_the_language_asked_for(
    qadam: Qadam, diagrams: Path
) -> None:
    file = diagrams / "pay.dmn"
    rules = [("< 50", "2"), (">= 60", "5")]
    file.write_bytes(
        model(input_data("n", "number"), table("pay", {"n": "number"}, {"pay": "number"}, rules))
    )
    told = qadam("deploy", file, "--language", "ru").output.splitlines()
    assert told[0].startswith("pay.dmn: предупреждение: строка ")
    assert told[0].endswith("[uncovered-input]")
    assert told[1:] == ["развёрнуто решение pay, версия 1"]
