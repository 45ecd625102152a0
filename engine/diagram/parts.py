"""The smaller parts that facts are made of: timers, event definitions, mappings, flows, lanes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.diagram.translations import DEFAULT_LANGUAGE, choose_name

ACTIVITIES = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "serviceTask",
        "scriptTask",
        "sendTask",
        "receiveTask",
        "businessRuleTask",
        "callActivity",
        "subProcess",
        "transaction",
        "adHocSubProcess",
    }
)
GATEWAYS = frozenset(
    {
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "eventBasedGateway",
        "complexGateway",
    }
)
EVENTS = frozenset(
    {
        "startEvent",
        "endEvent",
        "intermediateCatchEvent",
        "intermediateThrowEvent",
        "boundaryEvent",
    }
)
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS
SCOPES = frozenset({"subProcess", "transaction", "adHocSubProcess"})

TimerKind = Literal["date", "duration", "cycle"]


@dataclass(frozen=True)
class Timer:
    """A timer's text: ISO 8601 or `${…}`."""

    kind: TimerKind
    text: str
    line: int


@dataclass(frozen=True)
class EventDefinition:
    """What an event catches or throws.

    `kind` is the BPMN tag without "EventDefinition": message, timer, error, conditional, terminate,
    signal, escalation, compensate, link, cancel. `reference` is the raw messageRef/errorRef;
    `message_name` and `error_code` what it points to (None: nothing, or no name or code there).
    """

    kind: str
    line: int
    reference: str | None = None
    message_name: str | None = None
    error_code: str | None = None
    error_code_variable: str | None = None
    error_message_variable: str | None = None
    condition: str | None = None
    timers: tuple[Timer, ...] = ()

    @property
    def timer(self) -> Timer | None:
        """The one timer of a timer event (the gate refuses none and several)."""
        return self.timers[0] if self.timers else None


@dataclass(frozen=True)
class VariableMapping:
    """One `camunda:in` or `camunda:out` of a call activity.

    Either `source` (a variable) or `source_expression` goes to `target`; or `all_variables`; or
    `business_key` is the child's business key (an expression; `in` only). `local` asks for local
    variables only, which is not carried out.
    """

    line: int
    source: str | None = None
    source_expression: str | None = None
    target: str | None = None
    all_variables: bool = False
    business_key: str | None = None
    local: bool = False


@dataclass(frozen=True)
class MultiInstance:
    """How often an activity is carried out: for each item of `collection`, or `cardinality` times.

    `collection` is a variable's name or an expression; `element_variable` holds the item.
    `output_element` of each item is gathered by index in `output_collection`.
    """

    line: int
    sequential: bool
    collection: str | None = None
    element_variable: str | None = None
    cardinality: str | None = None
    completion_condition: str | None = None
    output_collection: str | None = None
    output_element: str | None = None


@dataclass(frozen=True)
class FormField:
    """A field of `camunda:formData`. `choices` are (id, label), `constraints` (name, config)."""

    id: str
    line: int
    type: str = "string"
    label: str | None = None
    default: str | None = None
    choices: tuple[tuple[str, str], ...] = ()
    constraints: tuple[tuple[str, str | None], ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FlowFacts:
    """A sequence flow. `parent` is the sub-process that holds it, None for the process itself."""

    id: str
    line: int
    source: str
    target: str
    condition: str | None = None
    is_default: bool = False
    parent: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    default_language: str = DEFAULT_LANGUAGE

    def name(self, language: str) -> str:
        """The name in `language`, else in another one, else empty: flows need no name."""
        return choose_name(self.names, language, self.default_language) or ""


@dataclass(frozen=True)
class LaneFacts:
    """A lane; `parent` is the lane it lies in, `element_ids` the nodes it names itself."""

    id: str
    line: int
    names: Mapping[str, str]
    element_ids: tuple[str, ...]
    parent: str | None = None
    default_language: str = DEFAULT_LANGUAGE

    def name(self, language: str) -> str:
        """The name in `language`, falling back to another language, then to the id."""
        return choose_name(self.names, language, self.default_language) or self.id
