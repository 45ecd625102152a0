"""What becomes of a job whose outcome can't be written: tried again, then an incident."""

from __future__ import annotations

from engine.completion_check import Completion
from tests.support.diagrams import end_event, path, process, service_task, start_event


def test_a_fault_while_the_outcome_is_written_is_tried_again_then_an_incident(make_house) -> None:
    calls: list[str] = []

    def work() -> None:
        calls.append("called")

    def broken(completion: Completion) -> None:
        raise RuntimeError("the ledger is torn")

    house = make_house(handlers={"work": work}, checks={"broken": broken})
    house.deploy(
        process(
            "p",
            start_event("s"),
            service_task("a", properties={"check": "broken"}),
            end_event("e"),
            *path("s", "a", "e"),
        )
    )
    instance = house.start()
    for _ in range(6):
        house.clock.advance(hours=1)
        house.work()
    assert len(calls) == house.engine.surroundings.settings.retries
    (incident,) = house.incidents(instance_id=instance)
    assert "the ledger is torn" in incident.message
    assert house.state(instance) == "active"
