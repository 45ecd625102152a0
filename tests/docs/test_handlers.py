"""docs/handlers.md shows code that is there, or that runs."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from engine.external_task import read_handler
from handlers.shared.ports import is_port
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


def test_the_example_of_a_port_runs(tmp_path: Path) -> None:
    (example,) = (block.text for block in PYTHON if not source(block))
    file = tmp_path / "example.py"
    file.write_text(example, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("example", file)
    assert spec is not None and spec.loader is not None
    room = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(room)
    assert is_port(room.Printer)
    contract = read_handler(room.print_label, frozenset({room.Printer})).contract
    assert (list(contract.reads), list(contract.ports)) == (["label"], ["printer"])
    printer = room.ports(None)[room.Printer]
    room.print_label(printer, "Boxes")
    assert printer.printed == {"Boxes": "Boxes"}
