"""One process instance during one command: its row, its scopes, its tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine import feel
from engine.definitions import Definition
from engine.errors import BadCommand, NotFound, StepFailed
from engine.expression_functions import functions_for
from engine.processors.decisions import InstanceDecisions
from engine.processors.work import Work
from engine.scopes import Functions, Scopes
from engine.spiff import Execution
from engine.store import instances
from engine.store.codec import dump_json, load_json
from engine.store.instances import ACTIVE, InstanceRecord

BUSINESS_KEY = "businessKey"


class LiveInstance:
    """An instance that was read and locked. `execution` is loaded when first asked for."""

    def __init__(
        self,
        work: Work,
        record: InstanceRecord,
        definition: Definition,
        scopes: Scopes,
        decisions: InstanceDecisions,
    ) -> None:
        self.work = work
        self.record = record
        self.definition = definition
        self.scopes = scopes
        self.decisions = decisions
        self._execution: Execution | None = None

    @property
    def id(self) -> str:
        """The id of the instance."""
        return self.record.id

    @property
    def execution(self) -> Execution:
        """The tokens."""
        if self._execution is None:
            if self.record.token_state is None:
                raise BadCommand(
                    f"Expected process instance {self.id} to be active, but it is "
                    f"{self.record.state}"
                )
            self._execution = Execution.load(
                self.definition.specification,
                self.scopes,
                self.record.token_state,
                decisions=self.decisions,
            )
        return self._execution

    def begin(self, start_event: str | None, payload: Mapping[str, object] | None = None) -> None:
        """Puts the first token on a start event."""
        self._execution = Execution.begin(
            self.definition.specification,
            self.scopes,
            start_event,
            payload,
            decisions=self.decisions,
        )

    def evaluate(
        self,
        text: str,
        scope: int,
        element_id: str | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> object:
        """The value of plain text or `${…}` as seen from a scope; `extra` hides what is there.

        Raises StepFailed.
        """
        try:
            return self.scopes.evaluate(text, scope, extra)
        except feel.ExpressionError as error:
            raise StepFailed(element_id, str(error)) from error

    def evaluate_text(self, text: str | None, scope: int, element_id: str) -> str | None:
        """The same as text; None stays None. Raises StepFailed."""
        if text is None:
            return None
        value = self.evaluate(text, scope, element_id)
        return None if value is None else str(value)

    def save(self) -> None:
        """Writes the instance's row and variables."""
        changed, closed = self.scopes.changes()
        self.record.scopes = dump_json(self.scopes.parents)
        instances.save(self.work.uow, self.record)
        instances.save_variables(self.work.uow, self.id, changed, closed)


def load_instance(work: Work, instance_id: str) -> LiveInstance:
    """Reads and locks an instance. Raises NotFound."""
    return _known(work, instance_id, instances.load(work.uow, instance_id))


def read_instance(work: Work, instance_id: str) -> LiveInstance:
    """Reads an instance that is only looked at. Raises NotFound."""
    return _known(work, instance_id, instances.read(work.uow, instance_id))


def _known(work: Work, instance_id: str, record: InstanceRecord | None) -> LiveInstance:
    if record is None or record.tenant != work.actor.tenant and not work.actor.is_system:
        raise NotFound(f"Expected process instance {instance_id}, but it does not exist")
    definition = work.around.definitions.get(work.connection, record.definition_id)
    return live(work, record, definition)


def live(work: Work, record: InstanceRecord, definition: Definition) -> LiveInstance:
    """An instance with its scopes, as the store has them."""
    functions: Callable[[], Functions] = _once(
        lambda: functions_for(work.connection, definition, work.zone, work.now)
    )
    scopes = read_scopes(work, record, functions)
    decisions = InstanceDecisions(work, record, definition.record.deployment_id, scopes, functions)
    return LiveInstance(work, record, definition, scopes, decisions)


def read_scopes(
    work: Work, record: InstanceRecord, functions: Callable[[], Functions] = dict
) -> Scopes:
    """The scopes of an instance with its variables; without functions only to be looked at."""
    return Scopes(
        {int(scope): parent for scope, parent in load_json(record.scopes).items()},
        instances.variables(work.uow, record.id),
        functions,
        {BUSINESS_KEY: record.business_key},
    )


def require_active(instance: LiveInstance) -> None:
    """Raises BadCommand where the instance has ended."""
    if instance.record.state != ACTIVE:
        raise BadCommand(
            f"Expected process instance {instance.id} to be active, "
            f"but it is {instance.record.state}"
        )


def _once(make: Callable[[], Functions]) -> Callable[[], Functions]:
    made: list[Functions] = []

    def get() -> Functions:
        if not made:
            made.append(make())
        return made[0]

    return get
