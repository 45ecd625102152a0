"""Row 1.1: details for the contract are kept for the next time; a changed head is noted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from engine.completion_check import Completion, completion_check
from handlers.fk_b03 import records
from handlers.fk_b03.application import Requisites, number_of
from handlers.fk_b03.representation import note
from handlers.shared.details_records import KeptDetails, keep_details, kept_details
from handlers.shared.texts import Texts, fill, show_date, show_moment

_CHANGED: Texts = {
    "kk": "Кәсіпорынның бірінші басшысы ауысты: бұрын «{before_kk}», енді «{after_kk}»{since}."
    "{kept}",
    "ru": "Сменился первый руководитель предприятия: был «{before_ru}», теперь "
    "«{after_ru}»{since}.{kept}",
    "en": "The head of the enterprise has changed: «{before_ru}» before, «{after_ru}» now{since}."
    "{kept}",
}
_IN_ACCOUNT: Texts = {
    "kk": " Кабинеттегі деректемелерде {moment} өзгертілді.",
    "ru": " В реквизитах кабинета изменено {moment}.",
    "en": " Changed in the account on {moment}.",
}
_SINCE: Texts = {"kk": ", {day} бастап", "ru": ", с {day}", "en": ", since {day}"}


@completion_check("fk_b03.details")
def check_details(completion: Completion) -> Mapping[str, object]:
    """Row 1.1: keeps the details where that is wished, and notes a head that is another one.

    A correction that shows that wish and does not ask for it again goes by the one given before.
    Where it asks for some details only, these are kept, beside what the account holds by now.

    Gives `places_taken` by the enterprise's other applications as of now, for the form that comes
    next. Gives `head_change` {before, after, since, noted_at, noted_by} and `case_notes`, unless
    the head is the one of the details that the enterprise kept last.
    """
    party = completion.party or str(completion.variables["bin"])
    details = {
        field.name: completion.variables[field.name]
        for field in fields(Requisites)
        if completion.variables.get(field.name) is not None
    }
    kept = kept_details(completion.connection, party)
    given = {name: value for name, value in details.items() if name in completion.submitted}
    if given and completion.variables.get("keep_details") is True:
        in_force = kept[0].details if kept else {}
        keep_details(
            completion.connection,
            party,
            {**details, **in_force, **given},
            changed_by=completion.user,
            now=completion.now,
            business_key=completion.business_key,
        )
    return {**_places_taken(completion, party), **_head_change(completion, party, kept, details)}


def _places_taken(completion: Completion, party: str) -> dict[str, object]:
    year: Any = completion.variables["financial_year"]
    taken = records.count_taken(
        completion.connection, party, year, except_for=number_of(completion)
    )
    return {"places_taken": taken}


def _head_change(
    completion: Completion, party: str, kept: Sequence[KeptDetails], details: Mapping[str, Any]
) -> dict[str, object]:
    after = _head(details)
    before = _head_before(completion, party, kept, after)
    if before is None or _same(before, after):
        return {}
    account = _changed_in_account(kept, after)
    since = completion.submitted.get("head_since")
    texts = fill(
        _CHANGED,
        {
            **{f"before_{language}": name for language, name in before.items()},
            **{f"after_{language}": name for language, name in after.items()},
            "since": _since(str(since)) if since else "",
            "kept": fill(_IN_ACCOUNT, {"moment": show_moment(account.changed_at)})
            if account
            else "",
        },
    )
    made = note(texts, about="head_change", user=completion.user, now=completion.now)
    notes: Any = completion.variables.get("case_notes") or []
    return {
        "head_change": {
            "before": before,
            "after": after,
            "since": since,
            "noted_at": made["at"],
            "noted_by": completion.user,
            **_when_kept(account),
        },
        "case_notes": [*notes, made],
    }


def _head_before(
    completion: Completion,
    party: str,
    kept: Sequence[KeptDetails],
    after: Mapping[str, str],
) -> Mapping[str, str] | None:
    """Who headed the enterprise before; None where nothing says so."""
    noted = completion.variables.get("head_change")
    if isinstance(noted, Mapping):
        known: Mapping[str, str] = noted["after"]
        return known
    filed = records.last_filed_head(completion.connection, party)
    if filed is not None:
        return filed
    heads = (_head(row.details) for row in kept)
    return next((head for head in heads if not _same(head, after)), None)


def _changed_in_account(kept: Sequence[KeptDetails], head: Mapping[str, str]) -> KeptDetails | None:
    """The details in which the account got the head that is in force in it, if it was there."""
    changed = None
    for row in kept:
        if not _same(_head(row.details), head):
            break
        changed = row
    return changed if changed is not None and changed.business_key is None else None


def _when_kept(account: KeptDetails | None) -> dict[str, object]:
    if account is None:
        return {}
    at = account.changed_at.isoformat(timespec="seconds")
    return {"kept_at": at, "kept_by": account.changed_by}


def _since(day: str) -> Texts:
    return fill(_SINCE, {"day": show_date(date.fromisoformat(day))})


def _head(details: Mapping[str, Any]) -> dict[str, str]:
    return {"kk": str(details.get("head_kk", "")), "ru": str(details.get("head_ru", ""))}


def _same(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether both are one person, however the letters and spaces are written."""
    return all(
        " ".join(one[language].split()).casefold() == " ".join(other[language].split()).casefold()
        for language in ("kk", "ru")
    )
