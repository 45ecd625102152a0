"""The workload on plain SpiffWorkflow: stock parser, stock serializer, the same rows written.

It is what a careful user of the library would write. The diagram is FK-B.03's with its expressions
put into Python, as SpiffWorkflow expects them; a task of an outside worker is the subclass of its
ServiceTask that stays STARTED. A command loads the JSON of the instance, has the serializer make a
workflow of it, runs the task, does the engine steps, serializes, and writes in one transaction what
Qadam writes too, through the same functions of the store: the instance, its tasks and who may take
them, timers and jobs, history, the command's result. In its favour: it checks no form and nobody's
rights, computes no due dates, makes no decisions, and keeps no table of steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from uuid import UUID

from lxml import etree
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.parser.BpmnParser import full_tag
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.serializer import DEFAULT_CONFIG, BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default import BpmnTaskSpecConverter
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, ServiceTask, UserTask
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState
from sqlalchemy import bindparam, select

from benchmarks import fk_b03
from benchmarks.ours import CLERK
from engine import ProcessEngine
from engine.definitions import Definition
from engine.external_task import Document
from engine.history import FIRST
from engine.processors.history import record
from engine.processors.work import Work
from engine.store import command_results, deployments, instances, jobs, tasks
from engine.store.codec import dump_json
from engine.store.ids import new_id
from engine.store.instances import ACTIVE, InstanceRecord
from engine.store.jobs import EXTERNAL_TASK, TIMER, JobRecord
from engine.store.tables import job, user_task
from engine.store.tasks import COMPLETED, GROUP, OPEN, TaskRecord
from engine.store.unit_of_work import UnitOfWork

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_NEVER = "'2099-01-01T00:00:00+00:00'"
_STOPPED = TaskState.READY | TaskState.STARTED | TaskState.WAITING

_OPEN_TASKS = select(user_task.c.id).where(
    user_task.c.instance_id == bindparam("b_instance"), user_task.c.state == OPEN
)
_JOBS = select(job.c.id).where(job.c.instance_id == bindparam("b_instance"))


class OutsideWork(ServiceTask):
    """A task that is worked off outside: STARTED until someone completes it."""

    def _execute(self, task: Task) -> None:
        return None


class UndecidedTask(ServiceTask):
    """A business rule task without its tables: it is done as soon as it is reached."""

    def _execute(self, task: Task) -> bool:
        return True


class Parser(BpmnParser):
    """The stock parser, with service and send tasks worked off outside."""

    OVERRIDE_PARSER_CLASSES = {
        full_tag("serviceTask"): (TaskParser, OutsideWork),
        full_tag("sendTask"): (TaskParser, OutsideWork),
        full_tag("businessRuleTask"): (TaskParser, UndecidedTask),
    }


class Stock:
    """FK-B.03 on SpiffWorkflow. Of `engine` only the database and the diagram are used."""

    def __init__(self, engine: ProcessEngine) -> None:
        self.engine = engine
        self._definition = self._deployed()
        parser = Parser()
        parser.add_bpmn_xml(_in_python(self._definition.diagram.xml))
        self._spec = parser.get_spec(fk_b03.APPLICATION)
        self._inside = parser.get_subprocess_specs(fk_b03.APPLICATION)
        own = dict.fromkeys((OutsideWork, UndecidedTask), BpmnTaskSpecConverter)
        converters = {**DEFAULT_CONFIG, **own}
        self._serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(converters))
        self._given = fk_b03.given_by_workers()
        self._commands = count(1)

    def start(self) -> str:
        """Starts an application; returns its id."""
        workflow = BpmnWorkflow(self._spec, self._inside)
        workflow.get_next_task(state=TaskState.READY).data.update({**fk_b03.START, **fk_b03.FILED})
        with self._transaction() as work:
            row = self._new_row(work)
            instances.add(work.uow, row)
            work.uow.flush()
            self._go_on(work, row, workflow, "ProcessInstanceStarted", fk_b03.START)
        return row.id

    def complete(self, task_id: str, values: Mapping[str, object]) -> None:
        """Completes a task."""
        command_id = f"command-{next(self._commands)}"
        with self._transaction() as work:
            if command_results.find(work.uow, CLERK.user, command_id) is not None:
                return
            task = tasks.load(work.uow, task_id)
            if task is None or task.state != OPEN:
                raise RuntimeError(f"Expected task {task_id} to be open, but it is not")
            row, workflow = self._load(work, task.instance_id)
            token = workflow.get_task_from_id(UUID(task_id))
            token.data.update(values)
            token.run()
            tasks.end(work.uow, task, COMPLETED, work.now, CLERK.user)
            told = {"task": task_id, "element": task.element_id, "values": values}
            opened = self._go_on(work, row, workflow, "TaskCompleted", told)
            result = dump_json({"task_id": task_id, "next_tasks": opened})
            command_results.add(work.uow, CLERK.user, command_id, "", result, work.now)

    sign = complete

    def work(self) -> None:
        """Carries out what is automatic, each job by a command of its own."""
        external = select(job.c.id, job.c.instance_id, job.c.topic).where(
            job.c.kind == EXTERNAL_TASK
        )
        while True:
            with self.engine.database.reading() as connection:
                found = connection.execute(external.limit(1)).one_or_none()
            if found is None:
                return
            self._complete_job(*found)

    def _complete_job(self, job_id: str, instance_id: str, topic: str) -> None:
        given = self._given.get(topic, {})
        plain = {name: value for name, value in given.items() if not isinstance(value, Document)}
        with self._transaction() as work:
            row, workflow = self._load(work, instance_id)
            token = workflow.get_task_from_id(UUID(job_id))
            token.data.update(plain)
            token.complete()
            self._go_on(work, row, workflow, "ExternalTaskCompleted", {"job": job_id, **plain})

    def _load(self, work: Work, instance_id: str) -> tuple[InstanceRecord, BpmnWorkflow]:
        row = instances.load(work.uow, instance_id)
        if row is None or row.token_state is None:
            raise RuntimeError(f"Expected instance {instance_id} to be active, but it is not")
        return row, self._serializer.deserialize_json(row.token_state.decode())

    def _go_on(
        self,
        work: Work,
        row: InstanceRecord,
        workflow: BpmnWorkflow,
        kind: str,
        payload: Mapping[str, object],
    ) -> list[str]:
        """Does the engine steps and writes what came of them; returns the tasks they opened."""
        moved: list[str] = []
        workflow.do_engine_steps(did_complete_task=lambda task: moved.append(task.task_spec.name))
        record(work, row, kind, payload)
        record(work, row, "TokensMoved", {"completed": moved})
        stopped = workflow.get_tasks(state=_STOPPED)
        opened = self._write_tasks(work, row, filter(_is_open_task, stopped))
        self._write_jobs(work, row, filter(_is_job, stopped))
        row.token_state = self._serializer.serialize_json(workflow).encode()
        instances.save(work.uow, row)
        return opened

    def _write_tasks(self, work: Work, row: InstanceRecord, waiting: Iterator[Task]) -> list[str]:
        known = set(work.connection.execute(_OPEN_TASKS, {"b_instance": row.id}).scalars())
        opened = [task for task in waiting if str(task.id) not in known]
        for task in opened:
            written = self._task_record(work, row, task)
            tasks.add(work.uow, written)
            told = {"task": written.id, "element": written.element_id}
            record(work, row, "TaskCreated", told)
        return [str(task.id) for task in opened]

    def _write_jobs(self, work: Work, row: InstanceRecord, waiting: Iterator[Task]) -> None:
        known = set(work.connection.execute(_JOBS, {"b_instance": row.id}).scalars())
        found = {str(task.id): task for task in waiting}
        jobs.remove_by_wait(work.uow, row.id, known - found.keys())
        for job_id in found.keys() - known:
            jobs.add(work.uow, self._job_record(work, row, job_id, found[job_id]))

    def _deployed(self) -> Definition:
        with self.engine.database.reading() as connection:
            found = deployments.latest(connection, "", fk_b03.APPLICATION)
            if found is None:
                raise RuntimeError(f"Expected {fk_b03.APPLICATION} to be deployed")
            return self.engine.surroundings.definitions.of(connection, found)

    @contextmanager
    def _transaction(self) -> Iterator[Work]:
        around = self.engine.surroundings
        with self.engine.database.transaction() as connection:
            work = Work(UnitOfWork(connection), around, CLERK, around.clock())
            yield work
            work.uow.flush()

    def _new_row(self, work: Work) -> InstanceRecord:
        instance_id = new_id()
        return InstanceRecord(
            id=instance_id,
            definition_id=self._definition.id,
            process_id=fk_b03.APPLICATION,
            tenant="",
            business_key=instance_id,
            unit=None,
            party=None,
            title=None,
            status=None,
            state=ACTIVE,
            started_at=work.now,
            started_by=CLERK.user,
            ended_at=None,
            parent_instance_id=None,
            parent_token=None,
            token_state=None,
            scopes=b"{}",
            revision=0,
            history_length=0,
            history_head=FIRST,
        )

    def _task_record(self, work: Work, row: InstanceRecord, task: Task) -> TaskRecord:
        element = self._definition.element(task.task_spec.bpmn_id)
        return TaskRecord(
            id=str(task.id),
            instance_id=row.id,
            definition_id=row.definition_id,
            process_id=row.process_id,
            tenant=row.tenant,
            element_id=element.id,
            token=0,
            scope=0,
            loop_counter=None,
            business_key=row.business_key,
            title=None,
            unit=None,
            party=None,
            assignee=None,
            candidates=dump_json({GROUP: element.candidate_groups}),
            priority=0,
            created_at=work.now,
            due_at=None,
            due_expression=None,
            follow_up_at=None,
            follow_up_expression=None,
            state=OPEN,
            ended_at=None,
            ended_by=None,
            draft=None,
        )

    def _job_record(self, work: Work, row: InstanceRecord, job_id: str, task: Task) -> JobRecord:
        element = self._definition.element(task.task_spec.bpmn_id)
        return JobRecord(
            id=job_id,
            kind=EXTERNAL_TASK if element.topic else TIMER,
            tenant=row.tenant,
            instance_id=row.id,
            definition_id=row.definition_id,
            element_id=element.id,
            wait_key=job_id,
            scope=0,
            topic=element.topic,
            payload=None,
            created_at=work.now,
            due_at=work.now,
            due_expression=None,
            priority=0,
            retries=3,
            attempts=0,
            worker_id=None,
            locked_until=None,
            fencing_token=0,
            last_error=None,
        )


def _in_python(xml: bytes) -> etree._Element:
    """The diagram with conditions in Python and with timers that are never due."""
    root = etree.fromstring(xml)
    for condition in root.iter(f"{_BPMN}conditionExpression"):
        text = condition.text.strip().removeprefix("${").removesuffix("}")
        condition.text = text.replace("&&", "and")
    for date in root.iter(f"{_BPMN}timeDate"):
        date.text = _NEVER
    for cycle in root.iter(f"{_BPMN}timeCycle"):
        cycle.text = "'R/P30D'"
    return root


def _is_open_task(task: Task) -> bool:
    return isinstance(task.task_spec, UserTask) and task.state == TaskState.READY


def _is_job(task: Task) -> bool:
    if isinstance(task.task_spec, OutsideWork):
        return task.state == TaskState.STARTED
    return isinstance(task.task_spec, BoundaryEvent) and task.state == TaskState.WAITING
