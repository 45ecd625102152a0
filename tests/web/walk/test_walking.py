from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine.errors import BadCommand, EngineError, InvalidSubmission, NotAllowed
from tests.processes.fk_b03 import BEGINNING, REGISTRY_DOWN
from tests.support import errand
from web.configuration import ROOT, Configuration, read_configuration
from web.walk import Script, Walk
from web.walk.guide import LetTimePass
from web.walk.script import Answer

ASKED = Answer(who="employer-1", values={"subject": "Boxes", "urgency": "low"})
PREPARE, REPORT = Answer("prepare"), Answer("report", values={"hours": 2, "is_finished": True})

Walking = Callable[..., list[str]]


@pytest.fixture
def walking(tmp_path: Path) -> Iterator[Walking]:
    """Walks a process with answers; returns what was said."""
    errand.save(tmp_path / "diagrams")
    walks: list[Walk] = []

    def walk(
        *steps: Answer | LetTimePass,
        start: Answer = ASKED,
        process: str = "errand",
        diagrams: Path | None = None,
    ) -> list[str]:
        said: list[str] = []
        configuration: Configuration = read_configuration(
            {
                "QADAM_DATA": str(tmp_path / "data"),
                "QADAM_DIAGRAMS": str(diagrams or tmp_path / "diagrams"),
                "EDS_MODE": "demo",
            }
        )
        walks.append(Walk(configuration, Script(start, steps, BEGINNING), "en", said.append))
        walks[-1].go(process)
        return said

    yield walk
    for each in walks:
        each.close()


def test_a_walk_tells_who_did_what_and_how_it_ended(walking: Walking) -> None:
    *said, end = walking(PREPARE, LetTimePass(), REPORT)
    assert said == [
        "Demo Employer 1: started errand",
        "Demo Employer 1: Prepare",
        "time passes: 2026-03-02T10:00+05:00",
        "Demo Specialist 1: Report",
    ]
    assert end.endswith(": completed (the one that was started)")


def test_without_answers_left_it_says_what_is_waited_for(walking: Walking) -> None:
    assert walking()[-1] == "  waits for Prepare"


def test_whoever_may_starts_it_where_nobody_is_named(walking: Walking) -> None:
    assert walking(start=Answer(values=ASKED.values))[0] == "Demo Employer 1: started errand"


@pytest.mark.parametrize(
    ("start", "steps", "error", "sentence"),
    [
        (Answer(who="nobody"), (), BadCommand, "Expected a person nobody"),
        (Answer(who="director-1"), (), NotAllowed, "to start errand"),
        (Answer(values={"subject": "x", "urgency": "never"}), (), InvalidSubmission, "urgency"),
        (ASKED, (LetTimePass(),), BadCommand, "Expected a timer to wait for, but none runs"),
        (ASKED, (REPORT,), BadCommand, "Expected an open task report, but there is prepare"),
        (
            ASKED,
            (PREPARE, LetTimePass(), Answer("report", values={"hours": 0})),
            InvalidSubmission,
            "hours",
        ),
    ],
)
def test_a_walk_that_can_not_go_on_says_why(
    walking: Walking,
    start: Answer,
    steps: tuple[Answer | LetTimePass, ...],
    error: type[Exception],
    sentence: str,
) -> None:
    with pytest.raises(error, match=sentence):
        walking(*steps, start=start)


def test_an_incident_ends_the_walk_after_a_week_of_retries(walking: Walking) -> None:
    start = Answer(who="employer-5", values={"financial_year": 2026, "bin": REGISTRY_DOWN})
    steps = [Answer("request_check", values={"request": "sign"}), *[LetTimePass()] * 300]
    with pytest.raises(EngineError, match="incident at check_status"):
        walking(*steps, start=start, process="fk_b03", diagrams=ROOT / "bpmn")
