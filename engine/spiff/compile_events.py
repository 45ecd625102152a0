"""Compiling events: start, end, intermediate, boundary, and starts of event sub-processes."""

from __future__ import annotations

from lxml import etree

from engine.errors import StepFailed
from engine.feel import is_expression
from engine.spiff.diagram_parts import DiagramParts
from engine.spiff.dialect import (
    camunda,
    child,
    correlation_key,
    event_definition,
    expression,
    is_true,
    parameters,
    refusal,
    tag,
    text_of,
)
from engine.spiff.error_routing import ErrorEnd
from engine.spiff.events import (
    BoundaryEvent,
    Catch,
    CatchEvent,
    ConditionCatch,
    ErrorBoundary,
    ErrorCatch,
    ErrorStart,
    EventSubProcessStart,
    MessageCatch,
    MessageThrow,
    TerminateEnd,
    TimerCatch,
    read_cycle,
)
from engine.spiff.specification import ScopeSpec
from engine.spiff.specs import Activity, EventSubProcess, FlowNode
from engine.spiff.waits import TimerKind

TIMERS: dict[str, TimerKind] = {
    "timeDate": "date",
    "timeDuration": "duration",
    "timeCycle": "cycle",
}


def end_event(parts: DiagramParts, scope: ScopeSpec, node: etree._Element, name: str) -> FlowNode:
    """A none, message, error or terminate end event."""
    definition = event_definition(node)
    match None if definition is None else tag(definition):
        case None:
            return FlowNode(scope, name)
        case "messageEventDefinition":
            return message_throw(parts, scope, node, name)
        case "terminateEventDefinition":
            return TerminateEnd(scope, name)
        case "errorEventDefinition":
            code = parts.error_code(definition)
            if code is None:
                raise refusal(node, "Expected an error end event to name its error")
            return ErrorEnd(scope, name, code, parts.error_message(definition))
        case other:
            raise refusal(node, f"{other} is not supported at an end event")


def throw_event(parts: DiagramParts, scope: ScopeSpec, node: etree._Element, name: str) -> FlowNode:
    """A none or message intermediate throw event."""
    definition = event_definition(node)
    if definition is None:
        return FlowNode(scope, name)
    if tag(definition) == "messageEventDefinition":
        return message_throw(parts, scope, node, name)
    raise refusal(node, f"{tag(definition)} is not supported at an intermediate throw event")


def message_throw(
    parts: DiagramParts, scope: ScopeSpec, node: etree._Element, name: str
) -> FlowNode:
    """A message throw event, or a send task that throws a message of the engine's."""
    definition = event_definition(node)
    message = parts.message_name(node if definition is None else definition)
    return MessageThrow(scope, name, node.get("id"), message, correlation_key(node))


def catch_event(parts: DiagramParts, scope: ScopeSpec, node: etree._Element, name: str) -> FlowNode:
    """An intermediate event that waits for a message, a moment or a condition."""
    return CatchEvent(scope, name, None, _catch(parts, node))


def attach_boundary(parts: DiagramParts, scope: ScopeSpec, node: etree._Element) -> FlowNode:
    """A boundary event, made known to its host."""
    host = scope.task_specs.get(node.get("attachedToRef"))
    if not isinstance(host, Activity) or isinstance(host, EventSubProcess):
        raise refusal(node, "Expected a boundary event at a waiting activity beside it")
    name = parts.new_id(node)
    interrupting = is_true(node, "cancelActivity", "true")
    definition = event_definition(node)
    boundary: FlowNode
    if definition is not None and tag(definition) == "errorEventDefinition":
        if not interrupting:
            raise refusal(node, "Expected an error boundary event to be interrupting")
        boundary = ErrorBoundary(scope, name, _error_catch(parts, definition))
        host.error_boundaries += (boundary,)
    else:
        boundary = BoundaryEvent(scope, name, _catch(parts, node), interrupting=interrupting)
        host.boundaries += (boundary,)
    boundary.input_parameters = parameters(node, "inputParameter")
    boundary.output_parameters = parameters(node, "outputParameter")
    return boundary


def listen_for_start(
    parts: DiagramParts, scope: ScopeSpec, node: etree._Element, sub_process: EventSubProcess
) -> None:
    """Make the start event of an event sub-process known to the scope around it."""
    start = child(node, "startEvent")
    definition = None if start is None else event_definition(start)
    if start is None or definition is None:
        raise refusal(node, "Expected an event sub-process to start with an event")
    start_id = str(start.get("id"))
    if tag(definition) == "errorEventDefinition":
        catch = _error_catch(parts, definition)
        scope.error_starts += (ErrorStart(start_id, catch, sub_process),)
        return
    scope.subscriptions += (
        EventSubProcessStart(
            scope,
            f"{start_id}/",
            start_id,
            _catch(parts, start),
            sub_process,
            interrupting=is_true(start, "isInterrupting", "true"),
        ),
    )


def _catch(parts: DiagramParts, node: etree._Element) -> Catch:
    definition = event_definition(node)
    match None if definition is None else tag(definition):
        case "messageEventDefinition":
            return message_catch(parts, node, definition)
        case "timerEventDefinition":
            return _timer(definition)
        case "conditionalEventDefinition":
            text = text_of(child(definition, "condition"))
            return ConditionCatch(expression(definition, text, "the condition"))
        case other:
            raise refusal(node, f"{other or 'no event'} is not supported at a {tag(node)}")


def message_catch(
    parts: DiagramParts, node: etree._Element, reference: etree._Element
) -> MessageCatch:
    """What a message event or receive task waits for; `reference` has the messageRef."""
    return MessageCatch(parts.message_name(reference), correlation_key(node))


def _timer(definition: etree._Element) -> TimerCatch:
    found = [(kind, text_of(child(definition, kind))) for kind in TIMERS]
    given = [(TIMERS[kind], text) for kind, text in found if text]
    if len(given) != 1:
        raise refusal(definition, "Expected a timer to have a date, a duration or a cycle")
    timer, text = given[0]
    if timer == "cycle" and not is_expression(text):
        try:
            read_cycle("", text)
        except StepFailed as error:
            raise refusal(definition, error.reason) from error
    return TimerCatch(timer, text)


def _error_catch(parts: DiagramParts, definition: etree._Element) -> ErrorCatch:
    return ErrorCatch(
        parts.error_code(definition),
        camunda(definition, "errorCodeVariable"),
        camunda(definition, "errorMessageVariable"),
    )
