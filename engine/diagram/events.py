"""Event definitions and timers, from XML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.diagram.namespaces import bpmn, bpmn_name, camunda, text_of
from engine.diagram.parts import EventDefinition, Timer, TimerKind

_SUFFIX = "EventDefinition"
_TIMERS: Mapping[str, TimerKind] = {
    "timeDate": "date",
    "timeDuration": "duration",
    "timeCycle": "cycle",
}


@dataclass(frozen=True)
class Declarations:
    """What the root of a diagram declares: the name of each message, the code of each error."""

    messages: Mapping[str, str | None] = field(default_factory=dict)
    errors: Mapping[str, str | None] = field(default_factory=dict)


def read_declarations(root: etree._Element) -> Declarations:
    """The messages and errors of a diagram, by id."""
    return Declarations(
        {
            message.get("id", ""): message.get("name", "").strip() or None
            for message in root.iterfind(bpmn("message"))
        },
        {
            error.get("id", ""): error.get("errorCode", "").strip() or None
            for error in root.iterfind(bpmn("error"))
        },
    )


def read_event_definitions(
    event: etree._Element, declarations: Declarations
) -> tuple[EventDefinition, ...]:
    """The event definitions written inside an event, in order."""
    return tuple(
        _read_event_definition(child, name.removesuffix(_SUFFIX), declarations)
        for child in event.iterchildren(etree.Element)
        if (name := bpmn_name(child)) is not None and name.endswith(_SUFFIX)
    )


def _read_event_definition(
    element: etree._Element, kind: str, declarations: Declarations
) -> EventDefinition:
    reference = element.get("messageRef") or element.get("errorRef")
    return EventDefinition(
        kind=kind,
        line=element.sourceline,
        reference=reference,
        message_name=declarations.messages.get(reference or "") if kind == "message" else None,
        error_code=declarations.errors.get(reference or "") if kind == "error" else None,
        error_code_variable=element.get(camunda("errorCodeVariable")) or None,
        error_message_variable=element.get(camunda("errorMessageVariable")) or None,
        condition=text_of(element.find(bpmn("condition"))),
        timers=tuple(
            Timer(timer_kind, text_of(timer) or "", timer.sourceline)
            for tag, timer_kind in _TIMERS.items()
            for timer in element.iterfind(bpmn(tag))
        ),
    )
