"""One tree of errors. Each says what was expected and what was found, so that one can act on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime


class EngineError(Exception):
    """Anything the engine refuses or cannot do."""


class BadCommand(EngineError):
    """The command itself can't be carried out as given (4xx: the sender can act on it)."""


class NotFound(BadCommand):
    """What the command names does not exist, or not for this actor."""


class NotAllowed(BadCommand):
    """This actor may not do this."""


class AssignedToAnother(NotAllowed):
    """A colleague has claimed the task; `who` says who."""

    def __init__(self, message: str, who: str) -> None:
        super().__init__(message)
        self.who = who


class Conflict(BadCommand):
    """The thing changed meanwhile; `who` and `when` say by whom and when, where that is known."""

    def __init__(
        self, message: str, *, who: str | None = None, when: datetime | None = None
    ) -> None:
        super().__init__(message)
        self.who = who
        self.when = when


class DraftChanged(Conflict):
    """Another draft of the task was saved meanwhile, by `who` at `when`; `version` is its own."""

    def __init__(
        self, message: str, *, version: int, who: str | None, when: datetime | None
    ) -> None:
        super().__init__(message, who=who, when=when)
        self.version = version


class InvalidSubmission(BadCommand):
    """Submitted values are wrong.

    `fields` maps a field (or "" for the whole) to {language: sentence}.
    """

    def __init__(self, fields: Mapping[str, Mapping[str, str]]) -> None:
        self.fields = {name: dict(texts) for name, texts in fields.items()}
        sentences = "; ".join(
            f"{name or 'form'}: {texts.get('en', '')}" for name, texts in self.fields.items()
        )
        super().__init__(f"Expected valid values, but {sentences}")


class SignatureRefused(BadCommand):
    """A signature did not pass; `check` names the first check that failed (see `signatures`)."""

    def __init__(self, check: str, messages: Mapping[str, str]) -> None:
        super().__init__(messages.get("en", check))
        self.check = check
        self.messages = dict(messages)


class DeploymentRefused(BadCommand):
    """A deployment has errors; `problems` lists them all. The running versions stay."""

    def __init__(self, problems: Sequence[object]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            f"Expected a deployment without errors, but found {len(self.problems)}: "
            + "; ".join(str(problem) for problem in self.problems[:5])
        )


class LeaseLost(Conflict):
    """A worker's lease on a job is over: its result is refused, another one has or had the job."""


class StepFailed(EngineError):
    """A step could not be carried out; nothing of it was kept and an incident tells of it.

    `instance_id` names the instance whose step it was, `incident_id` the incident once it is
    written.
    """

    instance_id: str | None = None
    incident_id: str | None = None

    def __init__(self, element_id: str | None, reason: str) -> None:
        super().__init__(f"Step failed at {element_id or 'the process'}: {reason}")
        self.element_id = element_id
        self.reason = reason


class StepBudgetExceeded(StepFailed):
    """One step made more transitions than its budget: most likely a loop that never waits."""


class DecisionFailed(EngineError):
    """A decision could not be made: it is not deployed, its table contradicts itself, its result
    does not fit what was asked for, or it asks for more than a decision may."""


class StateFormatError(EngineError):
    """A stored token state has a format number that this engine does not know."""


class StoreLocked(EngineError):
    """Another serving process holds this database."""
