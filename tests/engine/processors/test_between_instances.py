"""Messages, call activities, timers: what one instance does to another, and time to all."""

from __future__ import annotations

from functools import partial

import pytest

from engine.commands import (
    CancelProcessInstance,
    CompleteTask,
    CorrelateMessage,
    FetchAndLockJobs,
    RetryJob,
    RunJob,
)
from engine.errors import Conflict, LeaseLost, NotFound, StepFailed
from tests.support.at_once import at_once, failures
from tests.support.diagrams import (
    Element,
    boundary_event,
    call_activity,
    catch_event,
    end_event,
    error,
    event_based_gateway,
    exclusive_gateway,
    flow,
    message,
    path,
    process,
    start_event,
    timer,
    user_task,
)
from tests.support.house import OPERATOR, SYSTEM, House, person


def sender(key: str = "${order}") -> Element:
    return process(
        "sender",
        start_event("s"),
        user_task("a", candidate_groups="staff"),
        end_event(
            "told",
            message("news"),
            inputs={"text": "${text}"},
            properties={"correlationKey": key},
        ),
        *path("s", "a", "told"),
        properties={"inputs": "order, text"},
    )


def receiver() -> Element:
    return process(
        "receiver",
        start_event("s"),
        catch_event("wait", message("news"), properties={"correlationKey": "${order}"}),
        user_task("b", candidate_groups="staff"),
        end_event("e"),
        *path("s", "wait", "b", "e"),
        properties={"inputs": "order, text"},
    )


def test_a_message_reaches_exactly_the_instance_with_its_key(house: House) -> None:
    house.deploy(sender(), receiver())
    waiting = {key: house.start("receiver", {"order": key}) for key in ("1", "2")}
    instance = house.start("sender", {"order": "2", "text": "hello"})
    house.complete(instance, "a")
    assert house.open(waiting["1"]) == []
    assert house.open(waiting["2"]) == ["b"]
    assert house.variables(waiting["2"])["text"] == "hello"
    assert len(house.rows("event_subscription")) == 1


def test_a_message_that_nothing_waits_for_is_tried_again_then_an_incident(house: House) -> None:
    house.deploy(sender(), receiver())
    instance = house.start("sender", {"order": "9", "text": "x"})
    house.complete(instance, "a")
    assert house.state(instance) == "completed"
    for _ in range(3):
        house.clock.advance(minutes=5)
        house.work()
    (incident,) = house.incidents(instance_id=instance)
    assert "news" in incident.message and "9" in incident.message
    late = house.start("receiver", {"order": "9"})
    house.execute(RetryJob(incident.job_id), OPERATOR)
    house.work()
    assert house.open(late) == ["b"]
    assert house.incidents() == []


def test_a_message_from_outside_starts_an_instance_when_none_waits(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s", message("application")),
            user_task("a", candidate_groups="staff"),
            end_event("e"),
            *path("s", "a", "e"),
            properties={"inputs": "x"},
        )
    )
    result = house.execute(CorrelateMessage("application", "k1", {"x": 5}), OPERATOR)
    assert result.started
    assert house.variables(result.instance_id) == {"x": 5}
    assert house.instance(result.instance_id).business_key == "k1"
    with pytest.raises(NotFound):
        house.execute(CorrelateMessage("unheard", "k1"), OPERATOR)


def caller(*parts: Element, **keywords: object) -> Element:
    node = call_activity("call", "child", **keywords)
    extensions = node.find("{*}extensionElements")
    if extensions is None:
        from lxml import etree

        extensions = etree.Element("{http://www.omg.org/spec/BPMN/20100524/MODEL}extensionElements")
        node.insert(0, extensions)
    from lxml import etree

    camunda = "{http://camunda.org/schema/1.0/bpmn}"
    etree.SubElement(extensions, f"{camunda}in", sourceExpression="${number + 1}", target="number")
    etree.SubElement(extensions, f"{camunda}out", source="answer", target="result")
    return process(
        "parent",
        start_event("s"),
        node,
        user_task("after", candidate_groups="staff"),
        end_event("e"),
        *path("s", "call", "after", "e"),
        *parts,
        properties={"inputs": "number"},
    )


def child(*parts: Element) -> Element:
    return process(
        "child",
        start_event("s"),
        user_task("inside", candidate_groups="staff"),
        exclusive_gateway("good", default="yes"),
        end_event("e"),
        end_event("bad", error("REFUSED")),
        *path("s", "inside", "good"),
        flow("good", "e", id="yes"),
        flow("good", "bad", "${refused == true}"),
        *parts,
        properties={"inputs": "number, refused, answer"},
    )


def child_of(house: House, instance: str) -> str:
    return house.rows("process_instance", parent_instance_id=instance)[0].id


def test_a_call_activity_is_a_child_instance_with_mapped_variables(house: House) -> None:
    house.deploy(caller(), child())
    parent = house.start("parent", {"number": 1, "secret": 5})
    inner = child_of(house, parent)
    assert house.variables(inner) == {"number": 2}
    house.complete(inner, "inside", {"answer": 42, "refused": False})
    assert house.open(parent) == ["after"]
    assert house.variables(parent) == {"number": 1, "secret": 5, "result": 42}


def test_a_child_instance_that_fails_is_caught_at_its_call_activity(house: House) -> None:
    house.deploy(
        caller(
            boundary_event("failed", "call", error("REFUSED")),
            user_task("mend", candidate_groups="staff"),
            end_event("e2"),
            *path("failed", "mend", "e2"),
        ),
        child(),
    )
    parent = house.start("parent", {"number": 1})
    house.complete(child_of(house, parent), "inside", {"refused": True, "answer": None})
    assert house.open(parent) == ["mend"]
    assert house.incidents() == []


def test_a_child_instance_that_fails_uncaught_is_an_incident_of_its_parent(house: House) -> None:
    house.deploy(caller(), child())
    parent = house.start("parent", {"number": 1})
    house.complete(child_of(house, parent), "inside", {"refused": True, "answer": None})
    (incident,) = house.incidents()
    assert (incident.instance_id, incident.element_id) == (parent, "call")
    assert "REFUSED" in incident.message
    assert house.state(parent) == "active"


def test_cancelling_the_parent_cancels_the_child(house: House) -> None:
    house.deploy(caller(), child())
    parent = house.start("parent", {"number": 1})
    inner = child_of(house, parent)
    house.execute(CancelProcessInstance(parent, "withdrawn"), OPERATOR)
    house.work()
    assert (house.state(parent), house.state(inner)) == ("cancelled", "cancelled")
    assert house.rows("job") == []
    assert house.rows("task_candidate") == []


def test_a_called_process_that_is_not_deployed_is_an_incident_until_it_is(house: House) -> None:
    house.deploy(caller())
    parent = house.start("parent", {"number": 1})
    (incident,) = house.incidents()
    assert "child" in incident.message
    house.deploy(caller(), child())
    house.execute(RetryJob(incident.job_id), OPERATOR)
    house.work()
    assert house.open(child_of(house, parent)) == ["inside"]


def timed_task() -> Element:
    return process(
        "p",
        start_event("s"),
        user_task("a", candidate_groups="staff"),
        boundary_event("late", "a", timer(duration="P1D")),
        boundary_event("remind", "a", timer(cycle="R3/PT5H"), interrupting=False),
        user_task("b", candidate_groups="staff"),
        *(end_event(f"e{number}") for number in range(3)),
        *path("s", "a", "e0"),
        *path("late", "b", "e1"),
        *path("remind", "e2"),
    )


def test_timers_are_jobs_with_a_due_date(house: House) -> None:
    house.deploy(timed_task())
    instance = house.start()
    due = sorted(job.due_at for job in house.rows("job"))
    assert [(moment - house.clock.now).total_seconds() / 3600 for moment in due] == [5, 24]
    for passed in (1, 2, 3):
        house.clock.advance(hours=5)
        house.work()
        reminders = house.rows("activity_instance", instance_id=instance, element_id="e2")
        assert len(reminders) == passed
    assert len(house.rows("job")) == 1, "three repetitions and no more"
    house.clock.advance(hours=9)
    house.work()
    assert house.open(instance) == ["b"]
    assert house.rows("job") == []


def test_a_cycle_is_counted_from_its_due_dates_not_from_when_it_was_worked_off(
    house: House,
) -> None:
    house.deploy(timed_task())
    begun = house.clock.now
    house.start()
    house.clock.advance(hours=7)
    house.work()
    due = min(job.due_at for job in house.rows("job"))
    assert (due - begun).total_seconds() / 3600 == 10


@pytest.mark.parametrize("completion_first", [True, False])
def test_a_timer_against_a_completion(house: House, completion_first: bool) -> None:
    house.deploy(timed_task())
    instance = house.start()
    task = house.tasks(instance, "a")[0]
    house.clock.advance(days=1)
    locked = house.execute(FetchAndLockJobs("w"), SYSTEM).jobs
    (late,) = [job for job in locked if job.element_id == "late"]
    if completion_first:
        house.execute(CompleteTask(task))
        with pytest.raises(LeaseLost):
            house.execute(RunJob(late.id, late.fencing_token), SYSTEM)
        assert house.state(instance) == "completed"
    else:
        house.execute(RunJob(late.id, late.fencing_token), SYSTEM)
        with pytest.raises(Conflict):
            house.execute(CompleteTask(task))
        assert house.open(instance) == ["b"]
    assert house.rows("job") == []


def test_a_timer_and_a_completion_at_the_same_moment_end_the_task_once(house: House) -> None:
    house.deploy(timed_task())
    for _ in range(20):
        instance = house.start()
        task = house.tasks(instance, "a")[0]
        house.clock.advance(days=1)
        locked = house.execute(FetchAndLockJobs("w", max_jobs=50), SYSTEM).jobs
        (late,) = [job for job in locked if job.element_id == "late"]
        ended = at_once(
            partial(house.execute, CompleteTask(task), SYSTEM),
            partial(house.execute, RunJob(late.id, late.fencing_token), SYSTEM),
        )
        (lost,) = failures(ended)
        assert isinstance(lost, Conflict | LeaseLost)
        person_won = ended[0].exception() is None
        expected = [] if person_won else ["b"]
        assert house.open(instance) == expected


def test_two_timers_behind_one_event_gateway(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            event_based_gateway("either"),
            catch_event("soon", timer(duration="PT1H")),
            catch_event("later", timer(duration="PT2H")),
            user_task("a", candidate_groups="staff"),
            user_task("b", candidate_groups="staff"),
            end_event("e1"),
            end_event("e2"),
            *path("s", "either", "soon", "a", "e1"),
            *path("either", "later", "b", "e2"),
        )
    )
    instance = house.start()
    assert len(house.rows("job")) == 2
    house.clock.advance(hours=1)
    house.work()
    assert house.open(instance) == ["a"]
    assert house.rows("job") == []


def test_a_person_may_not_send_messages(house: House) -> None:
    from engine.errors import NotAllowed

    with pytest.raises(NotAllowed):
        house.execute(CorrelateMessage("news", "1"), person("aigul", "staff"))


def test_a_message_that_breaks_a_step_is_an_incident_of_the_instance_it_reached(
    house: House,
) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            catch_event("wait", message("news")),
            exclusive_gateway("choose", default="no"),
            end_event("e1"),
            end_event("e2"),
            *path("s", "wait", "choose"),
            flow("choose", "e1", "${amount > 3}"),
            flow("choose", "e2", id="no"),
            properties={"inputs": "amount"},
        )
    )
    instance = house.start(business_key="k")
    with pytest.raises(StepFailed, match="amount"):
        house.execute(CorrelateMessage("news", "k"), OPERATOR)
    (incident,) = house.incidents()
    assert (incident.instance_id, incident.element_id) == (instance, "choose")
    house.execute(CorrelateMessage("news", "k", {"amount": 1}), OPERATOR)
    assert house.state(instance) == "completed"
    assert house.incidents() == []
