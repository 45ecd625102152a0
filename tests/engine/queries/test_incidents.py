"""Open incidents, for those who can do something about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from engine.commands import RetryJob
from tests.support.diagrams import end_event, path, process, service_task, start_event
from tests.support.house import OPERATOR, House, person


def test_incidents_are_listed_newest_first_until_they_are_resolved(
    make_house: Callable[..., House],
) -> None:
    broken = [True]

    def work() -> None:
        if broken:
            raise ValueError("no registry")

    house = make_house(handlers={"work": work}, settings={"retries": 1})
    house.deploy(
        process(
            "p",
            start_event("s"),
            service_task("w", names={"en": "Register"}),
            end_event("e"),
            *path("s", "w", "e"),
        )
    )
    first, second, third = (house.start(business_key=key) for key in ("one", "two", "three"))
    queries = house.engine.queries
    page = queries.incidents(OPERATOR, limit=2)
    assert [row.instance_id for row in page.rows] == [third, second]
    rest = queries.incidents(OPERATOR, limit=2, after=page.next)
    assert [row.instance_id for row in rest.rows] == [first]
    assert queries.incidents(OPERATOR, limit=2, before=rest.previous) == page
    row = rest.rows[0]
    assert (row.kind, row.business_key, row.process_id) == ("failed_job", "one", "p")
    assert (row.element_id, row.names["en"], row.topic) == ("w", "Register", "work")
    assert (row.retries, row.attempts) == (0, 1)
    assert "no registry" in row.message
    broken.clear()
    house.execute(RetryJob(str(row.job_id)), OPERATOR)
    house.work()
    assert [row.business_key for row in queries.incidents(OPERATOR).rows] == ["three", "two"]
    assert queries.incidents(person("aigul", "staff")).rows == ()
    assert queries.incidents(replace(OPERATOR, tenant="elsewhere")).rows == ()
