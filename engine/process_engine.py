"""The one way in: `execute(command, actor)`, one command, one transaction, in this one place."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from engine.commands import (
    CheckTask,
    Command,
    CompleteExternalTask,
    CompleteTask,
    ReportBpmnError,
    RunJob,
    StartProcessInstance,
)
from engine.decided import AskedDecision, DecisionEvaluation
from engine.deploy_gate import examine_running
from engine.diagram import Problem
from engine.errors import BadCommand, Conflict, NotFound, SignatureRefused, StepFailed
from engine.identity import Actor
from engine.processors import PROCESSORS
from engine.processors.decisions import Given, decide_for_handler
from engine.processors.job_failure import fail_job
from engine.processors.signing import prepared_content
from engine.processors.work import ExaminedSignature, Surroundings, Work
from engine.queries import Queries
from engine.results import from_plain, to_plain
from engine.store import (
    command_results,
    deployments,
    documents,
    incidents,
    instances,
    jobs,
    tasks,
)
from engine.store.codec import dump_canonical, dump_json, load_json
from engine.store.database import Database, TransactionConflict
from engine.store.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

_ATTEMPTS = 5
_JOB_COMMANDS = (RunJob, CompleteExternalTask, ReportBpmnError)


class ProcessEngine:
    """Carries out commands on one database, and answers queries from it.

    `on_jobs` functions are called after a commit that left jobs to do.
    """

    def __init__(self, database: Database, around: Surroundings) -> None:
        self._database = database
        self._around = around
        self.queries = Queries(database, around)
        self.on_jobs: list[Callable[[], None]] = []

    @property
    def surroundings(self) -> Surroundings:
        """What the engine was opened with."""
        return self._around

    @property
    def database(self) -> Database:
        """Where the engine keeps everything."""
        return self._database

    def execute(self, command: Command, actor: Actor) -> Any:
        """Carries out a command in one transaction; returns a value of `results`.

        Raises BadCommand and its kinds (nothing was changed), StepFailed (nothing was changed but
        for an incident that tells of it).
        """
        examined = self._examine_signature(command, actor)
        for attempt in range(_ATTEMPTS):
            try:
                return self._execute_once(command, actor, examined)
            except TransactionConflict as conflict:
                log.info("attempt %d lost against another command: %s", attempt + 1, conflict)
            except StepFailed as failure:
                self._tell_of_failed_step(command, actor, failure)
                raise
        raise Conflict("Expected to change the instance, but others kept changing it; try again")

    @contextmanager
    def application_transaction(self) -> Iterator[Any]:
        """A writing transaction for tables of a process application; yields the connection."""
        with self._database.transaction() as connection:
            yield connection

    def document_content(self, document_id: str) -> bytes:
        """The bytes of a stored document, for handlers. Raises NotFound."""
        with self._database.reading() as connection:
            found = documents.content(UnitOfWork(connection), document_id)
        if found is None:
            raise NotFound(f"Expected document {document_id}, but it does not exist")
        return found

    def decide(
        self, instance_id: str, asked: AskedDecision, inputs: Mapping[str, object], now: datetime
    ) -> DecisionEvaluation:
        """A decision for a handler of an instance, as of `now`; nothing is written.

        Raises DecisionFailed.
        """
        with self._database.reading() as connection:
            return decide_for_handler(
                connection, self._around, instance_id, asked, Given(inputs, now)
            )

    def problems_of_running_versions(self) -> tuple[Problem, ...]:
        """What no longer fits, with today's handlers, in versions that still have instances."""
        around = self._around
        with self._database.reading() as connection:
            verdict = examine_running(connection, around.directory, around.handlers, around.checks)
        return verdict.errors

    def close(self) -> None:
        """Closes the database."""
        self._database.close()

    def _examine_signature(
        self, command: Command, actor: Actor
    ) -> ExaminedSignature | SignatureRefused | None:
        """What is found of the signature that a command carries, before its transaction begins."""
        verifier = self._around.signatures
        if verifier is None or not isinstance(command, CompleteTask) or command.signature is None:
            return None
        now = self._around.clock()
        with self._database.reading() as connection:
            content = prepared_content(UnitOfWork(connection), command, actor, now)
        if content is None:
            return None
        try:
            return verifier.examine(command.signature, content, now)
        except SignatureRefused as refusal:
            return refusal

    def _execute_once(
        self,
        command: Command,
        actor: Actor,
        examined: ExaminedSignature | SignatureRefused | None,
    ) -> Any:
        processor = PROCESSORS.get(type(command))
        if processor is None:
            raise BadCommand(f"Expected a command, but found {type(command).__name__}")
        digest = "" if command.command_id is None else _digest(command)
        with self._database.transaction() as connection:
            uow = UnitOfWork(connection)
            work = Work(uow, self._around, actor, self._around.clock(), examined=examined)
            if command.command_id is not None:
                earlier = command_results.find(uow, actor.user, command.command_id)
                if earlier is not None:
                    return _repeated(command, digest, earlier)
            result = processor(work, command)
            if command.command_id is not None:
                plain = dump_json(to_plain(result))
                command_results.add(uow, actor.user, command.command_id, digest, plain, work.now)
            uow.flush()
        if work.added_jobs:
            for notify in self.on_jobs:
                notify()
        return result

    def _tell_of_failed_step(self, command: Command, actor: Actor, failure: StepFailed) -> None:
        """Writes the incident of a step that was rolled back."""
        with self._database.transaction() as connection:
            uow = UnitOfWork(connection)
            work = Work(uow, self._around, actor, self._around.clock())
            if isinstance(command, _JOB_COMMANDS):
                job = jobs.load(uow, command.job_id)
                if job is not None and job.fencing_token == command.fencing_token:
                    fail_job(work, job, str(failure), retries=0, kind=incidents.FAILED_STEP)
            else:
                failure.incident_id = _raise_for(work, command, failure)
            uow.flush()


def _raise_for(work: Work, command: Command, failure: StepFailed) -> str:
    where: dict[str, str | None] = {}
    tenant = work.actor.tenant
    if isinstance(command, (CheckTask, CompleteTask)):
        task = tasks.load(work.uow, command.task_id)
        if task is not None:
            tenant = task.tenant
            where = {
                "instance_id": task.instance_id,
                "definition_id": task.definition_id,
                "wait_key": str(task.token),
            }
    elif isinstance(command, StartProcessInstance):
        found = deployments.version_of(work.connection, tenant, command.process_id, command.version)
        where = {"definition_id": None if found is None else found.id}
    else:
        row = instances.load(work.uow, failure.instance_id or "")
        if row is not None:
            tenant = row.tenant
            where = {"instance_id": row.id, "definition_id": row.definition_id}
    return incidents.raise_incident(
        work.uow,
        incidents.FAILED_STEP,
        str(failure),
        work.now,
        tenant=tenant,
        element_id=failure.element_id,
        **where,
    )


def _digest(command: Command) -> str:
    """What tells a repeated command from another one under the same id."""
    content = {
        name: hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
        for name, value in vars(command).items()
        if name != "command_id"
    }
    try:
        data = dump_canonical([type(command).__name__, content])
    except TypeError:
        data = repr([type(command).__name__, content]).encode()
    return hashlib.sha256(data).hexdigest()


def _repeated(command: Command, digest: str, earlier: tuple[str, bytes]) -> Any:
    if earlier[0] != digest:
        raise Conflict(
            f"Expected command id {command.command_id} to be new, "
            "but another command was sent with it"
        )
    return from_plain(load_json(earlier[1]))
