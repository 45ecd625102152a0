from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.cli.conftest import Qadam


def test_a_setting_that_is_no_number_is_refused(
    qadam: Qadam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QADAM_PORT", "eighty")
    refused = qadam("deploy")
    assert refused.exit_code == 1
    assert "a setting can't be read" in refused.output
    assert "eighty" in refused.output


@pytest.mark.parametrize("content", [None, "{", "{}", '{"roles": [], "people": [1]}'])
def test_people_that_cant_be_read_are_refused(
    qadam: Qadam, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    file = tmp_path / "people.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    monkeypatch.setenv("QADAM_PEOPLE", str(file))
    for command in ("lint", "deploy"):
        refused = qadam(command)
        assert refused.exit_code == 1
        assert f"the people in {file} can't be read" in refused.output
