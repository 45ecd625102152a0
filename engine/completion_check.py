"""Completion checks: what an application demands, and writes, in the transaction of a completion.

    @completion_check("fk_b03.take_places")
    def take_places(completion: Completion) -> Mapping[str, object] | None: ...

An element names its check by the property `check`. It runs after the form was found valid and
before the token moves, on the connection of the command's transaction, so two completions can't
both win the last place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable

from engine.decided import Binding, Decide, Decided, Deciding, DecisionFailed, no_decisions
from engine.errors import InvalidSubmission

__all__ = [
    "Binding",
    "Check",
    "Completion",
    "CompletionRefused",
    "Decided",
    "DecisionFailed",
    "check_name_of",
    "completion_check",
]


class CompletionRefused(InvalidSubmission):
    """The application refuses: {field or "" for the whole: {language: sentence}}."""


@dataclass(frozen=True)
class Completion(Deciding):
    """What a completion check sees. `variables` hold the submitted values too; `groups` and
    `iin` are those of the `user`, `status` is the instance's now."""

    element_id: str
    instance_id: str
    process_id: str
    business_key: str | None
    user: str
    variables: Mapping[str, object]
    submitted: Mapping[str, object]
    now: datetime
    today: date
    unit: str | None
    party: str | None
    connection: Any
    ports: Mapping[type, object] = field(default_factory=dict)
    status: str | None = None
    groups: frozenset[str] = frozenset()
    iin: str | None = None
    decisions: Decide = field(default=no_decisions, repr=False, compare=False)


@runtime_checkable
class ReadsDatabase(Protocol):
    """A port that reads the engine's database: a check gets it as its transaction sees it."""

    def within(self, connection: Any) -> object:
        """The port, reading on this connection."""
        ...


def ports_within(ports: Mapping[type, object], connection: Any) -> dict[type, object]:
    """The ports as the transaction of a completion sees them."""
    return {
        kind: port.within(connection) if isinstance(port, ReadsDatabase) else port
        for kind, port in ports.items()
    }


Check = Callable[[Completion], Mapping[str, object] | None]

_REGISTERED = "__qadam_completion_check__"


def completion_check(name: str) -> Callable[[Check], Check]:
    """Marks a function as the completion check `name`."""

    def mark(function: Check) -> Check:
        setattr(function, _REGISTERED, name)
        return function

    return mark


def check_name_of(candidate: object) -> str | None:
    """The name that `completion_check` gave to a function, or None."""
    return getattr(candidate, _REGISTERED, None)
