"""Open incidents, for those who can do something about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.commands import RetryJob
from tests.support.decisions import input_data, model, table
from tests.support.diagrams import (
    Element,
    business_rule_task,
    end_event,
    path,
    process,
    service_task,
    start_event,
)
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


def rates(second: str) -> bytes:
    """Whether two rules of it match is only known with a size: the second asks with a function."""
    rules = [("< 100", "0.1"), (second, "0.2")]
    return model(
        input_data("size", "number"), table("rate", {"size": "number"}, {"rate": "number"}, rules)
    )


def deciding(decision: str, **reference: str) -> Element:
    return process(
        "p",
        start_event("s"),
        business_rule_task("decide", decision, **reference),
        end_event("e"),
        *path("s", "decide", "e"),
        properties={"inputs": "size"},
    )


def test_an_incident_at_a_decision_names_the_version_that_a_retry_asks(house: House) -> None:
    house.deploy(deciding("rate"), files={"p/rates.dmn": rates("odd(?)")})
    instance = house.start(variables={"size": 61})
    queries = house.engine.queries
    (row,) = queries.incidents(OPERATOR).rows
    assert "version 1" in row.message
    assert "1 (rate_rule_1), 2 (rate_rule_2)" in row.message
    assert row.decision is not None
    assert (row.decision.decision_id, row.decision.version) == ("rate", 1)
    house.deploy(files={"p/rates.dmn": rates(">= 100")})
    (row,) = queries.instance(OPERATOR, instance).incidents
    assert row.decision is not None
    assert row.decision.version == 2
    house.execute(RetryJob(str(row.job_id)), OPERATOR)
    house.work()
    assert house.state(instance) == "completed"
    (made,) = queries.evaluated_decisions(OPERATOR, instance)
    assert made.made.version == 2


def test_who_is_no_operator_reads_nothing_of_the_decision(house: House) -> None:
    house.deploy(deciding("rate"), files={"p/rates.dmn": rates("odd(?)")})
    instance = house.start(variables={"size": 61})
    (row,) = house.engine.queries.instance(person("aigul", "staff"), instance).incidents
    assert (row.message, row.decision) == ("", None)


@pytest.mark.parametrize(
    ("reference", "version"),
    [
        ({"decision_ref_binding": "deployment"}, 1),
        ({"decision_ref_binding": "version", "decision_ref_version": "1"}, 1),
        ({"decision_ref_binding": "version", "decision_ref_version": "${1}"}, None),
    ],
)
def test_the_version_is_the_one_that_the_diagram_binds(
    house: House, reference: dict[str, str], version: int | None
) -> None:
    house.deploy(deciding("rate", **reference), files={"p/rates.dmn": rates("odd(?)")})
    house.start(variables={"size": 61})
    house.deploy(files={"p/rates.dmn": rates(">= 100")})
    (row,) = house.engine.queries.incidents(OPERATOR).rows
    assert (None if row.decision is None else row.decision.version) == version
