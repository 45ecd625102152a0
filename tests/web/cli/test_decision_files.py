"""Files that `qadam decide` can't read, and those that they import."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.decisions import literal, model
from tests.web.cli.conftest import Qadam


def test_a_file_that_can_not_be_read_is_refused(qadam: Qadam, tmp_path: Path) -> None:
    file = tmp_path / "broken.dmn"
    file.write_bytes(model(literal("a", "1 +"), literal("b", "(")))
    refused = qadam("decide", file, "a", "--language", "ru")
    assert (refused.exit_code, refused.stdout) == (1, "")
    *problems, last = refused.stderr.splitlines()
    assert [line.startswith("broken.dmn: ошибка: строка ") for line in problems] == [True, True]
    assert "Ожидалось" in problems[0]
    assert last == "qadam: решение не принято: проблем в broken.dmn: 2"


def test_a_file_of_another_kind_is_refused(qadam: Qadam, diagrams: Path) -> None:
    refused = qadam("decide", diagrams / "errand.bpmn")
    assert refused.exit_code == 1
    assert "holds no decisions: give a .dmn file" in refused.stderr


def test_imported_models_are_found_beside(qadam: Qadam, tmp_path: Path) -> None:
    other = model(literal("rate", "0.5"), namespace="urn:other")
    importing = model(literal("own", "1"), imports={"other": "urn:other"})
    (tmp_path / "own.dmn").write_bytes(importing)
    refused = qadam("decide", tmp_path / "own.dmn", "own")
    assert "urn:other" in refused.stderr
    (tmp_path / "other.dmn").write_bytes(other)
    assert qadam("decide", tmp_path / "own.dmn", "own").exit_code == 0
    assert qadam("decide", tmp_path / "own.dmn", "rate").output.endswith("Result: 0.5\n")
    assert "rate" not in qadam("decide", tmp_path / "own.dmn").output
    (tmp_path / "other.dmn").write_bytes(other[:-20])
    (tmp_path / "neighbour.dmn").write_bytes(b"<definitions")
    refused = qadam("decide", tmp_path / "own.dmn", "own")
    assert refused.stderr.endswith("nothing was decided: 2 problem(s) in other.dmn, own.dmn\n")
    assert "\nown.dmn: error: " in refused.stderr
    linted = qadam("lint", tmp_path / "own.dmn")
    assert linted.output.splitlines()[:-1] == refused.stderr.splitlines()[:-1]
    assert linted.output.endswith("2 decision file(s): 2 error(s), 0 warning(s)\n")


def test_neighbours_are_not_blamed(qadam: Qadam, tmp_path: Path) -> None:
    (tmp_path / "own.dmn").write_bytes(model(literal("own", "1 +")))
    (tmp_path / "broken.dmn").write_bytes(b"<definitions")
    (tmp_path / "other.dmn").write_bytes(model(literal("other", "("), namespace="urn:other"))
    refused = qadam("decide", tmp_path / "own.dmn", "own")
    problem, last = refused.stderr.splitlines()
    assert problem.startswith("own.dmn: error: line ")
    assert last == "qadam: nothing was decided: 1 problem(s) in own.dmn"


def test_what_is_wrong_with_an_imported_file_is_told_of_that(qadam: Qadam, tmp_path: Path) -> None:
    (tmp_path / "rates.dmn").write_bytes(model(literal("rate", "1 +"), namespace="urn:rates"))
    asking = model(literal("asking", "1"), imports={"rates": "urn:rates"})
    (tmp_path / "asking.dmn").write_bytes(asking)
    refused = qadam("decide", tmp_path / "asking.dmn", "asking")
    problem, last = refused.stderr.splitlines()
    assert problem.startswith("rates.dmn: error: line ")
    assert last == "qadam: nothing was decided: 1 problem(s) in rates.dmn"


def test_what_is_wrong_with_a_file_is_json_too(qadam: Qadam, tmp_path: Path) -> None:
    file = tmp_path / "broken.dmn"
    file.write_bytes(model(literal("a", "1 +"), literal("b", "(")))
    refused = qadam("decide", file, "a", "--json", "--language", "ru")
    assert refused.exit_code == 1
    first, second = json.loads(refused.stdout)["errors"]
    assert (first["file"], first["element"], first["rule"]) == ("broken.dmn", "a", "feel-syntax")
    assert first["line"] < second["line"]
    assert first["message"].startswith("Ожидалось выражение FEEL")
    missing = qadam("decide", tmp_path / "no.dmn", "a", "--json")
    assert missing.exit_code == 1
    assert "does not exist" in json.loads(missing.stdout)["errors"][0]["message"]
