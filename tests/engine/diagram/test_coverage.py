"""How much of a diagram was taken."""

from __future__ import annotations

import pytest

from engine.diagram import ProcessFacts, flows_between, measure_coverage, read_diagram
from tests.support import diagrams as draw


@pytest.fixture
def process() -> ProcessFacts:
    xml = draw.diagram(
        draw.process(
            "demo",
            draw.start_event("asked"),
            draw.exclusive_gateway("fit", default="no"),
            draw.end_event("done"),
            draw.end_event("refused"),
            draw.flow("asked", "fit", id="first"),
            draw.flow("fit", "done", "${a}", id="yes"),
            draw.flow("fit", "refused", id="no"),
        )
    )
    return read_diagram(xml, "demo.bpmn").processes["demo"]


def test_missed_and_taken_in_the_order_of_the_diagram(process: ProcessFacts) -> None:
    coverage = measure_coverage(process, ["done", "fit", "asked"], ["yes", "first"])
    assert coverage.elements_taken == ("asked", "fit", "done")
    assert coverage.missed == ("refused", "no")
    assert (coverage.taken, coverage.total) == (5, 7)
    assert coverage.percentage == pytest.approx(500 / 7)
    assert str(coverage) == "demo: 5 of 7 (71.4 %), missed: refused, no"


def test_everything_taken(process: ProcessFacts) -> None:
    coverage = measure_coverage(process, process.elements, process.flows)
    assert coverage.percentage == 100
    assert coverage.missed == ()
    assert str(coverage) == "demo: 7 of 7 (100.0 %)"


def test_ids_of_other_processes_do_not_count(process: ProcessFacts) -> None:
    assert measure_coverage(process, ["elsewhere"], ["elsewhere"]).taken == 0


def test_flows_by_their_ends(process: ProcessFacts) -> None:
    assert flows_between(process, [("asked", "fit"), ("fit", "refused"), ("fit", "x")]) == {
        "first",
        "no",
    }
