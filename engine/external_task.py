"""All that a handler sees of the engine.

A handler is one function, found by its topic:

    @external_task("fk_b03.check_eligibility")
    def check_eligibility(registry: EnterpriseRegistry, bin: str) -> Verdict: ...

Its parameters are its contract: `task` (optional) is the job at hand, a parameter annotated with
the class of a registered port receives that port, every other one is a variable it reads (with a
default: an optional one). It returns a TypedDict of the variables it gives, or None.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Union, get_args, get_origin, get_type_hints, is_typeddict

from engine.decided import Binding, Decide, Decided, Deciding, DecisionFailed, no_decisions

__all__ = [
    "Binding",
    "BpmnError",
    "ContractBroken",
    "Decided",
    "DecisionFailed",
    "Document",
    "ExternalTask",
    "Handler",
    "HandlerContract",
    "Parameter",
    "TemporaryFailure",
    "external_task",
    "read_handler",
    "topic_of",
]


class BpmnError(Exception):
    """A business fault that the diagram may catch by `code`."""

    def __init__(
        self, code: str, message: str = "", variables: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(message or code)
        self.code = code
        self.message = message
        self.variables = dict(variables or {})


class TemporaryFailure(Exception):
    """A technical fault that may pass: the job is tried again, and in the end is an incident.

    `retry_after` overrides the engine's backoff. `counts` False: the job is only put off, with as
    many tries left as before.
    """

    def __init__(
        self, message: str, retry_after: timedelta | None = None, *, counts: bool = True
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.counts = counts


class ContractBroken(Exception):
    """A handler was called without a variable it needs, or gave something it did not declare."""


@dataclass(frozen=True)
class Document:
    """Bytes that a handler gives; the engine stores them and the variable becomes a reference.

    `name` is that of the file. `kind` is under what the process names it for people (see
    `documents.json`); None: under the variable.
    """

    name: str
    media_type: str
    content: bytes
    kind: str | None = None


@dataclass(frozen=True)
class ExternalTask(Deciding):
    """One job as its handler sees it. `idempotency_key` is the same at every try of the job."""

    id: str
    topic: str
    element_id: str
    instance_id: str
    process_id: str
    business_key: str | None
    idempotency_key: str
    variables: Mapping[str, object]
    now: datetime
    today: date
    unit: str | None = None
    party: str | None = None
    retries_left: int = 0
    documents: Callable[[str], bytes] = field(default=lambda _id: b"", repr=False, compare=False)
    decisions: Decide = field(default=no_decisions, repr=False, compare=False)


@dataclass(frozen=True)
class Parameter:
    """A variable that a handler reads: its Python type and whether it must be there."""

    type: Any
    required: bool


@dataclass(frozen=True)
class HandlerContract:
    """What a handler reads and gives, from its signature."""

    topic: str
    reads: Mapping[str, Parameter]
    gives: Mapping[str, Any]
    ports: Mapping[str, type] = field(default_factory=dict)
    takes_task: bool = False


@dataclass(frozen=True)
class Handler:
    """A function with the topic it works off."""

    function: Callable[..., Any]
    contract: HandlerContract

    @property
    def topic(self) -> str:
        return self.contract.topic

    def run(self, task: ExternalTask, ports: Mapping[type, object]) -> dict[str, object]:
        """Calls the function for one job; returns the variables it gives.

        Raises ContractBroken, BpmnError, TemporaryFailure, or whatever the function raises.
        """
        arguments: dict[str, object] = {}
        for name, port in self.contract.ports.items():
            if port not in ports:
                raise ContractBroken(
                    f"Expected a {port.__name__} for {self.topic}, but none is set"
                )
            arguments[name] = ports[port]
        for name, parameter in self.contract.reads.items():
            if task.variables.get(name) is not None:
                arguments[name] = task.variables[name]
            elif parameter.required:
                raise ContractBroken(
                    f"Expected variable {name} for {self.topic}, but it is not set"
                )
        if self.contract.takes_task:
            arguments["task"] = task
        given = self.function(**arguments)
        if given is None:
            return {}
        unknown = set(given) - set(self.contract.gives)
        if unknown:
            raise ContractBroken(
                f"Expected {self.topic} to give only {sorted(self.contract.gives)}, "
                f"but it gave {sorted(unknown)}"
            )
        return dict(given)


_REGISTERED = "__qadam_topic__"


def external_task(topic: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Marks a function as the handler of `topic`."""

    def mark(function: Callable[..., Any]) -> Callable[..., Any]:
        setattr(function, _REGISTERED, topic)
        return function

    return mark


def topic_of(candidate: object) -> str | None:
    """The topic that `external_task` gave to a function, or None."""
    return getattr(candidate, _REGISTERED, None)


def read_handler(function: Callable[..., Any], ports: frozenset[type] = frozenset()) -> Handler:
    """Reads the contract from the signature. Raises TypeError where it is not annotated."""
    topic = topic_of(function)
    if topic is None:
        raise TypeError(f"Expected {function.__qualname__} to be marked with @external_task")
    hints = get_type_hints(function)
    reads: dict[str, Parameter] = {}
    wanted: dict[str, type] = {}
    takes_task = False
    for name, parameter in inspect.signature(function).parameters.items():
        if name not in hints:
            raise TypeError(f"Expected {function.__qualname__}({name}) to have a type")
        hint = hints[name]
        if hint is ExternalTask:
            takes_task = True
        elif hint in ports:
            wanted[name] = hint
        else:
            reads[name] = Parameter(
                _without_none(hint), parameter.default is inspect.Parameter.empty
            )
    given = hints.get("return")
    if given is None or given is type(None):
        gives: dict[str, Any] = {}
    elif is_typeddict(given):
        gives = get_type_hints(given)
    else:
        raise TypeError(f"Expected {function.__qualname__} to return a TypedDict or None")
    return Handler(function, HandlerContract(topic, reads, gives, wanted, takes_task))


def _without_none(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        rest = [part for part in get_args(hint) if part is not type(None)]
        if len(rest) == 1:
            return rest[0]
    return hint
