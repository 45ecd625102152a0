"""The check of the conditions as a case stands: to be asked for, awaited, or with a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.forms import Field
from engine.queries.dated_tables import Windows
from engine.queries.instance_detail import InstanceDetail
from engine.queries.waiting import Waiting
from handlers.shared.inquiry_records import OPERATOR
from handlers.shared.progress_records import InquiryProgress
from handlers.shared.texts import show_moment
from web.answers import in_words
from web.cabinet.tasks import asked_of
from web.context import actor, now, queries, surroundings
from web.kept_checks import CheckStore
from web.statuses import may_request_check

VERDICT, PLACES, MEASURE, FILING = "eligibility", "places_offered", "measure", "filing"
YEAR, REQUESTED = "financial_year", "requested_at"


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

    @property
    def are_same(self) -> bool:
        """Whether every measure allows as many as there are in all."""
        return all(places == self.largest for _measure, places in self.by_measure)


@dataclass(frozen=True)
class Request:
    """The request that is still to be signed. `task`: the one that does it, None while the request
    is being made. `conditions` to study first: plain data, number and title. `closed`: the windows,
    where none is open for the year, so that it can't be signed now."""

    task: Waiting | None
    closed: Windows | None
    conditions: Sequence[Mapping[str, Any]]

    @property
    def is_being_made(self) -> bool:
        """Whether a page may expect to show it in a moment."""
        return self.task is None and self.closed is None


@dataclass(frozen=True)
class Check:
    """A check as the page shows it: it has a request to be signed, it waits, or it has a verdict.

    `place` in the queue, from 1; None while it waits for registries that are asked again later.
    `by_operator`: the tries are used up, an operator goes on with it. `goes_on`: it is passed, and
    automatic steps are on the way to the form of the application. `still_counts`: it was made for
    an application before this one.
    """

    waits: bool
    request: Request | None = None
    place: int | None = None
    by_operator: bool = False
    inquiry: InquiryProgress | None = None
    verdict: Verdict | None = None
    places: Places | None = None
    goes_on: bool = False
    still_counts: bool = False

    @property
    def is_followed(self) -> bool:
        """Whether it moves on by itself, so that a page should look again."""
        is_prepared = self.request is not None and self.request.is_being_made
        return self.waits or self.goes_on or is_prepared


def check_of(instance: InstanceDetail) -> Check | None:
    """The check of an application; None where there is none to show."""
    store = surroundings().checks
    if store is not None and may_request_check(instance.row):
        return Check(False, request=_request(store, instance))
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
    if not verdict.passed:
        return Check(False, verdict=verdict)
    return Check(
        False,
        verdict=verdict,
        places=_places(instance),
        goes_on=_goes_on(instance),
        still_counts=_was_before(verdict, instance.variables.get(REQUESTED)),
    )


def applied_for_in(instance: InstanceDetail, check: Check) -> Waiting | None:
    """The task that goes on with the application once its check is passed; None after it is sent.

    «Өтінім беру» / «Подать заявку» (S0, the fifth screen).
    """
    passed = check.verdict is not None and check.verdict.passed
    if not passed or instance.variables.get(FILING) is not None:
        return None
    asked = asked_of(actor().groups, actor().user, instance.row.waiting_for)
    return asked[0] if asked else None


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


def _was_before(verdict: Verdict, requested_at: object) -> bool:
    """Whether a check had been made when the case's own request was signed."""
    if not isinstance(requested_at, str):
        return False
    return datetime.fromisoformat(verdict.checked_at) < datetime.fromisoformat(requested_at)


def _goes_on(instance: InstanceDetail) -> bool:
    """Whether automatic steps are on the way to the task that follows a check that is passed."""
    asked = any(each.task_id is not None for each in instance.row.waiting_for)
    return instance.row.state == "active" and instance.variables.get(FILING) is None and not asked


def _request(store: CheckStore, instance: InstanceDetail) -> Request:
    asked = asked_of(actor().groups, actor().user, instance.row.waiting_for)
    return Request(
        task=asked[0] if asked else None,
        closed=_closed(instance),
        conditions=store.conditions(),
    )


def _closed(instance: InstanceDetail) -> Windows | None:
    windows = queries().windows(actor()).get(instance.row.process_id)
    year = str(instance.variables.get(YEAR))
    if windows is None or any(window.key == year for window in windows.open):
        return None
    return windows


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
