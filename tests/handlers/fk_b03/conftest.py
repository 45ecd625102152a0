"""What the tests of FK-B.03 share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from engine.decided import Decide as EngineDecide
from handlers.fk_b03.application import Application
from handlers.fk_b03.decisions import Decide
from web.cli.lone_decisions import lone_decisions

TABLES = Path(__file__).parents[3] / "bpmn" / "fk_b03" / "measures.dmn"
DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"


@pytest.fixture
def decide(decisions: EngineDecide) -> Decide:
    """The tables of FK-B.03, asked as handlers and checks ask them."""
    return _asked(decisions)


@pytest.fixture
def with_rows() -> Callable[..., Decide]:
    """The tables of FK-B.03, but one of them with other rows: lists of its cells."""

    def changed(table: str, *rows: list[str]) -> Decide:
        model = etree.parse(TABLES).getroot()
        (found,) = (each for each in model.iter(f"{DMN}decision") if each.get("id") == table)
        inputs = len(list(found.iter(f"{DMN}input")))
        (holder,) = found.iter(f"{DMN}decisionTable")
        for rule in list(holder.iter(f"{DMN}rule")):
            holder.remove(rule)
        for cells in rows:
            rule = etree.SubElement(holder, f"{DMN}rule")
            for place, text in enumerate(cells):
                entry = "inputEntry" if place < inputs else "outputEntry"
                cell = etree.SubElement(rule, f"{DMN}{entry}")
                etree.SubElement(cell, f"{DMN}text").text = text
        return _asked(lone_decisions({TABLES.name: etree.tostring(model)}))

    return changed


@pytest.fixture
def variables(example: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Twelve employees, so two places; two are asked for."""
    return example("fk_b03.make_application_document")


@pytest.fixture
def apply(variables: dict[str, Any]) -> Callable[..., Application]:
    """The application of the example, with changes."""
    return lambda **changes: Application.of(variables | changes)


def _asked(decisions: EngineDecide) -> Decide:
    return lambda decision, inputs: decisions(decision, inputs, "latest", None, None)
