"""Rows 3.3 to 5.1: the details that a contract carries, and who holds others. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from handlers.fk_b03.application import Requisites
from handlers.shared.texts import Texts

FORM = "fk_b03/forms/details.json"
"""The form of row 1.1: the one place where the details are named."""

_NAMES = tuple(field.name for field in fields(Requisites))
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def signed_last(applications: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """The application that the employer signed last: the contract carries its details (a reading).

    Of two that were signed in one second it is the one that was approved later. One that does not
    say when it was signed (its diagram was deployed before that was passed on) counts as older.
    `applications` are in the order of approval. Raises IndexError where there is none.
    """
    return sorted(applications, key=_filed_at)[-1]


def details_of(
    applications: Sequence[Mapping[str, Any]], label: Callable[[str], Texts]
) -> dict[str, Any]:
    """The details of the contract as plain data, for people to read.

    Gives `{"application", "details": [{"label", "value"}], "others"}`: whose details they are, and
    as `others` the same of each application that holds others, with what differs in it only.
    `label` names a detail by language.
    """
    carried = signed_last(applications)
    others = [(each, _differing(each, carried)) for each in applications]
    return {
        **_shown(carried, _NAMES, label),
        "others": [_shown(each, names, label) for each, names in others if names],
    }


def _filed_at(application: Mapping[str, Any]) -> datetime:
    filed_at = application.get("filed_at")
    return datetime.fromisoformat(filed_at) if filed_at else _LONG_AGO


def _differing(one: Mapping[str, Any], carried: Mapping[str, Any]) -> list[str]:
    return [name for name in _NAMES if one["requisites"][name] != carried["requisites"][name]]


def _shown(
    application: Mapping[str, Any], names: Sequence[str], label: Callable[[str], Texts]
) -> dict[str, Any]:
    details = [{"label": label(name), "value": application["requisites"][name]} for name in names]
    return {"application": application["business_key"], "details": details}
