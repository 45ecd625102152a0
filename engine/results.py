"""What commands answer: frozen plain values, kept with the command's id for a repeated command."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any, get_type_hints


@dataclass(frozen=True)
class DefinitionRef:
    """A version of a process."""

    id: str
    process_id: str
    version: int


@dataclass(frozen=True)
class DecisionRef:
    """A version of a decision."""

    id: str
    decision_id: str
    version: int


@dataclass(frozen=True)
class Deployed:
    """`definitions` are new versions, `unchanged` kept theirs; with nothing new there is no id.

    `decisions` and `unchanged_decisions` are the same of decisions.
    """

    deployment_id: str | None
    definitions: tuple[DefinitionRef, ...]
    unchanged: tuple[DefinitionRef, ...]
    warnings: tuple[str, ...] = ()
    decisions: tuple[DecisionRef, ...] = ()
    unchanged_decisions: tuple[DecisionRef, ...] = ()


@dataclass(frozen=True)
class Started:
    """A process instance was started; `open_tasks` are those this actor may take now."""

    instance_id: str
    business_key: str | None
    open_tasks: tuple[str, ...] = ()


@dataclass(frozen=True)
class TaskChanged:
    """A task was claimed, given back, assigned, or got a due date or a draft.

    `draft_version` is that of the draft that was saved.
    """

    task_id: str
    assignee: str | None
    due_at: datetime | None = None
    draft_version: int | None = None


@dataclass(frozen=True)
class Completed:
    """A task was completed; `next_tasks` of its instance are those this actor may take now."""

    task_id: str
    instance_id: str
    next_tasks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Uploaded:
    """A file is kept for a form until `expires_at`; `name` is the safe one, `size` in bytes."""

    upload_id: str
    name: str
    media_type: str
    size: int
    expires_at: datetime


@dataclass(frozen=True)
class Prepared:
    """What is to be signed, and the nonce to send with the signature."""

    document_id: str
    name: str
    media_type: str
    sha256: str
    nonce: str
    expires_at: datetime


@dataclass(frozen=True)
class InstanceChanged:
    """An instance was cancelled, or its variables were set, or its history was erased."""

    instance_id: str
    state: str


@dataclass(frozen=True)
class Correlated:
    """A message reached an instance (`started`: a new one)."""

    instance_id: str
    started: bool


@dataclass(frozen=True)
class JobDone:
    """A job's result was committed. `caught_by`: the element that caught a BpmnError."""

    job_id: str
    caught_by: str | None = None


@dataclass(frozen=True)
class JobFailed:
    """A job's failure was noted; with no retries left `incident_id` names the incident."""

    job_id: str
    retries: int
    due_at: datetime | None
    incident_id: str | None = None


@dataclass(frozen=True)
class JobChanged:
    """A job's lease or retries changed."""

    job_id: str
    retries: int
    locked_until: datetime | None = None


@dataclass(frozen=True)
class JobsHastened:
    """When jobs are due that were brought forward, by their ids; the others are not there."""

    due_at: Mapping[str, datetime]


@dataclass(frozen=True)
class LockedJob:
    """A leased job; `variables` are those its handler reads, all visible ones for remote topics."""

    id: str
    kind: str
    topic: str | None
    fencing_token: int
    locked_until: datetime
    instance_id: str
    process_id: str
    element_id: str | None
    business_key: str | None
    unit: str | None
    party: str | None
    variables: Mapping[str, object]
    retries: int
    now: datetime
    today: date


@dataclass(frozen=True)
class LockedJobs:
    """The leased jobs; `next_due` is when the next job that nobody holds becomes due."""

    jobs: tuple[LockedJob, ...]
    next_due: datetime | None


@dataclass(frozen=True)
class LeasesReleased:
    """How many jobs were held by workers that are dead."""

    count: int


@dataclass(frozen=True)
class CleanedUp:
    """How many rows were removed of each kind. `is_done`: no more of them has expired."""

    nonces: int
    uploads: int
    command_results: int
    of_applications: int
    is_done: bool


@dataclass(frozen=True)
class IncidentResolved:
    """An incident was settled."""

    incident_id: str


@dataclass(frozen=True)
class DueChange:
    """A due date that an edit of the calendar moves."""

    kind: str
    id: str
    instance_id: str
    element_id: str | None
    before: datetime | None
    after: datetime | None


@dataclass(frozen=True)
class CalendarEdited:
    """What an edit of the calendar changed, or would change (`preview`)."""

    preview: bool
    changes: tuple[DueChange, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class HoldingRow:
    """A value of a dated table from one day to another; `valid_to` None: no end."""

    valid_from: date
    valid_to: date | None
    value: Any


@dataclass(frozen=True)
class DatedTableEdited:
    """The rows of a key before and after an edit. `past`: it also changes days gone by."""

    preview: bool
    table: str
    key: str
    before: tuple[HoldingRow, ...]
    after: tuple[HoldingRow, ...]
    past: bool


RESULTS = {
    kind.__name__: kind
    for kind in (
        Deployed,
        Started,
        TaskChanged,
        Completed,
        Uploaded,
        Prepared,
        InstanceChanged,
        Correlated,
        JobDone,
        JobFailed,
        JobChanged,
        JobsHastened,
        LeasesReleased,
        CleanedUp,
        IncidentResolved,
        CalendarEdited,
        DatedTableEdited,
        LockedJobs,
    )
}


def to_plain(result: Any) -> dict[str, Any]:
    """A result as JSON, with its kind."""
    return {"kind": type(result).__name__, "value": asdict(result)}


def from_plain(data: Mapping[str, Any]) -> object:
    """The result that `to_plain` wrote."""
    return _rebuild(RESULTS[data["kind"]], data["value"])


_NESTED: dict[tuple[str, str], type] = {
    ("Deployed", "definitions"): DefinitionRef,
    ("Deployed", "unchanged"): DefinitionRef,
    ("Deployed", "decisions"): DecisionRef,
    ("Deployed", "unchanged_decisions"): DecisionRef,
    ("CalendarEdited", "changes"): DueChange,
    ("DatedTableEdited", "before"): HoldingRow,
    ("DatedTableEdited", "after"): HoldingRow,
    ("LockedJobs", "jobs"): LockedJob,
}


def _rebuild(kind: type, values: Mapping[str, Any]) -> Any:
    hints = get_type_hints(kind)
    arguments: dict[str, Any] = {}
    for spec in fields(kind):
        if spec.name not in values:
            continue  # written by an earlier version, which did not know it
        value = values[spec.name]
        nested = _NESTED.get((kind.__name__, spec.name))
        if nested is not None:
            value = tuple(_rebuild(nested, item) for item in value)
        elif isinstance(value, list) and hints[spec.name] is not Any:
            value = tuple(value)
        elif isinstance(value, str) and hints[spec.name] in (date, date | None):
            value = date.fromisoformat(value)
        elif isinstance(value, str) and "datetime" in str(hints[spec.name]):
            value = datetime.fromisoformat(value)
        arguments[spec.name] = value
    return kind(**arguments)
