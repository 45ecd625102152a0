"""FEEL wherever a diagram may hold an expression: conditions, timers, mappings, multi-instance."""

from __future__ import annotations

import pytest

from engine.commands import SetVariables
from engine.errors import DeploymentRefused, StepFailed
from tests.support.diagrams import (
    Element,
    boundary_event,
    catch_event,
    condition,
    end_event,
    exclusive_gateway,
    flow,
    multi_instance,
    path,
    process,
    start_event,
    timer,
    user_task,
)
from tests.support.house import OPERATOR, House, person

PLACES = {"inputs": "places, decision, applications"}


def decided(text: str, language: str | None = None) -> Element:
    """A gateway that goes to `yes` where the condition is true, else to `no`."""
    approved = flow("asked", "yes", text, id="approved")
    if language is not None:
        approved[0].set("language", language)
    return process(
        "p",
        start_event("s"),
        exclusive_gateway("asked", default="refused"),
        user_task("yes", candidate_groups="staff"),
        user_task("no", candidate_groups="staff"),
        *(end_event(f"e{number}") for number in range(2)),
        *path("s", "asked"),
        approved,
        flow("asked", "no", id="refused"),
        *path("yes", "e0"),
        *path("no", "e1"),
        properties=PLACES,
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ('= places > 2 and decision = "approve"', None),
        ('places > 2 and decision = "approve"', "feel"),
        ('places > 2 and decision = "approve"', "https://www.omg.org/spec/DMN/20230324/FEEL/"),
        ('= decision in ("approve", "return") and places in [3..5]', None),
        ("= some each in applications satisfies each.places > 2", None),
    ],
)
def test_a_condition_chooses_the_flow(house: House, text: str, language: str | None) -> None:
    house.deploy(decided(text, language))
    yes = {"places": 3, "decision": "approve", "applications": [{"places": 3}]}
    no = {"places": 2, "decision": "reject", "applications": [{"places": 1}]}
    assert house.open(house.start(variables=yes)) == ["yes"]
    assert house.open(house.start(variables=no)) == ["no"]


def test_a_condition_that_is_null_fails_and_says_why(house: House) -> None:
    house.deploy(decided("= places > 2"))
    with pytest.raises(StepFailed, match="it is null: .* a string and a number"):
        house.start(variables={"places": "three"})


def test_an_awaited_condition_may_be_null_until_its_values_come(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            catch_event("enough", condition("= places.asked > 2")),
            end_event("e"),
            *path("s", "enough", "e"),
            properties=PLACES,
        )
    )
    instance = house.start(variables={"places": None})
    assert house.incidents(instance_id=instance) == []
    assert house.state(instance) == "active"
    house.execute(SetVariables(instance, {"places": {"asked": 3}}, "tested"), OPERATOR)
    assert house.state(instance) == "completed"


def test_due_dates_and_timers(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            user_task("a", candidate_groups="staff", due_date="= workdays(3)"),
            boundary_event("late", "a", timer(date="= workdays(2)")),
            boundary_event("later", "a", timer(duration='= duration("PT" + string(50 * 2) + "H")')),
            boundary_event("latest", "a", timer(date='= now() + duration("P30D")')),
            *(end_event(f"e{number}") for number in range(4)),
            *path("s", "a", "e0"),
            *path("late", "e1"),
            *path("later", "e2"),
            *path("latest", "e3"),
        )
    )
    house.start()
    [task] = house.rows("user_task")
    assert task.due_at.date().isoformat() == "2026-03-05"
    moments = sorted(job.due_at.date().isoformat() for job in house.rows("job"))
    assert moments == ["2026-03-04", "2026-03-06", "2026-04-01"]


def test_mappings_and_multi_instance(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            user_task(
                "check",
                multi_instance("= applications[places > 1]", "application"),
                candidate_groups="staff",
                inputs={"asked": "= application.places * 1.5"},
            ),
            end_event("e"),
            *path("s", "check", "e"),
            properties=PLACES,
        )
    )
    applications = [{"places": 1}, {"places": 2}, {"places": 3}]
    instance = house.start(variables={"applications": applications})
    scopes = [row.scope for row in house.rows("variable", name="asked")]
    asked = sorted(house.variables(instance, scope)["asked"] for scope in scopes)
    assert asked == [3, 4.5]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("= places >", "Expected a value"),
        ("= no such function(places)", "no such function"),
        ("= is_set('places')", "Expected an expression"),
    ],
)
def test_what_can_not_be_read_is_refused_at_deployment(
    house: House, text: str, sentence: str
) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        house.deploy(decided(text))
    [problem, *_] = [each for each in refused.value.problems if each.element_id == "approved"]
    assert sentence in problem.in_language("en")


def test_a_person_completes_what_feel_has_opened(house: House) -> None:
    house.deploy(decided("= places > 2"))
    instance = house.start(variables={"places": 3})
    house.complete(instance, "yes", actor=person("aigul", "staff"))
    assert house.state(instance) == "completed"


def test_a_timer_that_is_null_says_why(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            catch_event("later", timer(duration='= 3 + "H"')),
            end_event("e"),
            *path("s", "later", "e"),
        )
    )
    with pytest.raises(StepFailed, match="it is null: Expected .* a number and a string"):
        house.start()
