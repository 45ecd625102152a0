"""Whom to ask: the centres' telephone, hours and address, as they are kept in the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from web.context import actor, queries
from web.language import words

Contact = Mapping[str, Any]


def contacts_of(units: Iterable[str | None]) -> list[Contact]:
    """The centres of these units, each once, in the order of their names."""
    known = queries().contacts(actor())
    return _by_name(known[unit] for unit in {unit for unit in units if unit in known} if unit)


def contacts_beside(own: Iterable[Contact]) -> list[Contact]:
    """All the other centres, in the order of their names."""
    shown = list(own)
    return _by_name(each for each in queries().contacts(actor()).values() if each not in shown)


def _by_name(contacts: Iterable[Contact]) -> list[Contact]:
    return sorted(contacts, key=lambda contact: words(contact.get("name")))
