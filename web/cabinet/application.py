"""Where an application stands, in the words of a citizen."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from flask import Response, jsonify, render_template

from engine.queries.instance_detail import InstanceDetail
from handlers.shared.records import CabinetRow
from web.answers import facts_of
from web.auth import require_area
from web.cabinet.actions import VIEW, offered
from web.cabinet.check_state import check_of
from web.cabinet.contacts import contacts_of
from web.cabinet.tasks import asked_of, elsewhere
from web.cabinet.timeline import stages_of, told_in
from web.context import actor, queries, surroundings
from web.contracts import contract_of, documents_for
from web.statuses import status_of
from web.task_words import intros_of
from web.vacancies import vacancy_in


def show(instance_id: str) -> str:
    """What happens now and by when, what is asked, the way so far and ahead, the documents."""
    require_area("cabinet")
    instance = queries().instance(actor(), instance_id)
    fields = queries().fields(actor(), instance.definition_id)
    status = status_of(instance.row)
    messages = _messages(instance)
    contract = contract_of(instance)
    tasks = asked_of(actor().groups, actor().user, instance.row.waiting_for)
    of_contract = contract.row.waiting_for if contract else ()
    stages = stages_of(
        instance,
        queries().map_rows(actor(), instance.definition_id),
        elsewhere=contract.steps if contract else (),
        went_well=status is not None and status.tone == "good",
    )
    return render_template(
        "cabinet/application.html",
        instance=instance,
        row=instance.row,
        status=status,
        actions=[each for each in offered(instance.row) if each.code != VIEW],
        tasks=tasks,
        own_waits=[*tasks, *asked_of(actor().groups, actor().user, of_contract)],
        intros=intros_of(each.task_id for each in tasks),
        elsewhere=elsewhere(instance.row, contract.row if contract else None),
        contract=contract,
        documents_shown=documents_for(instance, contract, staff=False),
        vacancy=vacancy_in(instance, with_monitorings=False),
        check=check_of(instance),
        stages=stages,
        told=told_in(stages, messages),
        own=contacts_of([instance.row.unit]),
        facts=facts_of(fields.values(), instance.variables),
        messages=messages,
        progress=_fingerprint(instance, messages),
    )


def progress(instance_id: str) -> Response:
    """A fingerprint that changes when the application has moved on: the page looks again."""
    require_area("cabinet")
    instance = queries().instance(actor(), instance_id)
    return jsonify(progress=_fingerprint(instance, _messages(instance)))


def _messages(instance: InstanceDetail) -> list[CabinetRow]:
    """What the person was told about the application, newest first."""
    post = surroundings().post
    return [] if post is None else post.of_case(actor(), instance.row.business_key)


def _fingerprint(instance: InstanceDetail, messages: Sequence[CabinetRow]) -> str:
    marks = [(step.id, step.ended_at is None) for step in instance.steps]
    told = repr((instance.row.state, instance.row.incident_count, len(messages), marks))
    return hashlib.sha256(told.encode()).hexdigest()[:16]
