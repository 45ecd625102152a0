"""Rows 1.1 and 1.2: what the employer states, and the data of the application document (1.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Protocol

from handlers.fk_b03.centres import Centre
from handlers.shared.texts import Texts, show_date

CONFIRMATIONS = ("no_education_order", "no_medical_care", "no_grants")
CATEGORIES = ("for_students", "for_disabled")
FORM = "fk_b03/forms/application.json"
"""The form of row 1.2: the one place where measures are named."""


class Case(Protocol):
    """A case as a job, a completion or an erasure names it."""

    @property
    def business_key(self) -> str | None: ...

    @property
    def instance_id(self) -> str: ...


def number_of(case: Case) -> str:
    """The number of an application: its business key; without one, the id of its instance."""
    return case.business_key or case.instance_id


@dataclass(frozen=True)
class Requisites:
    """The enterprise's details in Kazakh and in Russian (row 1.1)."""

    name_kk: str
    name_ru: str
    address_kk: str
    address_ru: str
    head_kk: str
    head_ru: str
    bank_kk: str
    bank_ru: str
    iban: str
    bic: str
    kbe: str
    phone: str
    email: str

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Requisites:
        """Picks them from variables or a payload. Raises KeyError for the first one missing."""
        return cls(**{field.name: values[field.name] for field in fields(cls)})

    def in_language(self, language: str) -> dict[str, str]:
        """Name, address, head and bank in one language (`kk` or `ru`), with what has none."""
        return {
            "name": getattr(self, f"name_{language}"),
            "address": getattr(self, f"address_{language}"),
            "head": getattr(self, f"head_{language}"),
            "bank": getattr(self, f"bank_{language}"),
            "iban": self.iban,
            "bic": self.bic,
            "kbe": self.kbe,
            "phone": self.phone,
            "email": self.email,
        }


@dataclass(frozen=True)
class Application:
    """The form of row 1.2 with what the check found out.

    `region`, `district` and `settlement` are KATO codes: the one that is there last is the place of
    work (a district of a city has no settlements). `measure` is PW, YP, SW or SA; a confirmation or
    category that is not ticked is False.
    """

    bin: str
    financial_year: int
    legal_form: str
    listed_headcount: int
    region: str
    measure: str
    professional_area: str
    profession: str
    places: int
    district: str = ""
    settlement: str = ""
    no_education_order: bool = False
    no_medical_care: bool = False
    no_grants: bool = False
    for_students: bool = False
    for_disabled: bool = False

    @property
    def place(self) -> str:
        """The KATO code of the place of work, as exactly as it was given."""
        return self.settlement or self.district or self.region

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Application:
        """Picks it from variables; null counts as not given. Raises KeyError if one is missing."""
        given = {
            field.name: values[field.name]
            for field in fields(cls)
            if values.get(field.name) is not None
        }
        missing = {field.name for field in fields(cls)} - given.keys()
        missing -= {*CONFIRMATIONS, *CATEGORIES, "district", "settlement"}
        if missing:
            raise KeyError(min(missing))
        return cls(**given)


def approved_payload(
    application: Application, requisites: Requisites, *, business_key: str, centre: str
) -> dict[str, Any]:
    """The application as plain data: what the contract and the vacancy are made of."""
    return {
        "business_key": business_key,
        "bin": application.bin,
        "centre": centre,
        "financial_year": application.financial_year,
        "measure": application.measure,
        "professional_area": application.professional_area,
        "profession": application.profession,
        "places": application.places,
        "region": application.region,
        "settlement": application.place,
        "for_students": application.for_students,
        "for_disabled": application.for_disabled,
        "requisites": asdict(requisites),
    }


@dataclass(frozen=True)
class Names:
    """What the codes of an application are called, by language."""

    legal_form: Texts
    measure: Texts
    place: Texts
    professional_area: Texts
    profession: Texts


def application_data(
    application: Application,
    requisites: Requisites,
    names: Names,
    centre: Centre,
    *,
    number: str,
    places_limit: int | None,
    day: date,
    representation: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """The data of `application.typ`: Kazakh and Russian side by side under `kk` and `ru`.

    `number` is the business key, `day` the day on which the document is made. `representation`
    says who files for the enterprise, where that is not its head.
    """
    return {
        "number": number,
        "date": show_date(day),
        "financial_year": str(application.financial_year),
        "bin": application.bin,
        "places": str(application.places),
        "places_limit": "—" if places_limit is None else str(places_limit),
        "listed_headcount": str(application.listed_headcount),
        "confirmations": {name: getattr(application, name) for name in CONFIRMATIONS},
        "categories": {name: getattr(application, name) for name in CATEGORIES},
        "kk": _in_language("kk", requisites, names, centre, representation or {}),
        "ru": _in_language("ru", requisites, names, centre, representation or {}),
    }


def _in_language(
    language: str,
    requisites: Requisites,
    names: Names,
    centre: Centre,
    representation: Mapping[str, str],
) -> dict[str, object]:
    return {
        "centre": centre.name[language],
        "requisites": requisites.in_language(language),
        "legal_form": names.legal_form[language],
        "measure": names.measure[language],
        "place": names.place[language],
        "professional_area": names.professional_area[language],
        "profession": names.profession[language],
        "representation": representation.get(language, ""),
    }
