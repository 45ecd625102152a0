from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypedDict

import orjson
import pytest

from engine.external_task import BpmnError, TemporaryFailure, external_task, read_handler
from handlers import discover
from tests.web.cli.conftest import Qadam

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "handlers" / "fk_b03" / "examples"


class Weighed(TypedDict):
    """What weighing gives."""

    grams: int


@external_task("demo.weigh")
def weigh(parcel: str, scale: str = "kitchen") -> Weighed:
    """Weighs small things."""
    if parcel == "stone":
        raise BpmnError("too_heavy", "it breaks the scale")
    if parcel == "feather":
        raise TemporaryFailure("the scale is being cleaned", timedelta(minutes=1))
    return {"grams": len(parcel)}


@pytest.fixture
def with_scale(monkeypatch: pytest.MonkeyPatch, qadam: Qadam) -> Qadam:
    """The command line of an installation with one handler more."""
    known = discover()
    handlers = {**known.handlers, "demo.weigh": read_handler(weigh)}
    monkeypatch.setattr("web.cli.handler.discover", lambda: replace(known, handlers=handlers))
    monkeypatch.setenv("QADAM_DIAGRAMS", str(ROOT / "bpmn"))
    return qadam


def variables(tmp_path: Path, **values: object) -> Path:
    file = tmp_path / "variables.json"
    file.write_bytes(orjson.dumps(values))
    return file


def test_the_list_tells_what_each_handler_reads_and_gives(with_scale: Qadam) -> None:
    listed = with_scale("handler", "list").output
    assert "demo.weigh\n  reads parcel, [scale]\n  gives grams\n" in listed
    assert "fk_b03.conclude_contract\n  reads nothing\n  gives concluded_on\n" in listed
    assert "fk_b03.register_vacancy\n  reads vacancy, published_by\n  gives nothing\n" in listed


def test_what_it_gives_is_printed_as_json(with_scale: Qadam, tmp_path: Path) -> None:
    ran = with_scale("handler", "run", "demo.weigh", "--vars", variables(tmp_path, parcel="tea"))
    assert (ran.exit_code, orjson.loads(ran.output)) == (0, {"grams": 3})


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_every_handler_runs_with_its_example(with_scale: Qadam, example: Path) -> None:
    ran = with_scale("handler", "run", f"fk_b03.{example.stem}", "--vars", example)
    assert ran.exit_code == 0, ran.output
    assert isinstance(orjson.loads(ran.output), dict)


def test_documents_are_saved_where_asked_for(with_scale: Qadam, tmp_path: Path) -> None:
    folder = tmp_path / "made"
    topic, example = "fk_b03.make_contract_document", EXAMPLES / "make_contract_document.json"
    ran = with_scale("handler", "run", topic, "--vars", example, "--save", folder)
    told = orjson.loads(ran.output)["contract_document"]
    (saved,) = folder.iterdir()
    assert saved.read_bytes().startswith(b"%PDF")
    assert (told["document"], told["size"]) == (saved.name, saved.stat().st_size)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"parcel": "stone"}, "BPMN error too_heavy: it breaks the scale"),
        ({"parcel": "feather"}, "temporary failure, would be tried again: the scale is being"),
        ({}, "Expected variable parcel for demo.weigh, but it is not set"),
    ],
)
def test_what_went_wrong_is_said_in_a_line(
    with_scale: Qadam, tmp_path: Path, values: dict[str, object], sentence: str
) -> None:
    ran = with_scale("handler", "run", "demo.weigh", "--vars", variables(tmp_path, **values))
    assert ran.exit_code == 1
    assert sentence in ran.output


def test_an_unknown_topic_is_refused_with_those_there_are(
    with_scale: Qadam, tmp_path: Path
) -> None:
    ran = with_scale("handler", "run", "demo.fly", "--vars", variables(tmp_path))
    assert ran.exit_code == 1
    assert "there is no handler for demo.fly; there are demo.weigh, fk_b03." in ran.output


@pytest.mark.parametrize(
    ("content", "sentence"), [("{", "is not JSON"), ("[1]", "must hold a JSON object")]
)
def test_variables_that_are_none_are_refused(
    with_scale: Qadam, tmp_path: Path, content: str, sentence: str
) -> None:
    file = tmp_path / "variables.json"
    file.write_text(content, encoding="utf-8")
    ran = with_scale("handler", "run", "demo.weigh", "--vars", file)
    assert ran.exit_code == 1
    assert sentence in ran.output
