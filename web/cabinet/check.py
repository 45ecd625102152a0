"""The pages of the check: asking for it, its place in the queue, what came of it, the history."""

from __future__ import annotations

from typing import Any

from flask import render_template, url_for
from werkzeug.exceptions import NotFound

from engine.queries.instance_detail import InstanceDetail
from handlers.shared.check_history import KeptCheck
from web.answers import facts_of
from web.auth import require_area
from web.cabinet.check_state import Check, Verdict, applied_for_in, check_of, verdict_of
from web.cabinet.enterprises import own_enterprises
from web.context import actor, people, person, queries, surroundings


def show(instance_id: str) -> str:
    """The check of one application: the thirteen conditions and the places allowed.

    Before it is asked for, the conditions to study and the request.
    """
    require_area("cabinet")
    return render_template("cabinet/check.html", **_shown(instance_id))


def progress(instance_id: str) -> str:
    """The panel alone, for the page that shows it to replace."""
    require_area("cabinet")
    return render_template("cabinet/check_state.html", **_shown(instance_id))


def history_of_application(instance_id: str) -> str:
    """The checks of the enterprise that an application is for."""
    require_area("cabinet")
    row = queries().instance(actor(), instance_id).row
    return _history(row.party or "", row=row)


def history(party: str) -> str:
    """The checks of an own enterprise. Raises NotFound for another's."""
    require_area("cabinet")
    return _history(party)


def history_of_all() -> str:
    """The checks of all own enterprises, each under its name."""
    require_area("cabinet")
    store = surroundings().checks
    if store is None:
        raise NotFound
    return render_template(
        "cabinet/all_checks.html",
        enterprises={
            party: (name, [_kept(each) for each in store.of_enterprise(party)])
            for party, name in own_enterprises().items()
        },
    )


def _shown(instance_id: str) -> dict[str, Any]:
    instance, check = _read(instance_id)
    row = instance.row
    task = applied_for_in(instance, check)
    return {
        "row": row,
        "check": check,
        "names": people().enterprise(row.party) if row.party else {},
        "facts": facts_of(
            queries().fields(actor(), instance.definition_id).values(), instance.variables
        ),
        "request_documents": instance.documents,
        "apply_at": url_for("tasklist.task", task_id=task.task_id) if task else None,
    }


def _read(instance_id: str) -> tuple[InstanceDetail, Check]:
    """An application with its check. Raises NotFound where there is none to show.

    It is read twice where it has none: a check that was done while it was read had left the queue
    already, and had no verdict yet.
    """
    for _ in range(2):
        instance = queries().instance(actor(), instance_id)
        check = check_of(instance)
        if check is not None:
            return instance, check
    raise NotFound


def _history(party: str, **shown: Any) -> str:
    store = surroundings().checks
    if store is None or party not in (person().parties or ()):
        raise NotFound
    return render_template(
        "cabinet/check_history.html",
        party=party,
        names=people().enterprise(party),
        checks=[_kept(each) for each in store.of_enterprise(party)],
        back=url_for("cabinet.account"),
        **shown,
    )


def _kept(check: KeptCheck) -> tuple[KeptCheck, Verdict]:
    return check, verdict_of(check.verdict)
