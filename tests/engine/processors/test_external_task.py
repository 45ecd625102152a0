"""Jobs: leases, results, faults, retries, incidents."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TypedDict

import pytest

from engine.commands import (
    CancelProcessInstance,
    CompleteExternalTask,
    ExtendLock,
    FetchAndLockJobs,
    ReleaseLeases,
    ReportBpmnError,
    ReportFailure,
    ResolveIncident,
    RetryJob,
    StartProcessInstance,
)
from engine.errors import BadCommand, LeaseLost, NotAllowed
from engine.external_task import BpmnError, Document, ExternalTask, TemporaryFailure
from tests.support.diagrams import (
    Element,
    boundary_event,
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
from tests.support.house import OPERATOR, SYSTEM, House, person

WORK = {"properties": {"remote": "true"}}


class Given(TypedDict, total=False):
    doubled: int
    paper: dict


def one_service(**keywords: object) -> Element:
    return process(
        "p",
        start_event("s"),
        service_task("a", **keywords),
        user_task("b", candidate_groups="staff"),
        end_event("e"),
        *path("s", "a", "b", "e"),
        properties={"inputs": "number"},
    )


def test_a_handler_reads_its_variables_and_gives_its_results(make_house) -> None:
    def double(number: int) -> Given:
        return {"doubled": number * 2}

    house = make_house(handlers={"work": double})
    house.deploy(one_service())
    instance = house.start(variables={"number": 21})
    assert house.open(instance) == ["b"]
    assert house.variables(instance) == {"number": 21, "doubled": 42}
    assert house.rows("job") == []


def test_a_document_that_a_handler_gives_is_stored_and_referred_to(make_house) -> None:
    def write(number: int) -> Given:
        return {"paper": Document("paper.txt", "text/plain", b"%d" % number)}

    house = make_house(handlers={"work": write})
    house.deploy(one_service())
    instance = house.start(variables={"number": 7})
    reference = house.variables(instance)["paper"]
    assert (reference["name"], reference["size"]) == ("paper.txt", 1)
    assert house.engine.document_content(reference["document"]) == b"7"


def test_a_temporary_failure_is_tried_again_with_backoff_then_an_incident(make_house) -> None:
    tries: list[str] = []

    def fail(task: ExternalTask) -> None:
        tries.append(task.idempotency_key)
        raise TemporaryFailure("the registry does not answer")

    house = make_house(handlers={"work": fail})
    house.deploy(one_service())
    instance = house.start(variables={"number": 1})
    assert len(tries) == 1
    house.clock.advance(seconds=4)
    assert house.work() == 0
    house.clock.advance(seconds=2)
    assert house.work() == 1
    house.clock.advance(seconds=24)
    assert house.work() == 0
    house.clock.advance(seconds=2)
    assert house.work() == 1
    assert len(set(tries)) == 1, "every try has the same idempotency key"
    (incident,) = house.incidents(instance_id=instance)
    assert "the registry does not answer" in incident.message
    assert house.state(instance) == "active"
    assert house.instance(instance).open_incidents == 1
    house.clock.advance(days=30)
    assert house.work() == 0


def test_a_failure_that_does_not_count_puts_a_job_off_with_all_its_tries(make_house) -> None:
    counts, tries = [False], []

    def fail(task: ExternalTask) -> None:
        tries.append(task.retries_left)
        raise TemporaryFailure("it is left in peace", timedelta(hours=1), counts=counts[0])

    house = make_house(handlers={"work": fail})
    house.deploy(one_service())
    instance = house.start(variables={"number": 1})
    for _ in range(5):
        house.clock.advance(minutes=59)
        assert house.work() == 0
        house.clock.advance(minutes=1)
        assert house.work() == 1
    assert tries == [3] * 6
    assert house.incidents(instance_id=instance) == []
    counts[0] = True
    for _ in range(3):
        house.clock.advance(hours=1)
        house.work()
    assert tries[6:] == [3, 2, 1]
    assert len(house.incidents(instance_id=instance)) == 1


def test_an_operator_has_a_job_tried_before_its_time_but_not_while_it_is_worked_on(
    make_house,
) -> None:
    refused: list[type] = []

    def fail(task: ExternalTask) -> None:
        if house.rows("job")[0].last_error is not None:
            with pytest.raises(BadCommand, match="works on it"):
                house.execute(RetryJob(task.id), OPERATOR)
            refused.append(BadCommand)
        raise TemporaryFailure("not now", timedelta(hours=1), counts=False)

    house = make_house(handlers={"work": fail})
    house.deploy(one_service())
    house.start(variables={"number": 1})
    (job,) = house.rows("job")
    assert house.work() == 0
    house.execute(RetryJob(job.id), OPERATOR)
    assert house.work() == 1
    assert refused == [BadCommand]


def test_an_operator_retries_when_the_cause_is_gone(make_house) -> None:
    down = [True]

    def fail(number: int) -> Given:
        if down[0]:
            raise RuntimeError("broken")
        return {"doubled": number}

    house = make_house(handlers={"work": fail})
    house.deploy(one_service())
    instance = house.start(variables={"number": 1})
    (incident,) = house.incidents(instance_id=instance)
    with pytest.raises(NotAllowed):
        house.execute(RetryJob(incident.job_id), person("aigul", "staff"))
    house.execute(ResolveIncident(incident.id), OPERATOR)
    house.work()
    (incident,) = house.incidents(instance_id=instance)
    down[0] = False
    house.execute(RetryJob(incident.job_id), OPERATOR)
    house.work()
    assert house.open(instance) == ["b"]
    assert house.incidents(instance_id=instance) == []
    assert house.instance(instance).open_incidents == 0


def test_a_missing_variable_is_an_incident_that_names_it(make_house) -> None:
    def double(number: int) -> Given:
        return {"doubled": number * 2}

    house = make_house(handlers={"work": double})
    house.deploy(one_service())
    instance = house.start()
    (incident,) = house.incidents(instance_id=instance)
    assert "number" in incident.message


def two_services_with_one_code() -> Element:
    return process(
        "p",
        start_event("s"),
        parallel_gateway("fork"),
        service_task("a", **WORK),
        service_task("b", **WORK),
        boundary_event("on_a", "a", error("FAULT")),
        boundary_event("on_b", "b", error("FAULT")),
        user_task("mend_a", candidate_groups="staff"),
        user_task("mend_b", candidate_groups="staff"),
        *(end_event(f"e{number}") for number in range(4)),
        *path("s", "fork", "a", "e0"),
        *path("fork", "b", "e1"),
        *path("on_a", "mend_a", "e2"),
        *path("on_b", "mend_b", "e3"),
    )


def test_two_parallel_external_tasks_with_the_same_error_code(house: House) -> None:
    house.deploy(two_services_with_one_code())
    instance = house.start()
    jobs = {job.element_id: job for job in house.lock("work")}
    done = house.execute(
        ReportBpmnError(jobs["a"].id, jobs["a"].fencing_token, "FAULT", variables={"why": "x"}),
        SYSTEM,
    )
    assert done.caught_by == "on_a"
    assert house.open(instance) == ["mend_a"]
    assert [row.element_id for row in house.rows("job")] == ["b"]
    house.execute(CompleteExternalTask(jobs["b"].id, jobs["b"].fencing_token), SYSTEM)
    house.complete(instance, "mend_a")
    assert house.state(instance) == "completed"
    assert house.variables(instance) == {"why": "x"}


def test_a_bpmn_error_that_nothing_catches_is_an_incident(make_house) -> None:
    def refuse(number: int) -> None:
        raise BpmnError("NOBODY", "no reason")

    house = make_house(handlers={"work": refuse})
    house.deploy(one_service())
    instance = house.start(variables={"number": 1})
    (incident,) = house.incidents(instance_id=instance)
    assert incident.kind == "uncaught_error"
    assert "NOBODY" in incident.message


def test_a_workers_result_after_its_lease_was_lost_is_refused(house: House) -> None:
    house.deploy(one_service(**WORK))
    instance = house.start(variables={"number": 1})
    (slow,) = house.lock("work", worker="slow", lock_duration=timedelta(seconds=30))
    assert house.lock("work", worker="quick") == []
    house.clock.advance(seconds=31)
    (quick,) = house.lock("work", worker="quick")
    before = house.snapshot()
    with pytest.raises(LeaseLost):
        house.execute(CompleteExternalTask(slow.id, slow.fencing_token, {"who": "slow"}), SYSTEM)
    with pytest.raises(LeaseLost):
        house.execute(ReportFailure(slow.id, slow.fencing_token, "late"), SYSTEM)
    with pytest.raises(LeaseLost):
        house.execute(ExtendLock(slow.id, slow.fencing_token, timedelta(hours=1)), SYSTEM)
    assert house.snapshot() == before
    house.execute(CompleteExternalTask(quick.id, quick.fencing_token, {"who": "quick"}), SYSTEM)
    assert house.variables(instance)["who"] == "quick"
    with pytest.raises(LeaseLost):
        house.execute(CompleteExternalTask(quick.id, quick.fencing_token, {"who": "x"}), SYSTEM)


def test_a_cancel_while_a_handler_runs(make_house) -> None:
    running, go_on = threading.Event(), threading.Event()

    def slow(number: int) -> Given:
        running.set()
        assert go_on.wait(10)
        return {"doubled": number}

    house = make_house(handlers={"work": slow})
    house.deploy(one_service())
    house.executor.start()
    started = house.execute(StartProcessInstance("p", {"number": 1}))
    assert running.wait(10)
    house.execute(CancelProcessInstance(started.instance_id, "withdrawn"), OPERATOR)
    go_on.set()
    house.executor.stop()
    assert house.state(started.instance_id) == "cancelled"
    assert house.variables(started.instance_id) == {"number": 1}
    assert house.rows("job") == []
    assert house.incidents() == []


def test_multi_instance_results_by_index(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            service_task(
                "a",
                multi_instance("items", "item", results="results", result="result"),
                **WORK,
            ),
            user_task("b", candidate_groups="staff"),
            end_event("e"),
            *path("s", "a", "b", "e"),
            properties={"inputs": "items"},
        )
    )
    instance = house.start(variables={"items": ["x", "y", "z"], "result": "outer"})
    jobs = house.lock("work")
    assert sorted(job.variables["item"] for job in jobs) == ["x", "y", "z"]
    for job in sorted(jobs, key=lambda job: job.variables["item"], reverse=True):
        house.execute(
            CompleteExternalTask(
                job.id, job.fencing_token, {"result": job.variables["item"].upper()}
            ),
            SYSTEM,
        )
    assert house.open(instance) == ["b"]
    assert house.variables(instance)["results"] == ["X", "Y", "Z"]
    assert house.variables(instance)["result"] == "outer"


def test_the_executor_extends_the_lease_of_a_slow_handler(make_house) -> None:
    started, go_on = threading.Event(), threading.Event()

    def slow(number: int) -> Given:
        started.set()
        assert go_on.wait(10)
        return {"doubled": number}

    house = make_house(handlers={"work": slow})
    house.deploy(one_service())
    instance = house.execute(StartProcessInstance("p", {"number": 1})).instance_id
    house.executor.start()
    assert started.wait(10)
    house.clock.advance(seconds=45)
    house.executor.wake()
    for _ in range(200):
        (job,) = house.rows("job")
        if job.locked_until > house.clock.now + timedelta(seconds=50):
            break
        threading.Event().wait(0.02)
    else:
        pytest.fail("the lease was not prolonged")
    go_on.set()
    house.executor.stop()
    assert house.open(instance) == ["b"]


def test_leases_of_dead_workers_are_free_at_once_with_the_same_key(house: House) -> None:
    house.deploy(one_service(**WORK))
    instance = house.start(variables={"number": 1})
    (dead,) = house.lock("work", worker="embedded-1")
    assert house.lock("work", worker="other") == []
    with pytest.raises(NotAllowed):
        house.execute(ReleaseLeases("embedded-"), OPERATOR)
    assert house.execute(ReleaseLeases("embed_"), SYSTEM).count == 0
    assert house.execute(ReleaseLeases("embedded-"), SYSTEM).count == 1
    (again,) = house.lock("work", worker="other")
    assert again.id == dead.id
    with pytest.raises(LeaseLost):
        house.execute(CompleteExternalTask(dead.id, dead.fencing_token), SYSTEM)
    house.execute(CompleteExternalTask(again.id, again.fencing_token), SYSTEM)
    assert house.open(instance) == ["b"]


def test_only_workers_work_off_jobs_and_only_their_tenants(house: House) -> None:
    house.deploy(one_service(**WORK))
    house.start(variables={"number": 1})
    topics = frozenset({"work"})
    for stranger in (person("aigul", "staff"), OPERATOR):
        with pytest.raises(NotAllowed, match="worker"):
            house.execute(FetchAndLockJobs("w", topics=topics), stranger)
    elsewhere = person("robot", "worker", tenant="elsewhere")
    assert house.execute(FetchAndLockJobs("w", topics=topics), elsewhere).jobs == ()
    worker = person("robot", "worker")
    with pytest.raises(NotAllowed, match="topics"):
        house.execute(FetchAndLockJobs("w"), worker)
    (job,) = house.execute(FetchAndLockJobs("w", topics=topics), worker).jobs
    with pytest.raises(LeaseLost):
        house.execute(CompleteExternalTask(job.id, job.fencing_token), elsewhere)
    with pytest.raises(NotAllowed):
        house.execute(CompleteExternalTask(job.id, job.fencing_token), person("aigul", "staff"))
    house.execute(CompleteExternalTask(job.id, job.fencing_token), worker)


def test_the_same_lease_asked_for_twice_is_answered_alike(house: House) -> None:
    house.deploy(one_service(**WORK))
    house.start(variables={"number": 1})
    command = FetchAndLockJobs("w", topics=frozenset({"work"}), command_id="press")
    first = house.execute(command, SYSTEM)
    assert house.execute(command, SYSTEM) == first
    assert len(first.jobs) == 1


def test_a_job_for_others_does_not_keep_the_executor_awake(house: House) -> None:
    house.deploy(one_service(**WORK))
    house.start(variables={"number": 1})
    leased = house.execute(FetchAndLockJobs("w"), SYSTEM)
    assert (leased.jobs, leased.next_due) == ((), None)
