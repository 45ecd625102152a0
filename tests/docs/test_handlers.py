"""docs/handlers.md shows code that is there, or that runs."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.external_task import read_handler
from handlers.shared.ports import is_port
from tests.support.decisions import input_data, model, table
from tests.support.diagrams import end_event, path, process, service_task, start_event
from tests.support.house import House
from tests.support.markdown import ROOT, Block, document

TEXT = document("docs/handlers.md")
PYTHON = [block for block in TEXT.blocks if block.language == "python"]
QUOTED = re.compile(r"From `(.+)`:")


def source(block: Block) -> str | None:
    """The file that a block is taken from, if it says so."""
    found = QUOTED.fullmatch(block.before)
    return found[1] if found else None


@pytest.mark.parametrize("block", [block for block in PYTHON if source(block)], ids=source)
def test_what_is_quoted_stands_in_its_file(block: Block) -> None:
    assert block.text in (ROOT / str(source(block))).read_text(encoding="utf-8")


def example(words: str, folder: Path) -> Any:
    """The module that an example with these words is."""
    (text,) = (block.text for block in PYTHON if not source(block) and words in block.text)
    file = folder / "example.py"
    file.write_text(text, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("example", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_example_runs_here() -> None:
    assert len([block for block in PYTHON if not source(block)]) == 2


def test_the_example_of_a_decision_runs(
    make_house: Callable[..., House], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    refund = example("task.decide", tmp_path).refund
    house = make_house(handlers={"demo.refund": refund})
    node = process(
        "demo",
        start_event("s"),
        service_task("pay_back", topic="demo.refund"),
        end_event("e"),
        *path("s", "pay_back", "e"),
        properties={"inputs": "paid"},
    )
    rows = [("< 100", "0"), (">= 100", "0.5")]
    rate = table("rate", {"paid": "number"}, {"rate": "number"}, rows)
    house.deploy(node, files={"demo/rate.dmn": model(input_data("paid", "number"), rate)})
    instance = house.start("demo", {"paid": 200})
    assert house.state(instance) == "completed"
    assert capsys.readouterr().out == "0.5 [2]\n"


def test_the_example_of_a_port_runs(tmp_path: Path) -> None:
    room = example("@port", tmp_path)
    assert is_port(room.Printer)
    contract = read_handler(room.print_label, frozenset({room.Printer})).contract
    assert (list(contract.reads), list(contract.ports)) == (["label"], ["printer"])
    printer = room.ports(None)[room.Printer]
    room.print_label(printer, "Boxes")
    assert printer.printed == {"Boxes": "Boxes"}
