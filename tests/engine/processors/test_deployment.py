"""Versions, duplicate filtering, refusal with every problem, and what runs on meanwhile."""

from __future__ import annotations

import pytest

from engine.commands import CompleteTask, Deploy, StartProcessInstance
from engine.errors import BadCommand, DeploymentRefused, NotAllowed
from tests.support.diagrams import (
    Element,
    diagram,
    end_event,
    path,
    process,
    service_task,
    start_event,
    user_task,
)
from tests.support.house import OPERATOR, House, person


def steps(*names: str, group: str = "staff") -> Element:
    tasks = [user_task(name, candidate_groups=group) for name in names]
    return process("p", start_event("s"), *tasks, end_event("e"), *path("s", *names, "e"))


def as_files(node: Element) -> dict[str, bytes]:
    return {"p.bpmn": diagram(node)}


def test_a_changed_diagram_is_a_new_version_an_unchanged_one_keeps_its(house: House) -> None:
    files = as_files(steps("a"))
    first = house.execute(Deploy("one", files), OPERATOR)
    assert [ref.version for ref in first.definitions] == [1]
    again = house.execute(Deploy("one", files), OPERATOR)
    assert (again.deployment_id, [ref.version for ref in again.unchanged]) == (None, [1])
    second = house.execute(Deploy("two", as_files(steps("a", "b"))), OPERATOR)
    assert [ref.version for ref in second.definitions] == [2]
    assert len(house.rows("deployment")) == 2


def test_a_file_that_belongs_to_the_process_makes_a_new_version_too(house: House) -> None:
    files = as_files(steps("a"))
    house.execute(Deploy("one", files), OPERATOR)
    other = house.execute(Deploy("two", {**files, "q/terms.json": b'{"rows": []}'}), OPERATOR)
    assert other.definitions == ()
    own = house.execute(Deploy("three", {**files, "p/terms.json": b'{"rows": []}'}), OPERATOR)
    assert [ref.version for ref in own.definitions] == [2]


def test_an_instance_stays_on_its_version_and_new_ones_begin_on_the_newest(house: House) -> None:
    house.deploy(steps("a"))
    old = house.start()
    house.deploy(steps("a", "b"))
    new = house.start()
    house.complete(old, "a")
    house.complete(new, "a")
    assert (house.state(old), house.state(new)) == ("completed", "active")
    pinned = house.start(version=1)
    house.complete(pinned, "a")
    assert house.state(pinned) == "completed"


def test_a_broken_diagram_is_refused_with_every_problem_and_the_old_one_runs_on(
    house: House,
) -> None:
    house.deploy(steps("a"))
    broken = process(
        "p",
        start_event("s"),
        service_task("x", topic="nobody.knows"),
        user_task("y", form_key="p/forms/missing.json"),
        end_event("e"),
        *path("s", "x", "y", "e"),
    )
    before = house.snapshot()
    with pytest.raises(DeploymentRefused) as refused:
        house.execute(Deploy("broken", as_files(broken)), OPERATOR)
    found = {(problem.element_id, problem.severity) for problem in refused.value.problems}
    assert {("x", "error"), ("y", "error")} <= found
    assert all(problem.line for problem in refused.value.problems)
    assert house.snapshot() == before
    house.execute(CompleteTask(house.tasks(house.start(), "a")[0]))


def test_disk_over_a_newer_version_from_the_browser_is_refused_until_told_so(
    house: House,
) -> None:
    house.execute(Deploy("disk", as_files(steps("a"))), OPERATOR)
    house.execute(Deploy("drawn", as_files(steps("a", "b")), source="browser"), OPERATOR)
    with pytest.raises(BadCommand, match="browser"):
        house.execute(Deploy("disk", as_files(steps("a", "c"))), OPERATOR)
    forced = house.execute(Deploy("disk", as_files(steps("a", "c")), force=True), OPERATOR)
    assert [ref.version for ref in forced.definitions] == [3]


def test_only_process_owners_deploy(house: House) -> None:
    with pytest.raises(NotAllowed):
        house.execute(Deploy("one", as_files(steps("a"))), person("aigul", "staff"))


def test_only_candidate_starters_start(house: House) -> None:
    node = steps("a")
    node.set("{http://camunda.org/schema/1.0/bpmn}candidateStarterGroups", "employer")
    house.deploy(node)
    with pytest.raises(NotAllowed):
        house.execute(StartProcessInstance("p"), person("aigul", "staff"))
    house.execute(StartProcessInstance("p"), person("bolat", "employer"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b'<!DOCTYPE x [<!ENTITY a "b">]><definitions/>',
        b"<a>" * 5000,
        b"\xff\xfe\x00",
    ],
)
def test_bad_input_is_refused_and_says_so(house: House, content: bytes) -> None:
    with pytest.raises(DeploymentRefused) as refused:
        house.execute(Deploy("bad", {"p.bpmn": content}), OPERATOR)
    assert refused.value.problems
    assert house.rows("deployment") == []


def test_a_running_version_whose_handler_is_gone_is_told_at_start(make_house, tmp_path) -> None:
    def work(number: int) -> None:
        del number

    house = make_house(handlers={"work": work})
    node = process(
        "p",
        start_event("s"),
        user_task("a", candidate_groups="staff"),
        service_task("x", topic="work"),
        end_event("e"),
        *path("s", "a", "x", "e"),
        properties={"inputs": "number"},
    )
    house.deploy(node)
    instance = house.start(variables={"number": 1})
    assert house.engine.problems_of_running_versions() == ()
    house.close()
    without = make_house()
    (problem,) = without.engine.problems_of_running_versions()
    assert (problem.element_id, problem.rule) == ("x", "topic")
    again = make_house(handlers={"work": work})
    again.complete(instance, "a")
    assert again.engine.problems_of_running_versions() == ()


def test_one_process_id_in_two_diagrams_is_refused(house: House) -> None:
    files = {"p.bpmn": diagram(steps("a")), "q.bpmn": diagram(steps("b"))}
    with pytest.raises(DeploymentRefused) as refused:
        house.execute(Deploy("twice", files), OPERATOR)
    assert [problem.rule for problem in refused.value.problems] == ["process-once"]


def test_a_drawn_form_that_cannot_be_shown_is_refused(house: House) -> None:
    drawn = diagram(steps("a")).replace(
        b'camunda:candidateGroups="staff"/>',
        b'camunda:candidateGroups="staff"><bpmn:extensionElements><camunda:formData>'
        b'<camunda:formField id="x" label="X" type="colour"/></camunda:formData>'
        b"</bpmn:extensionElements></bpmn:userTask>",
    )
    assert b"colour" in drawn
    with pytest.raises(DeploymentRefused) as refused:
        house.execute(Deploy("drawn", {"p.bpmn": drawn}), OPERATOR)
    assert {problem.rule for problem in refused.value.problems} == {"drawn-form"}
