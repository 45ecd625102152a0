"""Completion checks before the check of the conditions: beginning an application, and its request.

Signing the request for the check fixes the time of filing (`requested_at`): windows and lock-outs
that begin after it stop nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.completion_check import Completion, CompletionRefused, completion_check
from handlers.fk_b03 import records, refusals
from handlers.fk_b03.eligibility import still_decides
from handlers.fk_b03.representation import (
    LOOK_AT_POWER,
    demand_power_in_force,
    note,
    representation_of,
)
from handlers.fk_b03.windows import next_window, open_years
from handlers.shared.details_records import details_in_force
from handlers.shared.reference_data import reference_data_of
from handlers.shared.texts import Texts, fill, show_date, show_moment

SIGN = "sign"
"""The choice of the form of the request that signs it."""

WRITTEN_REQUEST: Texts = {
    "kk": "Тексеруге сұрау қабылдауда жазбаша алынды, оны маман енгізді. Өтінімнің берілген "
    "уақыты: {moment}.",
    "ru": "Запрос на проверку принят на приёме в письменном виде, его внёс специалист. Время "
    "подачи: {moment}.",
    "en": "The request for the check was taken in writing at the counter and entered by the "
    "specialist. Time of filing: {moment}.",
}


@completion_check("fk_b03.begin")
def begin(completion: Completion) -> Mapping[str, object]:
    """Applications for `financial_year` are taken now, and the enterprise may be checked (S0).

    Gives who files for whom: `representation`, `case_notes`, `at_counter`, `counter_user` (who
    entered it there); `enterprise_name` where the account keeps it. At the counter the written
    request is taken with it, so that this is the time of filing: `requested_at`; elsewhere that is
    None until the request is signed.
    """
    _demand_open_window(completion, "financial_year")
    _demand_no_lock_out(completion, "bin")
    filing = {**_filing(completion), **_kept_name(completion)}
    filing["at_counter"] = filing["counter_user"] is not None
    if not filing["at_counter"]:
        return {"requested_at": None, **filing}
    moment = {"moment": show_moment(completion.now)}
    told = note(
        fill(WRITTEN_REQUEST, moment), about="request", user=completion.user, now=completion.now
    )
    return {**filing, "case_notes": [*filing["case_notes"], told], **_filed_now(completion)}


@completion_check("fk_b03.window")
def begin_with_request(completion: Completion) -> Mapping[str, object]:
    """The same, and the start is the request: the time of filing.

    Versions of the diagram ask this in which the request was not signed apart.
    """
    _demand_open_window(completion, "financial_year")
    _demand_no_lock_out(completion, "bin")
    return {**_filed_now(completion), **_filing(completion)}


@completion_check("fk_b03.request_check")
def request_check(completion: Completion) -> Mapping[str, object]:
    """«Тексеруден өту»: the request is signed while applications are taken, by who still may.

    Gives `requested_at`, the time of filing. Where the form offers to delete instead (`request`),
    nothing is demanded.
    """
    if completion.submitted["request"] != SIGN:
        return {}
    _demand_open_window(completion)
    _demand_no_lock_out(completion)
    demand_power_in_force(completion)
    return _filed_now(completion)


def _kept_name(completion: Completion) -> dict[str, object]:
    """The name that the account keeps, until the check gives the registered one."""
    kept = details_in_force(completion.connection, str(completion.variables["bin"]))
    names = {code: kept.details.get(f"name_{code}") for code in ("kk", "ru")} if kept else {}
    return {"enterprise_name": names} if names and all(names.values()) else {}


def _filed_now(completion: Completion) -> dict[str, object]:
    return {"requested_at": completion.now.isoformat(timespec="seconds")}


def _demand_open_window(completion: Completion, field: str = "") -> None:
    """Raises CompletionRefused, with the next window, where none is open for the year."""
    table = reference_data_of(completion).table("fk_b03/windows")
    year = completion.variables["financial_year"]
    if year in open_years(table, completion.today):
        return
    upcoming = next_window(table, completion.today)
    following: Texts = refusals.NO_NEXT_WINDOW
    if upcoming is not None:
        values = {
            "first": show_date(upcoming.first),
            "last": show_date(upcoming.last) if upcoming.last else "…",
            "year": upcoming.financial_year,
        }
        following = fill(refusals.NEXT_WINDOW, values)
    told = fill(refusals.WINDOW_CLOSED, {"year": year, "next": following})
    raise CompletionRefused({field: told})


def _demand_no_lock_out(completion: Completion, field: str = "") -> None:
    """Raises CompletionRefused where the last check of the enterprise still locks it out (S0)."""
    identifier, year = completion.variables["bin"], completion.variables["financial_year"]
    kept = records.checks_of(completion.connection, str(identifier), int(str(year)), limit=1)
    if not kept or kept[0]["eligibility"]["passed"]:
        return
    verdict = kept[0]["eligibility"]
    if not still_decides(verdict, completion.now):
        return
    moments = {"checked": verdict["checked_at"], "from": verdict["next_check_from"]}
    shown = {name: show_moment(datetime.fromisoformat(at)) for name, at in moments.items()}
    raise CompletionRefused({field: fill(refusals.CHECK_NOT_YET, {"year": year, **shown})})


def _filing(completion: Completion) -> dict[str, Any]:
    user, now = completion.user, completion.now
    filed = representation_of(completion.submitted, user=user, groups=completion.groups, now=now)
    told = [filed["texts"], LOOK_AT_POWER if filed["power"] else {}]
    return {
        "representation": filed,
        "case_notes": [
            note(texts, about="representation", user=user, now=now) for texts in told if texts
        ],
        "counter_user": user if filed["at_counter"] else None,
    }
