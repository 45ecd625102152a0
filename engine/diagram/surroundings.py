"""What a diagram is deployed into: people, handlers, checks, and the files that come with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.external_task import HandlerContract

ENGINE_FUNCTIONS = frozenset(
    {"workdays", "workday_start", "workdays_before", "now", "today", "dated"}
)
"""Functions that the engine adds to the built-in ones of expressions."""

KEY_FUNCTIONS = frozenset({"next_number"})
"""Functions of a business key: it is given once, at the start."""

FOLLOW_UP_FUNCTIONS = frozenset({"due_date"})
"""Functions of a follow-up date: it depends on when the task is due."""


@dataclass(frozen=True)
class DecisionInput:
    """A variable that a decision reads; `type` is FEEL's name of its type, None where unknown.

    `is_certain` False: it may be a member of an item that is read instead.
    """

    name: str
    type: str | None = None
    is_certain: bool = True


@dataclass(frozen=True)
class DecisionFacts:
    """A decision that may be called, with all that it and the decisions below it read.

    Of a table that is known here, `outputs` is how many columns of results it has, and `several`
    says whether its hit policy lets several rules count.
    """

    id: str
    name: str
    inputs: tuple[DecisionInput, ...] = ()
    outputs: int | None = None
    several: bool = False


@dataclass(frozen=True)
class Surroundings:
    """What the gate compares a diagram with. None: not known here, so not compared.

    `groups` and `users` exist in the directory; `topics` have handlers, with these contracts;
    `checks` are the registered completion checks; `resources` are the files of the deployment by
    their path below `bpmn/`; `decisions` are those of the deployment and those deployed before, by
    id; `functions` may be called in expressions.
    """

    groups: frozenset[str] | None = None
    users: frozenset[str] | None = None
    topics: Mapping[str, HandlerContract] | None = None
    checks: frozenset[str] | None = None
    resources: Mapping[str, bytes] = field(default_factory=dict)
    decisions: Mapping[str, DecisionFacts] | None = None
    functions: frozenset[str] = ENGINE_FUNCTIONS
