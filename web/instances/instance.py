"""One process instance."""

from __future__ import annotations

import json

from flask import render_template

from engine.queries.instance_detail import InstanceDetail
from web.answers import facts_of
from web.auth import require_area
from web.cabinet.tasks import asked_of
from web.context import actor, people, person, queries, surroundings
from web.contracts import contract_of
from web.instances.decided import by_step
from web.statuses import status_of
from web.vacancies import vacancy_in


def show(instance_id: str) -> str:
    """The diagram with its tokens, and beside it a table of steps in words."""
    require_area("instances", "tasks", "cockpit")
    instance = queries().instance(actor(), instance_id)
    decided, others = by_step(instance.steps, queries().evaluated_decisions(actor(), instance_id))
    fields = queries().fields(actor(), instance.definition_id)
    post = surroundings().post
    return render_template(
        "instances/instance.html",
        instance=instance,
        row=instance.row,
        tasks=asked_of(actor().groups, actor().user, instance.row.waiting_for),
        status_of=status_of,
        facts=facts_of(fields.values(), instance.variables),
        marks=_marks(instance),
        contract=contract_of(instance),
        vacancy=vacancy_in(instance, with_monitorings=True),
        staff=True,
        posted=post.of_instance(instance_id) if post else None,
        may_read_messages="messages" in people().areas(person()),
        decided=decided,
        other_decisions=others,
    )


def _marks(instance: InstanceDetail) -> str:
    """What the diagram shows: which elements are done, where tokens stand, what has failed."""
    return json.dumps(
        {
            "done": [*instance.taken.elements, *instance.taken.flows],
            "tokens": dict(instance.tokens),
            "failed": list(instance.failed),
        }
    )
