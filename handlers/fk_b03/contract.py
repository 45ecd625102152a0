"""Rows 3.3 to 5.1: the data of the contract, from one or more approved applications. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from engine.errors import EngineError
from handlers.fk_b03.application import Requisites
from handlers.fk_b03.centres import Centre
from handlers.fk_b03.contract_details import signed_last
from handlers.shared.texts import Texts, show_date, show_sum


class ApplicationsDiffer(EngineError):
    """There is no application, or they are not of one employer, centre and year."""


@dataclass(frozen=True)
class ContractTerms:
    """What row 3.4 enters: the number, the sum in tenge, the last day."""

    number: str
    amount: Decimal
    end_date: date

    @classmethod
    def of(cls, number: str, amount: float | int, end_date: str) -> ContractTerms:
        """From the form's values; `end_date` is ISO 8601. Raises ValueError."""
        return cls(number, Decimal(str(amount)), date.fromisoformat(end_date))


@dataclass(frozen=True)
class Place:
    """A line of the contract: one approved application with the names of its codes."""

    business_key: str
    places: int
    measure: Texts
    profession: Texts
    settlement: Texts


@dataclass(frozen=True)
class Parties:
    """Whose applications they are, for which centre and year."""

    bin: str
    centre: str
    financial_year: int
    requisites: Requisites


def parties_of(applications: Sequence[Mapping[str, Any]]) -> Parties:
    """The one employer, centre and year of the applications, details as in the one signed last.

    Raises ApplicationsDiffer, KeyError for a field that is missing.
    """
    keys = {(item["bin"], item["centre"], item["financial_year"]) for item in applications}
    if len(keys) != 1:
        raise ApplicationsDiffer(
            "Expected approved applications of one employer, centre and year, "
            f"but found {sorted(keys) or 'none'}"
        )
    identifier, centre, year = keys.pop()
    requisites = Requisites.of(signed_last(applications)["requisites"])
    return Parties(identifier, centre, year, requisites)


def places_total(applications: Sequence[Mapping[str, Any]]) -> int:
    """All places of the contract."""
    return sum(item["places"] for item in applications)


def places_by_profession(places: Sequence[Place]) -> list[tuple[Texts, int]]:
    """How many places each profession has in all the applications together, in their order."""
    names = {place.profession["ru"]: place.profession for place in places}
    return [
        (names[key], sum(each.places for each in places if each.profession["ru"] == key))
        for key in names
    ]


def lines_of(
    places: Sequence[Place], kept: Sequence[Mapping[str, Any]], now: datetime
) -> list[dict[str, Any]]:
    """The lines as plain data, for people to read; `joined_at` stays what it was in `kept`."""
    joined = {line["application"]: line["joined_at"] for line in kept}
    return [
        {
            "application": place.business_key,
            "profession": place.profession,
            "measure": place.measure,
            "settlement": place.settlement,
            "places": place.places,
            "joined_at": joined.get(place.business_key, now.isoformat()),
        }
        for place in places
    ]


def contract_data(
    parties: Parties,
    centre: Centre,
    places: Sequence[Place],
    terms: ContractTerms | None,
    day: date,
) -> dict[str, object]:
    """The data of `contract.typ`; without `terms` it is a draft with lines left open.

    `day` is the day on which the document is made.
    """
    return {
        "draft": terms is None,
        "date": show_date(day),
        "financial_year": str(parties.financial_year),
        "number": terms.number if terms else "",
        "sum": show_sum(terms.amount) if terms else "",
        "end_date": show_date(terms.end_date) if terms else "",
        "places_total": str(sum(place.places for place in places)),
        "kk": _in_language("kk", parties, centre, places),
        "ru": _in_language("ru", parties, centre, places),
    }


def _in_language(
    language: str, parties: Parties, centre: Centre, places: Sequence[Place]
) -> dict[str, object]:
    return {
        "customer": {
            "name": centre.name[language],
            "head": centre.head[language],
            "address": centre.address[language],
            "bank": centre.bank[language],
            "bin": centre.bin,
            "iban": centre.iban,
            "bic": centre.bic,
            "kbe": centre.kbe,
            "phone": centre.phone,
            "email": centre.email,
        },
        "contractor": {"bin": parties.bin, **parties.requisites.in_language(language)},
        "places": [
            {
                "measure": place.measure[language],
                "profession": place.profession[language],
                "places": str(place.places),
                "application": place.business_key,
            }
            for place in places
        ],
        "professions": [
            {"profession": profession[language], "places": str(total)}
            for profession, total in places_by_profession(places)
        ],
    }
