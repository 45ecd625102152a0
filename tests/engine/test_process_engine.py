"""One command, one transaction: idempotency, atomicity, failed steps."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select, update

from engine.commands import CheckTask, CompleteTask, StartProcessInstance
from engine.completion_check import Completion, CompletionRefused
from engine.errors import Conflict, NotAllowed, StepBudgetExceeded, StepFailed
from engine.store import command_results
from tests.support.at_once import at_once, failures
from tests.support.diagrams import (
    Element,
    end_event,
    exclusive_gateway,
    flow,
    parallel_gateway,
    path,
    process,
    start_event,
    throw_event,
    user_task,
)
from tests.support.house import House, person


def one_task(**keywords: object) -> Element:
    return process(
        "p",
        start_event("s"),
        user_task("a", candidate_groups="staff", **keywords),
        end_event("e"),
        *path("s", "a", "e"),
    )


def test_the_same_start_command_posted_twice_makes_one_instance(house: House) -> None:
    house.deploy(one_task())
    command = StartProcessInstance("p", {"x": 1}, command_id="press-1")
    first = house.execute(command)
    assert house.execute(command) == first
    assert len(house.rows("process_instance")) == 1


def test_the_same_start_command_posted_at_the_same_moment_makes_one_instance(
    house: House,
) -> None:
    house.deploy(one_task())
    post = partial(house.execute, StartProcessInstance("p", command_id="press-1"))
    results = [each.result() for each in at_once(post, post, post, post)]
    assert len(set(map(repr, results))) == 1
    assert len(house.rows("process_instance")) == 1


def test_a_completion_posted_twice_is_answered_alike(house: House) -> None:
    house.deploy(one_task())
    task = house.tasks(house.start(), "a")[0]
    command = CompleteTask(task, {"x": 1}, command_id="press-2")
    assert house.execute(command) == house.execute(command)


def test_a_command_id_belongs_to_one_command_and_one_sender(house: House) -> None:
    house.deploy(one_task())
    house.execute(StartProcessInstance("p", {"x": 1}, command_id="press"))
    with pytest.raises(Conflict):
        house.execute(StartProcessInstance("p", {"x": 2}, command_id="press"))
    house.execute(StartProcessInstance("p", {"x": 2}, command_id="press"), person("bolat"))
    assert len(house.rows("process_instance")) == 2


def test_a_failure_in_the_transactions_last_write_changes_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    house.deploy(one_task())
    instance = house.start()
    task = house.tasks(instance, "a")[0]
    before = house.snapshot()

    def fail(*_arguments: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(command_results, "add", fail)
    with pytest.raises(OSError, match="disk is full"):
        house.execute(CompleteTask(task, {"x": 1}, command_id="press"))
    monkeypatch.undo()
    assert house.snapshot() == before
    house.execute(CompleteTask(task, {"x": 1}, command_id="press"))
    assert house.state(instance) == "completed"


def endless_after(first: Element) -> Element:
    return process(
        "p",
        start_event("s"),
        first,
        exclusive_gateway("again"),
        throw_event("nothing"),
        exclusive_gateway("go_on", default="back"),
        end_event("e"),
        *path("s", first.get("id") or "", "again", "nothing", "go_on"),
        flow("go_on", "again", id="back"),
        flow("go_on", "e", "${stop == true}"),
        properties={"inputs": "stop"},
    )


def test_a_loop_that_never_waits_is_an_incident_not_completed(house: House) -> None:
    house.deploy(endless_after(user_task("a", candidate_groups="staff")))
    instance = house.start(variables={"stop": False})
    task = house.tasks(instance, "a")[0]
    for _ in range(2):
        with pytest.raises(StepBudgetExceeded) as failure:
            house.execute(CompleteTask(task))
    assert house.state(instance) == "active"
    assert house.open(instance) == ["a"]
    (incident,) = house.incidents(instance_id=instance)
    assert incident.id == failure.value.incident_id
    assert incident.element_id in ("again", "nothing", "go_on")
    house.execute(CompleteTask(task, {"stop": True}))
    assert house.state(instance) == "completed"
    assert house.incidents() == []


def test_a_start_that_never_waits_leaves_an_incident_and_no_instance(house: House) -> None:
    house.deploy(endless_after(throw_event("first")))
    with pytest.raises(StepBudgetExceeded):
        house.execute(StartProcessInstance("p", {"stop": False}))
    assert house.rows("process_instance") == []
    assert len(house.incidents()) == 1


def test_a_condition_that_cannot_be_evaluated_fails_the_step_and_names_the_gateway(
    house: House,
) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            user_task("a", candidate_groups="staff"),
            exclusive_gateway("choose", default="no"),
            end_event("e1"),
            end_event("e2"),
            *path("s", "a", "choose"),
            flow("choose", "e1", "${amount > 3}"),
            flow("choose", "e2", id="no"),
            properties={"inputs": "amount"},
        )
    )
    instance = house.start()
    before = house.snapshot()
    with pytest.raises(StepFailed, match="amount"):
        house.execute(CompleteTask(house.tasks(instance, "a")[0]))
    after = house.snapshot()
    changed = {table for table in before if before[table] != after[table]}
    assert changed == {"incident", "process_instance"}
    (incident,) = house.incidents(instance_id=instance)
    assert incident.element_id == "choose"


def test_a_join_that_nothing_can_reach_is_an_incident_that_names_it(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            exclusive_gateway("either", default="left"),
            user_task("a", candidate_groups="staff"),
            user_task("b", candidate_groups="staff"),
            parallel_gateway("both"),
            end_event("e"),
            *path("s", "either"),
            flow("either", "a", id="left"),
            flow("either", "b", "${right == true}"),
            *path("a", "both", "e"),
            *path("b", "both"),
            properties={"inputs": "right"},
        )
    )
    instance = house.start(variables={"right": False})
    house.complete(instance, "a")
    (incident,) = house.incidents(instance_id=instance)
    assert (incident.kind, incident.element_id) == ("deadlock", "both")
    assert house.state(instance) == "active"


places = Table(
    "test_places",
    MetaData(),
    Column("employer", String(12), primary_key=True),
    Column("left", Integer, nullable=False),
)


def take_place(completion: Completion) -> Mapping[str, object]:
    connection = completion.connection
    left = connection.execute(select(places.c.left)).scalar_one()
    if left == 0:
        sentence = {"kk": "Орын қалмады", "ru": "Мест не осталось", "en": "No place is left"}
        raise CompletionRefused({"": sentence})
    connection.execute(update(places).values(left=left - 1))
    return {"taken": 1}


def test_two_instances_for_the_last_place_in_an_applications_ledger(make_house) -> None:
    house = make_house(checks={"take_place": take_place})
    house.deploy(one_task(properties={"check": "take_place"}))
    with house.engine.application_transaction() as connection:
        places.metadata.create_all(connection)
        connection.execute(insert(places).values(employer="b", left=1))
    tasks = [house.tasks(house.start(), "a")[0] for _ in range(2)]
    refused = failures(at_once(*(partial(house.execute, CompleteTask(task)) for task in tasks)))
    (loser,) = refused
    assert isinstance(loser, CompletionRefused)
    assert loser.fields[""]["kk"] == "Орын қалмады"
    states = sorted(row.state for row in house.rows("process_instance"))
    assert states == ["active", "completed"]
    with house.engine.database.reading() as connection:
        assert connection.execute(select(places.c.left)).scalar_one() == 0


def test_asking_what_would_refuse_a_completion_keeps_nothing(make_house) -> None:
    house = make_house(checks={"take_place": take_place})
    house.deploy(one_task(properties={"check": "take_place"}))
    with house.engine.application_transaction() as connection:
        places.metadata.create_all(connection)
        connection.execute(insert(places).values(employer="b", left=1))
    instance = house.start()
    task = house.tasks(instance, "a")[0]
    before = len(house.rows("history_event"))
    for _ in range(2):
        assert house.execute(CheckTask(task, {"x": 1})).task_id == task
    with house.engine.application_transaction() as connection:
        assert connection.execute(select(places.c.left)).scalar_one() == 1
        connection.execute(update(places).values(left=0))
    assert len(house.rows("history_event")) == before
    assert house.open(instance) == ["a"]
    assert house.variables(instance) == {}
    with pytest.raises(CompletionRefused):
        house.execute(CheckTask(task))
    with pytest.raises(NotAllowed):
        house.execute(CheckTask(task), person("stranger", "employer"))


def test_what_a_completion_check_wrote_is_undone_when_the_step_fails(make_house) -> None:
    house = make_house(checks={"take_place": take_place})
    house.deploy(
        process(
            "p",
            start_event("s"),
            user_task("a", candidate_groups="staff", properties={"check": "take_place"}),
            exclusive_gateway("choose", default="no"),
            end_event("e1"),
            end_event("e2"),
            *path("s", "a", "choose"),
            flow("choose", "e1", "${amount > 3}"),
            flow("choose", "e2", id="no"),
            properties={"inputs": "amount"},
        )
    )
    with house.engine.application_transaction() as connection:
        places.metadata.create_all(connection)
        connection.execute(insert(places).values(employer="b", left=1))
    instance = house.start()
    with pytest.raises(StepFailed):
        house.execute(CompleteTask(house.tasks(instance, "a")[0]))
    with house.engine.database.reading() as connection:
        assert connection.execute(select(places.c.left)).scalar_one() == 1
