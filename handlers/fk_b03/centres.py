"""Which centre an application goes to, by the place of work (S0: the place routes it).

Rows of `fk_b03/centres.json`; the centres themselves are rows of `fk_b03/centre_details.json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.errors import EngineError
from handlers.shared.dated import DatedTable
from handlers.shared.texts import Texts


class NoCentre(EngineError):
    """No centre serves the place, or none has the code."""


@dataclass(frozen=True)
class Centre:
    """A labour mobility centre (career centre): the customer of the contract.

    Texts are by language; `code` is the unit that its staff belong to.
    """

    code: str
    bin: str
    name: Texts
    head: Texts
    address: Texts
    bank: Texts
    hours: Texts
    iban: str
    bic: str
    kbe: str
    phone: str
    email: str
    site: str


def centre_code(table: DatedTable, kato: str, day: date) -> str:
    """The centre for a KATO code (up to nine digits): the longest prefix decides.

    Raises NoCentre.
    """
    rows = table.in_force(day)
    for length in range(len(kato), 0, -1):
        row = rows.get(f"kato/{kato[:length]}")
        if row is not None:
            return str(row.value)
    raise NoCentre(f"Expected a centre for the place {kato!r} on {day}, but there is none")


def centre(table: DatedTable, code: str, day: date) -> Centre:
    """The centre of the code as its details are on the day. Raises NoCentre."""
    row = table.in_force(day).get(code)
    if row is None:
        raise NoCentre(f"Expected centre {code!r} in {table.name} on {day}, but there is none")
    entry: Mapping[str, Any] = row.value
    return Centre(code=code, **entry)
