"""What was changed since a remark: the old value and the new one, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.forms import Field
from web.answers import in_words


@dataclass(frozen=True)
class Change:
    """One field: what stood in it, and what does now; empty where nothing."""

    label: str
    before: str
    after: str


def changes_since(
    earlier: Mapping[str, object] | None,
    fields: Iterable[Field],
    values: Mapping[str, object],
    language: str,
) -> list[Change] | None:
    """The fields whose values are others than `earlier`, in their order; None without an earlier.

    A box that was never ticked is the same whether it is false or was not asked for.
    """
    if earlier is None:
        return None
    return [
        Change(each.label(language), _shown(each, earlier[each.name]), _shown(each, now))
        for each in fields
        if each.name in earlier
        for now in [values.get(each.name)]
        if _told(now) != _told(earlier[each.name])
    ]


def _told(value: object) -> object:
    return None if value is False or value == "" else value


def _shown(field: Field, value: object) -> str:
    return "" if value is None or value == "" else in_words(field, value)
