"""What decisions say of a form's fields as it is being filled in. Nothing is kept of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from engine import feel
from engine.decided import AskedDecision, DecisionFailed
from engine.decisions import find_decision, make_decision
from engine.expression_functions import functions_for
from engine.forms import DecisionSource, FieldDecision, Form
from engine.forms.decided import ANSWER
from engine.identity import Actor
from engine.queries import task_detail
from engine.queries.surroundings import Surroundings
from engine.queries.variables import scopes_of
from engine.store.tables import user_task

_log = logging.getLogger(__name__)

Evaluate = Callable[[str, Mapping[str, object]], object]
Ask = Callable[[str, Mapping[str, object]], object]


def form_decisions(
    connection: Connection,
    around: Surroundings,
    actor: Actor,
    task_id: str,
    values: Mapping[str, object],
) -> dict[str, FieldDecision]:
    """By field with an `x-decision`: what the newest version of its decision says to these values.

    A field whose decision can't be made is left out: then all is offered, and the check of the
    completion is the judge. Raises NotFound, NotAllowed as the task itself.
    """
    seen = task_detail.task(connection, around, actor, task_id)
    if seen.form is None or seen.state != "open":
        return {}
    row = connection.execute(
        select(user_task.c.scope, user_task.c.tenant).where(user_task.c.id == task_id)
    ).one()
    definition = around.definitions.get(connection, seen.definition_id)
    scopes = scopes_of(connection, around, definition, seen.instance_id)
    zone, now = ZoneInfo(around.settings.zone), around.clock()
    functions = functions_for(connection, definition, zone, now)

    def ask(decision: str, inputs: Mapping[str, object]) -> object:
        found = find_decision(
            connection,
            around.decisions,
            row.tenant,
            definition.record.deployment_id,
            AskedDecision(decision),
        )
        return make_decision(found, inputs, functions).value

    return decide_fields(
        seen.form, values, lambda text, given: scopes.evaluate(text, row.scope, given), ask
    )


def decide_fields(
    form: Form, values: Mapping[str, object], evaluate: Evaluate, ask: Ask
) -> dict[str, FieldDecision]:
    """What decisions say of the fields of a form, in their order.

    A value that is not offered any more is no value to the fields after it. A field is left out
    where `ask` raises DecisionFailed, or `evaluate` an ExpressionError.
    """
    given: dict[str, object] = {field.name: values.get(field.name) for field in form.fields}
    found: dict[str, FieldDecision] = {}
    for field in form.fields:
        if field.decision is None:
            continue
        try:
            found[field.name] = _say(field.decision, given, evaluate, ask)
        except (DecisionFailed, feel.ExpressionError) as error:
            _log.warning("form %s, field %s: %s", form.key, field.name, error)
            continue
        if not found[field.name].allows(given[field.name]):
            given[field.name] = None
    return found


def _say(
    source: DecisionSource, given: Mapping[str, object], evaluate: Evaluate, ask: Ask
) -> FieldDecision:
    inputs = {name: evaluate(text, given) for name, text in source.inputs.items()}
    known = {**given, ANSWER: ask(source.decision, inputs)}
    offers = None if source.offers is None else evaluate(source.offers, known)
    texts = {language: evaluate(text, known) for language, text in source.says.items()}
    return FieldDecision(
        offers=tuple(offers) if isinstance(offers, list) else None,
        texts={key: text for key, text in texts.items() if isinstance(text, str) and text.strip()},
    )
