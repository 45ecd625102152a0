"""Working off one leased job: the engine's own by a command, an external task by its handler."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from engine.commands import (
    Command,
    CompleteExternalTask,
    ReportBpmnError,
    ReportFailure,
    RunJob,
)
from engine.decided import (
    MOST_DECISIONS,
    AskedDecision,
    Binding,
    Decided,
    DecisionEvaluation,
    DecisionFailed,
)
from engine.errors import BadCommand, Conflict, LeaseLost, StepFailed
from engine.external_task import (
    BpmnError,
    ContractBroken,
    ExternalTask,
    Handler,
    TemporaryFailure,
)
from engine.identity import Actor
from engine.results import LockedJob

log = logging.getLogger(__name__)

Execute = Callable[[Command, Actor], Any]
Decisions = Callable[[str, AskedDecision, Mapping[str, object], datetime], DecisionEvaluation]
"""Instance, decision, inputs, as of when → its evaluation. Raises DecisionFailed."""


class AskedDecisions:
    """The decisions that the handler of one job asks for; `made` goes with its result."""

    def __init__(self, decide: Decisions, job: LockedJob) -> None:
        self._decide = decide
        self._job = job
        self.made: list[DecisionEvaluation] = []

    def __call__(
        self,
        decision: str,
        inputs: Mapping[str, object],
        binding: Binding,
        version: int | None,
        version_tag: str | None,
    ) -> Decided:
        """Makes a decision. Raises DecisionFailed."""
        if len(self.made) >= MOST_DECISIONS:
            raise DecisionFailed(f"Expected at most {MOST_DECISIONS} decisions in one task")
        asked = AskedDecision(decision, binding, version, version_tag)
        evaluation = self._decide(self._job.instance_id, asked, inputs, self._job.now)
        self.made.append(evaluation)
        return evaluation.decided


class JobRunner:
    """Runs a leased job and reports what came of it. Handlers run outside any transaction."""

    def __init__(
        self,
        execute: Execute,
        handlers: Mapping[str, Handler],
        ports: Mapping[type, object],
        documents: Callable[[str], bytes],
        actor: Actor,
        decide: Decisions,
    ) -> None:
        self._execute = execute
        self._handlers = handlers
        self._ports = ports
        self._documents = documents
        self._actor = actor
        self._decide = decide

    def run(self, job: LockedJob) -> None:
        """Carries a job out once. Faults of the job are reported to the engine, never raised."""
        try:
            self._execute(self._outcome(job), self._actor)
        except LeaseLost as lost:
            log.info("job %s: result refused: %s", job.id, lost)
        except StepFailed as failure:
            log.error("job %s: %s", job.id, failure)
        except Conflict as conflict:
            log.warning("job %s: %s", job.id, conflict)
            self._report(ReportFailure(job.id, job.fencing_token, str(conflict)))
        except BadCommand as refused:
            log.error("job %s: result refused: %s", job.id, refused)
            self._report(self._incident(job, str(refused)))
        except Exception as fault:
            log.exception("job %s: its outcome could not be written", job.id)
            message = f"{type(fault).__name__}: {fault}"
            self._report(ReportFailure(job.id, job.fencing_token, message))

    def _outcome(self, job: LockedJob) -> Command:
        """The command that tells the engine of this job's outcome."""
        if job.topic is None:
            return RunJob(job.id, job.fencing_token)
        handler = self._handlers.get(job.topic)
        if handler is None:
            return self._incident(
                job, f"Expected a handler for topic {job.topic}, but none is there"
            )
        asked = AskedDecisions(self._decide, job)
        try:
            given = handler.run(self._task(job, asked), self._ports)
        except BpmnError as error:
            return ReportBpmnError(
                job.id,
                job.fencing_token,
                error.code,
                error.message,
                error.variables,
                tuple(asked.made),
            )
        except TemporaryFailure as failure:
            log.warning("job %s, topic %s: %s", job.id, job.topic, failure)
            return ReportFailure(
                job.id,
                job.fencing_token,
                str(failure),
                retries=None if failure.counts else job.retries,
                retry_after=failure.retry_after,
            )
        except (ContractBroken, DecisionFailed) as broken:
            return self._incident(job, str(broken))
        except Exception as error:
            log.exception("job %s: handler of %s failed", job.id, job.topic)
            return self._incident(job, f"{type(error).__name__}: {error}")
        return CompleteExternalTask(job.id, job.fencing_token, given, tuple(asked.made))

    def _incident(self, job: LockedJob, message: str) -> ReportFailure:
        return ReportFailure(job.id, job.fencing_token, message, retries=0)

    def _report(self, failure: ReportFailure) -> None:
        try:
            self._execute(failure, self._actor)
        except LeaseLost as lost:
            log.info("job %s: %s", failure.job_id, lost)

    def _task(self, job: LockedJob, asked: AskedDecisions) -> ExternalTask:
        return ExternalTask(
            id=job.id,
            topic=job.topic or "",
            element_id=job.element_id or "",
            instance_id=job.instance_id,
            process_id=job.process_id,
            business_key=job.business_key,
            idempotency_key=job.id,
            variables=job.variables,
            now=job.now,
            today=job.today,
            unit=job.unit,
            party=job.party,
            retries_left=job.retries,
            documents=self._documents,
            decisions=asked,
        )
