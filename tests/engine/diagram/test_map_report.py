"""Which rows of a map are carried out."""

from __future__ import annotations

import json

import pytest

from engine.diagram import FunctionalMap, MapReport, MapRow, read_diagram, read_map, report_map
from engine.diagram.resources import UnreadableJson
from tests.support import diagrams as draw

ROWS = ("1", "1.1", "1.2", "2", "2.1", "10")
MAP = FunctionalMap("FK-D.01", tuple(MapRow(row, {}) for row in ROWS))


def report(**sources: str) -> MapReport:
    tasks = [
        draw.user_task(name, properties={"source": source} if source else None)
        for name, source in sources.items()
    ]
    xml = draw.diagram(draw.process("demo", draw.start_event("asked"), *tasks))
    return report_map(read_diagram(xml, "demo.bpmn"), MAP)


def test_elements_by_row() -> None:
    found = report(a="FK-D.01 1.1; FK-D.01 10", b="FK-D.01 1.1").carried_out
    assert found == {"1.1": ("a", "b"), "10": ("a",)}


def test_a_stage_is_carried_out_by_all_of_its_rows() -> None:
    assert "1" not in report(a="FK-D.01 1.1").carried_out
    assert report(a="FK-D.01 1.1", b="FK-D.01 1.2").carried_out["1"] == ("a", "b")


def test_a_stage_may_be_carried_out_itself() -> None:
    found = report(a="FK-D.01 2")
    assert found.carried_out["2"] == ("a",)
    assert "2.1" in [row.number for row in found.missing]


def test_row_10_is_no_row_of_stage_1() -> None:
    assert "1" in report(a="FK-D.01 1.1", b="FK-D.01 1.2").carried_out


def test_rows_that_the_map_lacks() -> None:
    assert report(a="FK-D.01 9.9; FK-D.01 1.1").unknown == (("a", "9.9"),)


def test_other_sources_are_no_rows() -> None:
    found = report(a="S0 4; FK-D.011 1.1", b="")
    assert found.unknown == ()
    assert found.without_row == ("a", "b")
    assert found.carried_out == {}


def test_map_from_a_file() -> None:
    data = {"code": "FK-D.01", "rows": [{"row": "1", "kk": "а", "ru": "б", "en": "c", "kind": "x"}]}
    assert read_map(json.dumps(data).encode()) == FunctionalMap(
        "FK-D.01", (MapRow("1", {"kk": "а", "ru": "б", "en": "c"}),)
    )


@pytest.mark.parametrize(
    "data", ["[]", "{}", '{"code": "a", "rows": [{}]}', '{"code": "a", "rows": 1}', "{"]
)
def test_no_map(data: str) -> None:
    with pytest.raises(UnreadableJson):
        read_map(data.encode())
