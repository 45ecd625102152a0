"""The check of the conditions: its place in the queue, who is awaited, what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, url_for
from werkzeug.exceptions import NotFound

from engine.forms import Field
from engine.queries.instance_detail import InstanceDetail
from handlers.shared.check_history import KeptCheck
from handlers.shared.inquiry_records import OPERATOR, InquiryProgress
from handlers.shared.texts import show_moment
from web.auth import require_area
from web.cabinet.enterprises import own_enterprises
from web.context import actor, now, people, person, queries, surroundings
from web.form_view import in_words

VERDICT, PLACES, MEASURE = "eligibility", "places_offered", "measure"


@dataclass(frozen=True)
class Verdict:
    """What a check came to. `again_from`: the first moment of a new one, where it still is ahead.

    `conditions` are plain data: number, met (None: it does not apply), title, reason, advice.
    """

    passed: bool
    checked_at: str
    again_from: str | None
    summary: Mapping[str, str]
    conditions: Sequence[Mapping[str, Any]]

    @property
    def failed(self) -> list[Mapping[str, Any]]:
        """The conditions that are not met."""
        return [each for each in self.conditions if each["met"] is False]


@dataclass(frozen=True)
class Places:
    """How many places are allowed: the sum in words, and (measure, places) for each measure."""

    text: Mapping[str, str]
    largest: int
    by_measure: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Check:
    """A check as the page shows it: it waits, or it has a verdict.

    `place` in the queue, from 1. `by_operator`: the tries are used up, an operator goes on with it.
    """

    waits: bool
    place: int | None = None
    by_operator: bool = False
    inquiry: InquiryProgress | None = None
    verdict: Verdict | None = None
    places: Places | None = None


def show(instance_id: str) -> str:
    """The check of one application: the thirteen conditions and the places allowed."""
    require_area("cabinet")
    instance = queries().instance(actor(), instance_id)
    return render_template("cabinet/check.html", row=instance.row, check=_given(instance))


def progress(instance_id: str) -> str:
    """The panel alone, for the page that shows it to replace."""
    require_area("cabinet")
    instance = queries().instance(actor(), instance_id)
    return render_template("cabinet/check_state.html", row=instance.row, check=_given(instance))


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


def check_of(instance: InstanceDetail) -> Check | None:
    """The check of an application; None where there is none to show."""
    store = surroundings().checks
    if store is not None and instance.row.state == "active":
        place = queries().place_in_queue(actor(), instance.row.id, store.topic)
        inquiry = store.inquiry(instance.row.id)
        if place is not None or inquiry is not None:
            by_operator = place is None and inquiry is not None and inquiry.state == OPERATOR
            return Check(True, place=place, by_operator=by_operator, inquiry=inquiry)
    data = instance.variables.get(VERDICT)
    if not isinstance(data, Mapping) or "conditions" not in data:
        return None
    verdict = verdict_of(data)
    return Check(False, verdict=verdict, places=_places(instance) if verdict.passed else None)


def verdict_of(data: Mapping[str, Any]) -> Verdict:
    """A verdict as the process application left it, as of now."""
    again = None if data["passed"] else datetime.fromisoformat(data["next_check_from"])
    return Verdict(
        passed=data["passed"],
        checked_at=data["checked_at"],
        again_from=show_moment(again) if again is not None and again > now() else None,
        summary=data["summary"],
        conditions=data["conditions"],
    )


def _given(instance: InstanceDetail) -> Check:
    check = check_of(instance)
    if check is None:
        raise NotFound
    return check


def _places(instance: InstanceDetail) -> Places | None:
    data = instance.variables.get(PLACES)
    if not isinstance(data, Mapping):
        return None
    field = queries().fields(actor(), instance.definition_id).get(MEASURE)
    return Places(
        text=data["text"],
        largest=int(data["largest"]),
        by_measure=[(_measure(field, each), int(each["places"])) for each in data["limits"]],
    )


def _measure(field: Field | None, limit: Mapping[str, Any]) -> str:
    code = str(limit["measure"])
    return code if field is None else in_words(field, code)


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
