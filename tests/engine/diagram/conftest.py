"""The surroundings of the fixture diagrams: a small directory, four handlers, one check, three
decisions, files."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

import pytest

from engine.diagram import DecisionFacts, DecisionInput, Surroundings
from engine.external_task import external_task, read_handler

HERE = Path(__file__).parent
RESOURCES = HERE / "resources"


class Left(TypedDict):
    """What counting gives."""

    places_left: int


@external_task("demo.work")
def work() -> None:
    """Reads nothing, gives nothing."""


@external_task("demo.count_places")
def count_places(places: int, already_taken: int = 0) -> Left:
    """Needs places; what is taken already is optional."""
    return {"places_left": places - already_taken}


@external_task("demo.tell_status")
def tell_status(status: str, previous_status: str = "") -> None:
    """Listens: reads what it is told."""


@external_task("demo.tell_place")
def tell_place(status: str, place: str) -> None:
    """Listens: needs a variable of the process too."""


@pytest.fixture(scope="session")
def surroundings() -> Surroundings:
    """What the fixture diagrams are checked against; the application's key is `demo`."""
    given = (work, count_places, tell_status, tell_place)
    handlers = [read_handler(function) for function in given]
    return Surroundings(
        groups=frozenset({"employer", "specialist", "director"}),
        users=frozenset({"demo.director"}),
        topics={handler.topic: handler.contract for handler in handlers},
        checks=frozenset({"demo.take_places"}),
        decisions={
            "demo_places": DecisionFacts(
                "demo_places", "Places", (DecisionInput("size", "number"),), outputs=1
            ),
            "demo_terms": DecisionFacts("demo_terms", "Terms", outputs=2),
            "demo_offices": DecisionFacts("demo_offices", "Offices", outputs=1, several=True),
        },
        resources={
            str(path.relative_to(RESOURCES)): path.read_bytes()
            for path in RESOURCES.rglob("*.json")
        },
    )
