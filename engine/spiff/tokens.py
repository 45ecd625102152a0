"""Tokens and the scopes they live in, on SpiffWorkflow's tasks and workflows.

A token's parent is what it belongs to, not where it came from: an item belongs to its
multi-instance body, a listening boundary event to its host, a listening catch event to its
event-based gateway; all others belong to the root of their scope. So a finished token is needed
by none, and nothing is predicted: a token comes into being when a flow is taken.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.errors import StepBudgetExceeded
from engine.spiff.step import StepRecord, Transition

if TYPE_CHECKING:
    from engine.spiff.business_rules import Decisions
    from engine.spiff.scoping import Variables
    from engine.spiff.specification import ScopeSpec, Specification
    from engine.spiff.specs import Flow, FlowNode

LIVE = TaskState.WAITING | TaskState.READY | TaskState.STARTED
FINISHED = TaskState.FINISHED_MASK
ROOT = 0


class NoScripts:
    """Stands where SpiffWorkflow keeps a Python environment: nothing in a diagram is Python."""

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> Any:
        raise PermissionError("SpiffWorkflow must not evaluate anything")

    def execute(self, task: Any, script: str, external_context: Any = None) -> Any:
        raise PermissionError("SpiffWorkflow must not execute anything")


class Token(Task):
    """One token. Ids are integers that grow within an instance and last as long as the token.

    `entered` is false for a token that only listens on behalf of its owner; `waits` is true while
    something from outside is waited for; `payload` and `occurred` live within one step.
    """

    def __init__(
        self,
        workflow: Scope,
        task_spec: FlowNode,
        parent: Token | None = None,
        state: int = TaskState.FUTURE,
        id: int | None = None,
    ) -> None:
        self.process: ProcessTokens = workflow.top_workflow
        self.id: int = self.process.next_token_id() if id is None else id
        self.workflow = workflow
        self.task_spec = task_spec
        self.owner: Token | None = None if parent is None or parent.id == ROOT else parent
        self.triggered = False
        self.thread_id = 0
        self.last_state_change = 0.0
        self.data: dict[str, object] = {}
        self.internal_data: dict[str, Any] = {}
        self.entered = False
        self.waits = False
        self.occurred = False
        self.payload: Mapping[str, object] | None = None
        self._parent: int | None = None
        self._children: list[int] = []
        self._state = state
        workflow.tasks[self.id] = self
        if parent is not None:
            self._parent = parent.id
            parent._children.append(self.id)
            self.process.tokens[self.id] = self

    @property
    def element_id(self) -> str:
        return self.task_spec.bpmn_id

    @property
    def is_live(self) -> bool:
        return bool(self._state & LIVE)

    @property
    def is_listening(self) -> bool:
        """Whether it only listens on behalf of its owner."""
        return not self.entered

    @property
    def loop_counter(self) -> int | None:
        return self.internal_data.get("index")

    @property
    def inside_of(self) -> int:
        """The token that this one is inside of, 0 for the process."""
        around = self.owner or self.workflow.host
        return ROOT if around is None else around.id

    @property
    def wait_key(self) -> str:
        return self.task_spec.wait_key(self)

    def belongings(self) -> list[Token]:
        """The live tokens that belong to this one."""
        tasks = self.workflow.tasks
        return [tasks[child] for child in self._children if tasks[child].is_live]

    def run(self) -> bool | None:
        done = self.task_spec._run(self)
        if not self._state & FINISHED:
            if done:
                self.complete()
            else:
                self._set_state(TaskState.STARTED)
        return done

    def complete(self) -> None:
        self._release()
        self._set_state(TaskState.COMPLETED)
        self.task_spec._on_complete(self)

    def cancel(self) -> None:
        self._release()
        self.task_spec._on_cancel(self)
        self._set_state(TaskState.CANCELLED)

    def consume(self) -> None:
        """End a token that another one goes on for: an arrival at a join that has fired."""
        self._set_state(TaskState.COMPLETED)

    def _release(self) -> None:
        for token in self.belongings():
            token.cancel()

    def _add_child(self, task_spec: FlowNode, state: int = TaskState.FUTURE) -> Token:
        return Token(self.workflow, task_spec, self, state)

    def _set_state(self, value: int) -> None:
        before, self._state = self._state, value
        if value != before:
            self.process.token_moved(self, before)


class Scope:
    """The tokens of a process or of one sub-process instance.

    `live` counts the tokens that keep it open, `arrived` holds what waits at its joins.
    """

    host: Token | None
    spec: ScopeSpec
    tasks: dict[int, Token]
    task_tree: Token
    top_workflow: ProcessTokens
    completed: bool

    def _open(self) -> None:
        self.live = 0
        self.arrived: dict[str, list[Token]] = {}
        self.task_tree = Token(self, self.spec.start, None, TaskState.COMPLETED, ROOT)

    def begin(self, start: FlowNode, payload: Mapping[str, object] | None = None) -> None:
        """Start at this event; when it has given its payload, the event sub-processes listen."""
        self.place(start, payload)

    def listen(self) -> None:
        """Listen for the events that start the scope's event sub-processes."""
        for subscription in self.spec.subscriptions:
            subscription.listen(self.task_tree)

    def place(self, spec: FlowNode, payload: Mapping[str, object] | None = None) -> Token:
        """A token for an event that has just occurred."""
        token = self.task_tree._add_child(spec)
        token.occurred, token.payload = True, payload
        spec._update(token)
        return token

    def follow(self, flow: Flow) -> None:
        """A token takes a sequence flow."""
        target = self.spec.task_specs[flow.target]
        token = self.task_tree._add_child(target)
        if target.is_join:
            token.internal_data["flow"] = flow.id
        target._update(token)

    def live_tokens(self) -> Iterable[Token]:
        return (token for token in self.tasks.values() if token.is_live)

    def cancel_tokens(self) -> None:
        """Cancel all that lives here, listening events included."""
        self.task_tree._release()


class SubProcessTokens(Scope, BpmnSubWorkflow):
    """The inside of one sub-process instance."""

    def __init__(self, spec: ScopeSpec, host: Token) -> None:
        self.host = host
        super().__init__(spec, host.id, host.process, deserializing=True)
        self._open()


class ProcessTokens(Scope, BpmnWorkflow):
    """All tokens of one process instance, while a command is carried out.

    Whatever happens to a token passes `token_moved`: the one place where transitions are seen.
    """

    host = None

    def __init__(
        self,
        specification: Specification,
        variables: Variables,
        decisions: Decisions,
        last_id: int = 0,
    ) -> None:
        self.variables = variables
        self.decisions = decisions
        self.record = StepRecord()
        self.last_id = last_id
        self.tokens: dict[int, Token] = {}
        self.conditional: dict[int, Token] = {}
        self._ready: deque[Token] = deque()
        self._emptied: list[Scope] = []
        self._ended: list[int] = []
        self._trail: list[str] = []
        self._budget = 0
        super().__init__(
            specification.root,
            specification.scopes,
            script_engine=NO_SCRIPTS,
            deserializing=True,
        )
        self._open()

    def next_token_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def get_task_from_id(self, task_id: int) -> Token:
        return self.tokens[task_id]

    def scopes(self) -> list[Scope]:
        return [self, *self.subprocesses.values()]

    def create_subprocess(self, my_task: Token, spec_name: str) -> SubProcessTokens:
        inside = SubProcessTokens(self.subprocess_specs[spec_name], my_task)
        self.subprocesses[my_task.id] = inside
        return inside

    def drop_subprocess(self, host: Token) -> None:
        """Cancel the inside of a sub-process whose host is being cancelled."""
        inside = self.subprocesses.pop(host.id, None)
        if inside is not None:
            inside.completed = True
            inside.cancel_tokens()

    def token_moved(self, token: Token, before: int) -> None:
        """A token's state has changed."""
        after = token._state
        if after & LIVE:
            if not token.entered:
                token.entered = True
                if token.owner is None:
                    token.workflow.live += 1
                self._note("started", token)
            if after == TaskState.READY:
                self._ready.append(token)
        elif before & LIVE:
            self._token_ended(token)

    def _token_ended(self, token: Token) -> None:
        self._ended.append(token.id)
        self.conditional.pop(token.id, None)
        if token.waits:
            self.record.close(token.wait_key)
        if not token.entered:
            return
        self._note("ended", token)
        if token.owner is None:
            token.workflow.live -= 1
            if not token.workflow.live:
                self._emptied.append(token.workflow)

    def _note(self, kind: Any, token: Token) -> None:
        outcome: Any = None
        if kind == "ended":
            outcome = "completed" if token._state == TaskState.COMPLETED else "cancelled"
        self.record.transitions.append(
            Transition(
                kind,
                token.id,
                token.element_id,
                token.task_spec.is_body,
                token.inside_of,
                outcome,
                token.loop_counter,
            )
        )

    def allow(self, budget: int) -> None:
        """How many elements may be entered from now on in this step."""
        self._budget = budget
        self._trail = []

    def run_ready(self) -> None:
        """Run tokens until none is ready; raises StepBudgetExceeded."""
        self._complete_emptied_scopes()
        while self._ready:
            token = self._ready.popleft()
            if token._state == TaskState.READY:
                self.expect_budget(token, 1)
                self._trail.append(token.element_id)
                token.run()
                self._complete_emptied_scopes()

    def expect_budget(self, token: Token, runs: int) -> None:
        """Raises StepBudgetExceeded where so many more runs are not within the budget."""
        if len(self._trail) + runs <= self._budget:
            return
        expected = f"Expected at most {self._budget} transitions in one step"
        if runs > 1:
            raise StepBudgetExceeded(
                token.element_id, f"{expected}, but {token.element_id} has {runs} instances"
            )
        element, times = Counter([*self._trail, token.element_id]).most_common(1)[0]
        raise StepBudgetExceeded(
            element,
            f"{expected}, but there are more ({element} was entered {times} times): "
            "most likely a loop that never waits",
        )

    def _complete_emptied_scopes(self) -> None:
        while self._emptied:
            scope = self._emptied.pop()
            if scope.live or scope.completed:
                continue
            scope.completed = True
            scope.cancel_tokens()
            if scope.host is not None:
                del self.subprocesses[scope.host.id]
                scope.host.complete()

    def close_ended_scopes(self) -> None:
        """Close the variable scopes of tokens that have ended, innermost first."""
        for token_id in sorted(self._ended, reverse=True):
            if self.variables.has_scope(token_id):
                self.variables.close_scope(token_id)
        self._ended = []


NO_SCRIPTS = NoScripts()
