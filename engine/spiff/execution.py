"""The live tokens of one instance during one command: begin or load, act, settle, dump."""

from __future__ import annotations

from collections.abc import Mapping

from SpiffWorkflow.util.task import TaskState

from engine.errors import BadCommand, Conflict
from engine.spiff import state as states
from engine.spiff.business_rules import NO_DECISIONS, BusinessRuleTask, Decisions
from engine.spiff.error_routing import BpmnFault, is_caught, route_error
from engine.spiff.events import Catching, fire_conditions
from engine.spiff.joins import find_deadlocks, fire_inclusive_joins
from engine.spiff.pruning import prune
from engine.spiff.scoping import Variables, scope_of, write_outward
from engine.spiff.specification import Specification
from engine.spiff.step import Step, StepRecord
from engine.spiff.tokens import ProcessTokens, Token


class Execution:
    """One instance while a command is carried out. Not shared by threads.

    Commands only touch the tokens they name; `settle` lets all others go on as far as they can.
    After an error (StepFailed) the execution is to be thrown away.
    """

    def __init__(self, process: ProcessTokens) -> None:
        self._process = process

    @classmethod
    def begin(
        cls,
        specification: Specification,
        variables: Variables,
        start_event: str | None = None,
        payload: Mapping[str, object] | None = None,
        *,
        decisions: Decisions = NO_DECISIONS,
    ) -> Execution:
        """Begin an instance at its none start event, or at this message start event.

        `payload` is what the message brought. Raises BadCommand where there is no such event.
        """
        start = start_event or specification.none_start
        starts = {specification.none_start, *(m.element_id for m in specification.message_starts)}
        if start is None or start not in starts:
            raise BadCommand(
                f"Expected to start {specification.process_id} at {start or 'a none start event'}, "
                "but it has no such start event"
            )
        process = ProcessTokens(specification, variables, decisions)
        process.begin(process.spec.task_specs[start], payload)
        return cls(process)

    @classmethod
    def load(
        cls,
        specification: Specification,
        variables: Variables,
        state: bytes,
        *,
        decisions: Decisions = NO_DECISIONS,
    ) -> Execution:
        """Go on from a saved state of any known format; raises StateFormatError."""
        return cls(states.load(specification, variables, decisions, state))

    def complete(self, token: int, values: Mapping[str, object] | None = None) -> None:
        """A user task, an external task or a call activity is done.

        `values` are written from the token's scope outward, then its output parameters are
        evaluated. Raises Conflict where the token does not wait.
        """
        done = self._waiting(token)
        write_outward(done, values or {})
        done.complete()

    def decide_again(self, token: int) -> None:
        """Make a decision that could not be made before, and go on.

        Raises Conflict where the token does not wait for one, StepFailed where it still can't be
        made.
        """
        stopped = self._waiting(token)
        if not isinstance(stopped.task_spec, BusinessRuleTask):
            raise Conflict(f"Expected token {token} to wait for a decision, but it does not")
        stopped.task_spec.decide_again(stopped)

    def trigger(self, wait_key: str, payload: Mapping[str, object] | None = None) -> None:
        """A message has come or a timer is due, for exactly this wait.

        Raises Conflict where nothing waits under this key any more.
        """
        token = self._find_wait(wait_key)
        if token is None or not _is_event(token):
            raise Conflict(f"Expected an event to wait as {wait_key}, but there is none")
        token.task_spec.occur(token, payload)

    def throw_error(
        self,
        token: int,
        code: str,
        message: str = "",
        values: Mapping[str, object] | None = None,
    ) -> str | None:
        """A BPMN error in an activity; returns the element that catches it.

        `values` are written where it is caught. None: nobody does, and nothing has changed.
        Raises Conflict where the activity is not live.
        """
        return route_error(self._live(token), BpmnFault(code, message, values or {}))

    def catches(self, token: int, code: str) -> bool:
        """Whether `throw_error` would find an event; raises Conflict as it does."""
        return is_caught(self._live(token), code)

    def cancel_activity(self, token: int) -> None:
        """End one activity without going on from it; raises Conflict where it is not live."""
        activity = self._live(token)
        body = activity.owner
        activity.cancel()
        if body is not None:
            body.task_spec.item_cancelled(body)

    def cancel(self) -> None:
        """End the whole instance."""
        self._process.cancel_tokens()
        self._process.completed = True

    def settle(self, budget: int, *, error_ends: bool = False) -> Step:
        """Let every token go on until all wait, and give what has happened.

        `budget` is how many elements may be entered. `error_ends`: an error end event that nobody
        catches ends the whole instance, as in a called one, which hands the error to its caller.
        Raises StepBudgetExceeded (it names an element of the loop) and StepFailed.
        """
        process = self._process
        process.allow(budget)
        process.run_ready()
        while not process.completed and (fire_inclusive_joins(process) or fire_conditions(process)):
            process.run_ready()
        if error_ends and process.record.uncaught_errors:
            self.cancel()
        process.close_ended_scopes()
        prune(process)
        step = process.record.finish(find_deadlocks(process), process.completed)
        process.record = StepRecord()
        return step

    def dump(self) -> bytes:
        """The state to be saved; call `settle` before."""
        return states.dump(self._process)

    def scope_of(self, token: int) -> int:
        """The nearest variable scope at or above a live token; raises Conflict."""
        found = self._process.tokens.get(token)
        if found is None or not found.is_live:
            raise Conflict(f"Expected token {token} to be live, but it is not")
        return scope_of(found)

    def element_of(self, token: int) -> str | None:
        """The id of the element where a live token is; None where there is no such token."""
        found = self._process.tokens.get(token)
        return found.element_id if found is not None and found.is_live else None

    def is_waiting(self, token: int) -> bool:
        """Whether this token waits to be completed from outside."""
        found = self._process.tokens.get(token)
        return found is not None and found.waits and found.is_live and not _is_event(found)

    def has_wait(self, key: str) -> bool:
        """Whether something is waited for under this key."""
        return self._find_wait(key) is not None

    def _live(self, token: int) -> Token:
        found = self._process.tokens.get(token)
        if found is None or found._state != TaskState.STARTED:
            raise Conflict(f"Expected token {token} to be at a running activity, but it is not")
        return found

    def _waiting(self, token: int) -> Token:
        if not self.is_waiting(token):
            raise Conflict(f"Expected token {token} to wait for its completion, but it does not")
        return self._process.tokens[token]

    def _find_wait(self, key: str) -> Token | None:
        return next(
            (
                token
                for token in self._process.tokens.values()
                if token.waits and token.is_live and token.wait_key == key
            ),
            None,
        )


def _is_event(token: Token) -> bool:
    return isinstance(token.task_spec, Catching)
