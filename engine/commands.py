"""The vocabulary of writing: every change is one of these commands, sent with an actor.

`command_id` makes a command idempotent: the same id twice is carried out once, and the second
sender gets the first result. Ids of tasks, instances, jobs and incidents are opaque strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from engine.decided import DecisionEvaluation


@dataclass(frozen=True, kw_only=True)
class Command:
    """What all commands carry."""

    command_id: str | None = None


@dataclass(frozen=True)
class Deploy(Command):
    """Deploys files as one deployment: `resources` maps a name below `bpmn/` to its bytes.

    A process or decision whose files did not change keeps its version (duplicate filtering).
    `source` is "disk" or "browser"; from disk over a newer one from the browser is refused unless
    `force`.
    """

    name: str
    resources: Mapping[str, bytes]
    source: str = "disk"
    enable_duplicate_filtering: bool = True
    force: bool = False
    note: str = ""


@dataclass(frozen=True)
class StartProcessInstance(Command):
    """Starts the newest version of a process at its none start event."""

    process_id: str
    variables: Mapping[str, object] = field(default_factory=dict)
    business_key: str | None = None
    version: int | None = None


@dataclass(frozen=True)
class ClaimTask(Command):
    """Takes an open task: the actor becomes its assignee."""

    task_id: str


@dataclass(frozen=True)
class UnclaimTask(Command):
    """Gives a claimed task back to its group."""

    task_id: str


@dataclass(frozen=True)
class AssignTask(Command):
    """Makes another user the assignee (by the head of the unit or an operator)."""

    task_id: str
    user: str


@dataclass(frozen=True)
class SetTaskDueDate(Command):
    """Sets or clears the due date of an open task."""

    task_id: str
    due_at: datetime | None
    reason: str = ""


@dataclass(frozen=True)
class SaveTaskDraft(Command):
    """Keeps what was typed into a task's form, unchecked, until the task is completed.

    With the `version` of the draft that it goes on from, a draft that was saved by another
    `editor` meanwhile is not overwritten. An editor is one page, say, that is open somewhere.
    """

    task_id: str
    values: Mapping[str, object]
    version: int | None = None
    editor: str | None = None


@dataclass(frozen=True)
class UploadDocument(Command):
    """Keeps a file for a field of a form that is not accepted yet.

    The form is that of a task, or the start form of a process. What the field is then given is the
    result's `upload_id`. A file that the same person gave for the field before is replaced.
    """

    field: str
    name: str
    content: bytes
    task_id: str | None = None
    process_id: str | None = None


@dataclass(frozen=True)
class PrepareSignature(Command):
    """Gives the bytes to be signed for a task and a one-time nonce; see `CompleteTask`."""

    task_id: str


@dataclass(frozen=True)
class CheckTask(Command):
    """Asks what would refuse a completion with these values; whatever is found, nothing is kept.

    The same form and the same completion check are asked as by `CompleteTask`, no signature.
    """

    task_id: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class CompleteTask(Command):
    """Completes a task with the values of its form.

    `signature` is a detached CMS (DER) over the prepared document, `nonce` what PrepareSignature
    gave, where the diagram asks for a signature. `version` and `editor` are those of the draft
    that the values go on from, see `SaveTaskDraft`.
    """

    task_id: str
    values: Mapping[str, object] = field(default_factory=dict)
    signature: bytes | None = None
    nonce: str | None = None
    version: int | None = None
    editor: str | None = None


@dataclass(frozen=True)
class CancelProcessInstance(Command):
    """Ends an instance, with its open work and its child instances."""

    instance_id: str
    reason: str


@dataclass(frozen=True)
class SetVariables(Command):
    """Sets variables of an instance by an operator, with a reason."""

    instance_id: str
    values: Mapping[str, object]
    reason: str


@dataclass(frozen=True)
class CorrelateMessage(Command):
    """A message from outside: reaches exactly one waiting event, or starts an instance."""

    message_name: str
    correlation_key: str | None
    payload: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class FetchAndLockJobs(Command):
    """Leases due jobs to a worker. `topics` None: every topic that has a handler, and timers,
    messages and the like; else external tasks of those topics only."""

    worker_id: str
    max_jobs: int = 10
    lock_duration: timedelta = timedelta(seconds=60)
    topics: frozenset[str] | None = None


@dataclass(frozen=True)
class ExtendLock(Command):
    """Prolongs a lease."""

    job_id: str
    fencing_token: int
    lock_duration: timedelta


@dataclass(frozen=True)
class ReleaseLeases(Command):
    """Frees what workers hold whose id begins with `workers`: they are known to be dead."""

    workers: str


@dataclass(frozen=True)
class RunJob(Command):
    """Carries out a leased job that is the engine's own: a timer, a message, a child's start."""

    job_id: str
    fencing_token: int


@dataclass(frozen=True)
class CompleteExternalTask(Command):
    """A worker's result. `decisions` are what the engine itself told its handler: system only."""

    job_id: str
    fencing_token: int
    variables: Mapping[str, object] = field(default_factory=dict)
    decisions: tuple[DecisionEvaluation, ...] = ()


@dataclass(frozen=True)
class ReportBpmnError(Command):
    """A worker's business fault: caught by the diagram, else an incident.

    `decisions` are what the engine itself told its handler: system only.
    """

    job_id: str
    fencing_token: int
    code: str
    message: str = ""
    variables: Mapping[str, object] = field(default_factory=dict)
    decisions: tuple[DecisionEvaluation, ...] = ()


@dataclass(frozen=True)
class ReportFailure(Command):
    """A worker's technical fault. `retries` None: one less than before; 0: an incident.

    `retry_after` None: the engine's backoff.
    """

    job_id: str
    fencing_token: int
    message: str
    retries: int | None = None
    retry_after: timedelta | None = None


@dataclass(frozen=True)
class RetryJob(Command):
    """An operator's retry of a job whose retries are used up; resolves its incident."""

    job_id: str
    retries: int = 3


@dataclass(frozen=True)
class HastenJobs(Command):
    """Jobs that failed are tried again so long from now, unless they are due sooner. System only.

    For what all of them waited for is back. Their tries left stay as they are; those that have
    none, that are being worked off or are gone are left alone.
    """

    due_in: Mapping[str, timedelta]


@dataclass(frozen=True)
class ResolveIncident(Command):
    """An operator's answer to an incident that belongs to no job: tries the step again, or notes
    that it is settled."""

    incident_id: str
    note: str = ""


@dataclass(frozen=True)
class CalendarRow:
    """An exception of the working calendar: a day off, or a working day on a weekend."""

    day: date
    working: bool
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class EditCalendar(Command):
    """Changes rows of the working calendar and recomputes open due dates that depend on it.

    With `preview` nothing is changed: the result lists what would be.
    """

    rows: tuple[CalendarRow, ...] = ()
    remove: tuple[date, ...] = ()
    preview: bool = False


@dataclass(frozen=True)
class DatedRow:
    """A value from one day to another, both included; `valid_to` None: no end."""

    valid_from: date
    valid_to: date | None
    value: object


@dataclass(frozen=True)
class EditDatedTable(Command):
    """Changes what holds for one key of a dated table, named as `fk_b03/terms`.

    `row` is a new row; with `replaces`, the first day of a row that holds now, it comes in that
    one's stead; `replaces` alone takes that row out. `as_deployed` gives up all edits of the key.
    `note` says on what grounds. `version` is that of the table as the sender saw it: of another
    one the edit is a Conflict. With `preview` nothing is changed: the result says what would be.
    """

    table: str
    key: str
    note: str
    row: DatedRow | None = None
    replaces: date | None = None
    as_deployed: bool = False
    version: str | None = None
    preview: bool = False


@dataclass(frozen=True)
class ErasePayloads(Command):
    """Erases by law what an ended instance, and each of its child instances, holds of people.

    The payloads of its history (the chain stays whole), variables, title and party, drafts, texts
    of incidents, documents, and what process applications keep of it. Documents that were signed,
    and their signatures with the evidence, stay unless `signed_documents`: they are for when the
    term is over that the law wants them kept for. `reason` names nobody: it stays.
    """

    instance_id: str
    reason: str
    signed_documents: bool = False


@dataclass(frozen=True)
class CleanUp(Command):
    """Removes what has expired, at most `limit` rows of each kind."""

    limit: int = 1000
