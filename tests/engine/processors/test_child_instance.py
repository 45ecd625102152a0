"""Call activities: how a child's end, its errors and its cancellation reach its caller."""

from __future__ import annotations

import pytest
from lxml import etree

from engine.commands import (
    CancelProcessInstance,
    CompleteExternalTask,
    Deploy,
    ReportBpmnError,
    ResolveIncident,
    RetryJob,
)
from engine.results import LockedJob
from tests.support.consistency import family, require_consistent
from tests.support.diagrams import (
    CAMUNDA,
    Element,
    boundary_event,
    call_activity,
    diagram,
    end_event,
    error,
    multi_instance,
    parallel_gateway,
    path,
    process,
    service_task,
    start_event,
    user_task,
)
from tests.support.house import OPERATOR, SYSTEM, House

REMOTE = {"properties": {"remote": "true"}}
STAFF = {"candidate_groups": "staff"}


def call(*parts: Element, mapping: dict[str, str] | None = None, kind: str = "in") -> Element:
    """The call activity `call` of the process `child`, with one `camunda:in` or `camunda:out`."""
    node = call_activity("call", "child", *parts, outputs={"called": "yes"})
    if mapping is not None:
        extensions = node.find("{*}extensionElements")
        assert extensions is not None
        etree.SubElement(extensions, f"{{{CAMUNDA}}}{kind}", mapping)
    return node


def parent(node: Element, *parts: Element, title: str = "A call") -> Element:
    return process(
        "parent",
        start_event("s"),
        node,
        end_event("e"),
        *path("s", "call", "e"),
        *parts,
        properties={"inputs": "items, missing, why", "title": title},
    )


def catching(code: str = "E") -> list[Element]:
    return [
        boundary_event("failed", "call", error(code)),
        user_task("mend", **STAFF),
        end_event("mended"),
        *path("failed", "mend", "mended"),
    ]


def child(*parts: Element) -> Element:
    return process("child", start_event("s"), *parts, properties={"inputs": "why"})


def working() -> Element:
    """A child whose work is an external task."""
    return child(service_task("work", **REMOTE), end_event("e"), *path("s", "work", "e"))


def failing_beside_a_task() -> Element:
    """A child that throws E while another of its tasks is open."""
    return child(
        parallel_gateway("fork"),
        user_task("a", **STAFF),
        user_task("b", **STAFF),
        end_event("threw", error("E")),
        end_event("e"),
        *path("s", "fork", "a", "threw"),
        *path("fork", "b", "e"),
    )


def children(house: House, instance: str, state: str = "active") -> list[str]:
    rows = house.rows("process_instance", parent_instance_id=instance, state=state)
    return [row.id for row in rows]


def fail(house: House, job: LockedJob, **values: object) -> object:
    command = ReportBpmnError(job.id, job.fencing_token, "E", "no good", values)
    result = house.execute(command, SYSTEM)
    house.work()
    return result


def test_an_error_ends_the_child_with_all_its_work_and_is_caught_by_the_caller(
    house: House,
) -> None:
    house.deploy(parent(call(), *catching()), failing_beside_a_task())
    instance = house.start("parent")
    (inner,) = children(house, instance)
    house.complete(inner, "a")
    assert house.open(inner) == []
    assert house.state(inner) == "completed"
    assert house.open(instance) == ["mend"]
    assert house.incidents() == []


def test_an_error_that_a_handler_reports_in_a_child_is_caught_by_the_caller(house: House) -> None:
    house.deploy(parent(call(), *catching()), working())
    instance = house.start("parent")
    fail(house, house.lock("work")[0], why="registry")
    assert house.open(instance) == ["mend"]
    assert house.variables(instance) == {"why": "registry"}
    assert (children(house, instance), house.rows("job"), house.incidents()) == ([], [], [])


def test_an_error_goes_up_through_two_calls_and_ends_what_lies_between(house: House) -> None:
    between = process(
        "child",
        start_event("s"),
        parallel_gateway("fork"),
        call_activity("deeper", "inner"),
        user_task("beside", **STAFF),
        end_event("e"),
        *path("s", "fork", "deeper", "e"),
        *path("fork", "beside", "e"),
    )
    inner = process(
        "inner",
        start_event("s"),
        service_task("work", **REMOTE),
        end_event("e"),
        *path("s", "work", "e"),
    )
    house.deploy(parent(call(), *catching()), between, inner)
    instance = house.start("parent")
    fail(house, house.lock("work")[0])
    assert house.open(instance) == ["mend"]
    states = [house.state(each) for each in family(house, instance)]
    assert states == ["active", "cancelled", "cancelled"]
    assert (house.rows("job"), house.incidents()) == ([], [])


def test_an_error_that_no_caller_catches_is_an_incident_where_it_was_reported(
    house: House,
) -> None:
    house.deploy(parent(call(), *catching("ANOTHER")), working())
    instance = house.start("parent")
    fail(house, house.lock("work")[0])
    (inner,) = children(house, instance)
    (incident,) = house.incidents()
    assert (incident.instance_id, incident.element_id) == (inner, "work")
    house.execute(RetryJob(incident.job_id), OPERATOR)
    (job,) = house.lock("work")
    house.execute(CompleteExternalTask(job.id, job.fencing_token), SYSTEM)
    house.work()
    assert house.state(instance) == "completed"


def test_a_child_that_failed_uncaught_is_started_again_by_a_retry(house: House) -> None:
    house.deploy(parent(call()), failing_beside_a_task())
    instance = house.start("parent")
    house.complete(children(house, instance)[0], "a")
    (incident,) = house.incidents(instance_id=instance)
    assert "E" in incident.message
    assert "retry" in incident.message
    house.execute(ResolveIncident(incident.id), OPERATOR)
    house.work()
    (again,) = children(house, instance)
    assert house.open(again) == ["a", "b"]
    assert house.incidents() == []
    require_consistent(house, family(house, instance))


def test_a_child_cancelled_by_itself_is_an_incident_of_its_caller(house: House) -> None:
    house.deploy(parent(call()), failing_beside_a_task())
    instance = house.start("parent")
    (inner,) = children(house, instance)
    house.execute(CancelProcessInstance(inner, "a mistake"), OPERATOR)
    house.work()
    (incident,) = house.incidents()
    assert (incident.instance_id, incident.element_id) == (instance, "call")
    assert "operator cancelled it" in incident.message
    house.execute(RetryJob(incident.job_id), OPERATOR)
    house.work()
    (again,) = children(house, instance)
    house.execute(CancelProcessInstance(instance, "enough"), OPERATOR)
    house.work()
    assert house.state(again) == "cancelled"
    assert (house.rows("job"), house.incidents()) == ([], [])


def test_what_a_child_gives_can_fail_and_goes_with_its_caller(house: House) -> None:
    node = call(mapping={"sourceExpression": "${missing}", "target": "x"}, kind="out")
    house.deploy(parent(node), child(end_event("e"), *path("s", "e")))
    instance = house.start("parent")
    (incident,) = house.incidents()
    assert (incident.instance_id, incident.element_id) == (instance, "call")
    assert "missing" in incident.message
    house.execute(CancelProcessInstance(instance, "withdrawn"), OPERATOR)
    house.work()
    assert (house.rows("job"), house.incidents()) == ([], [])


def test_all_variables_are_all_that_the_call_sees(house: House) -> None:
    node = call(multi_instance("items", "item"), mapping={"variables": "all"})
    house.deploy(parent(node), child(user_task("a", **STAFF), end_event("e"), *path("s", "a", "e")))
    instance = house.start("parent", {"items": ["x", "y"]})
    given = [house.variables(each) for each in children(house, instance)]
    assert [each["item"] for each in given] == ["x", "y"]
    assert [each["items"] for each in given] == [["x", "y"]] * 2
    assert all("businessKey" not in each for each in given)


@pytest.mark.parametrize(("binding", "called"), [("deployment", "a"), ("latest", "b")])
def test_a_child_whose_file_did_not_change_is_still_of_the_deployment(
    house: House, binding: str, called: str
) -> None:
    def files(title: str, task: str) -> dict[str, bytes]:
        node = call()
        node.set(f"{{{CAMUNDA}}}calledElementBinding", binding)
        inner = child(user_task(task, **STAFF), end_event("e"), *path("s", task, "e"))
        return {"parent.bpmn": diagram(parent(node, title=title)), "child.bpmn": diagram(inner)}

    house.execute(Deploy("first", files("One", "a")), OPERATOR)
    house.execute(Deploy("only the caller", files("Two", "a")), OPERATOR)
    newer = {"child.bpmn": files("Two", "b")["child.bpmn"]}
    house.execute(Deploy("only the child", newer), OPERATOR)
    instance = house.start("parent")
    assert house.open(children(house, instance)[0]) == [called]
