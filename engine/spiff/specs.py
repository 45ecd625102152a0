"""Elements of a diagram as task specifications: what a token does there and how it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin

from engine.errors import StepFailed
from engine.spiff.scoping import (
    enclosing_scope,
    evaluate,
    holds,
    open_local_scope,
    scope_of,
    write_outward,
)
from engine.spiff.waits import CallActivityWait, ExternalTaskWait, UserTaskWait, Wait

if TYPE_CHECKING:
    from engine.spiff.events import BoundaryEvent, ErrorBoundary
    from engine.spiff.specification import ScopeSpec
    from engine.spiff.tokens import Token


@dataclass(frozen=True)
class Flow:
    """A sequence flow; `condition` is an expression."""

    id: str
    source: str
    target: str
    condition: str | None = None
    is_default: bool = False


@dataclass(frozen=True)
class Parameter:
    """A camunda input or output parameter: text, or an expression."""

    name: str
    value: str


class FlowNode(BpmnSpecMixin):
    """Any element that a token can stand at.

    `name` is its key among the specs of its scope, `bpmn_id` the element's id. It enters by
    `_run_hook`, which returns True when the token may go on at once and None when it stays.
    """

    is_join: ClassVar[bool] = False
    is_body: ClassVar[bool] = False
    waits_outside: bool = False
    has_condition: bool = False

    def __init__(self, scope: ScopeSpec, name: str, element_id: str | None = None) -> None:
        super().__init__(scope, name)
        self.bpmn_id = element_id or name
        self.flows: tuple[Flow, ...] = ()
        self.input_parameters: tuple[Parameter, ...] = ()
        self.output_parameters: tuple[Parameter, ...] = ()
        self.error_boundaries: tuple[ErrorBoundary, ...] = ()

    def wait_key(self, token: Token) -> str:
        return str(token.id)

    def _predict(self, *_args: object, **_options: object) -> None:
        """Nothing is predicted: a token comes into being when its flow is taken."""

    def _on_ready(self, token: Token) -> None:
        """Nothing to prepare: the graph was checked when it was compiled."""

    def _update_hook(self, token: Token) -> bool:
        return True

    def _run_hook(self, token: Token) -> bool | None:
        self.enter(token)
        return True

    def _on_cancel(self, token: Token) -> None:
        """Nothing but the token itself."""

    def _on_complete(self, token: Token) -> None:
        self._write_outputs(token)
        if token.owner is not None:
            token.owner.task_spec.item_completed(token.owner, token)
            return
        for flow in self.chosen_flows(token):
            token.workflow.follow(flow)

    def enter(self, token: Token) -> dict[str, object]:
        """Open the local scope and put the input parameters into it; returns their values."""
        values = {
            parameter.name: evaluate(token, parameter.value) for parameter in self.input_parameters
        }
        if values:
            open_local_scope(token, values)
        return values

    def _write_outputs(self, token: Token) -> None:
        variables = token.process.variables
        for parameter in self.output_parameters:
            value = evaluate(token, parameter.value)
            if token.owner is not None and parameter.name == token.owner.task_spec.output_item:
                variables.set_local(token.id, parameter.name, value)
            else:
                variables.set(enclosing_scope(token), parameter.name, value)

    def chosen_flows(self, token: Token) -> tuple[Flow, ...]:
        """The flows that a token takes when it leaves: conditional flows split inclusively."""
        if not any(flow.condition for flow in self.flows):
            return self.flows
        taken = tuple(
            flow
            for flow in self.flows
            if not flow.is_default and (flow.condition is None or holds(token, flow.condition))
        )
        if not any(flow.condition for flow in taken):
            taken += tuple(flow for flow in self.flows if flow.is_default)
        if not taken:
            raise StepFailed(
                self.bpmn_id,
                "Expected a condition of an outgoing flow to be true, but none is, "
                "and there is no default flow",
            )
        return taken


class Activity(FlowNode):
    """An activity, around which boundary events listen."""

    def __init__(self, scope: ScopeSpec, name: str, element_id: str | None = None) -> None:
        super().__init__(scope, name, element_id)
        self.boundaries: tuple[BoundaryEvent, ...] = ()

    def _run_hook(self, token: Token) -> bool | None:
        self.enter(token)
        self.listen_around(token)
        return self.start(token)

    def listen_around(self, token: Token) -> None:
        """Let the boundary events listen."""
        for boundary in self.boundaries:
            boundary.listen(token)

    def start(self, token: Token) -> bool | None:
        raise NotImplementedError


class WaitingActivity(Activity):
    """An activity that is done outside: the token stays until it is completed."""

    waits_outside = True
    wait_type: ClassVar[type[Wait]]

    def start(self, token: Token) -> bool | None:
        token.waits = True
        token.process.record.open(
            self.wait_type(
                token.wait_key, token.id, self.bpmn_id, scope_of(token), token.loop_counter
            )
        )
        return None


class UserTask(WaitingActivity):
    """Waits for a person."""

    wait_type = UserTaskWait


class ExternalTask(WaitingActivity):
    """A service or send task that is worked off by topic."""

    wait_type = ExternalTaskWait


class CallActivity(WaitingActivity):
    """Waits for an instance of its own, which the engine starts."""

    wait_type = CallActivityWait


class SubProcess(Activity):
    """An embedded sub-process: a scope of tokens of its own."""

    def __init__(
        self,
        scope: ScopeSpec,
        name: str,
        element_id: str,
        inside: ScopeSpec,
        start_event: FlowNode,
    ) -> None:
        super().__init__(scope, name, element_id)
        self.inside = inside
        self.start_event = start_event

    def start(self, token: Token) -> bool | None:
        inside = token.process.create_subprocess(token, self.inside.name)
        inside.begin(self.start_event, token.payload)
        return None

    def _on_cancel(self, token: Token) -> None:
        token.process.drop_subprocess(token)


class EventSubProcess(SubProcess):
    """A sub-process that an event starts; the payload is given to its start event."""


def write_payload(token: Token) -> None:
    """Give what an event has brought to the diagram.

    With output parameters it is local to the event, and only they are written outward; without
    them every variable of the payload is written outward.
    """
    payload = token.payload
    if not payload:
        return
    if token.task_spec.output_parameters:
        open_local_scope(token, payload)
    else:
        write_outward(token, payload)
