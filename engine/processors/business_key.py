"""Business keys that people can read and say on the telephone."""

from __future__ import annotations

from engine import feel
from engine.errors import StepFailed
from engine.expression_functions import functions_for
from engine.processors.instance import BUSINESS_KEY, LiveInstance
from engine.scopes import ROOT
from engine.store import counters

_DIGITS = 6


def give_business_key(instance: LiveInstance) -> None:
    """Gives a new instance the key its process declares, unless it was started with one.

    Its expression may call `next_number(name)`: six digits or more, each number given once.
    Raises StepFailed.
    """
    work, row = instance.work, instance.record
    text = instance.definition.facts.business_key
    if text is None or row.business_key != row.id:
        return

    def next_number(name: str) -> str:
        return f"{counters.next_value(work.uow, row.tenant, name):0{_DIGITS}d}"

    own = functions_for(work.connection, instance.definition, work.zone, work.now)
    try:
        key = feel.evaluate_text(
            text, instance.scopes.view(ROOT), {**own, "next_number": next_number}
        )
    except feel.ExpressionError as error:
        raise StepFailed(instance.definition.process_id, str(error)) from error
    row.business_key = str(key)
    instance.scopes.set_constant(BUSINESS_KEY, row.business_key)
