"""What the codes of an application are called: by the classifiers, the form, the conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.fk_b03.application import Application, Names
from handlers.fk_b03.contract import Place
from handlers.fk_b03.eligibility import TABLE
from handlers.fk_b03.measures import measure_name
from handlers.shared.classifiers import ClassifiersOnDay
from handlers.shared.reference_data import ReferenceData
from handlers.shared.texts import LANGUAGES, Texts, same

KATO, PROFESSIONS = "kato", "professions"
"""The classifiers that an application names its place and its profession by."""


def names_of(
    reference_data: ReferenceData, classifiers: ClassifiersOnDay, application: Application
) -> Names:
    """The names of everything that the application holds as a code."""
    return Names(
        legal_form=legal_form_name(reference_data, application.legal_form),
        measure=measure_name(reference_data, application.measure),
        place=_place_name(classifiers, application),
        professional_area=classifiers.name(PROFESSIONS, application.professional_area),
        profession=profession_name(classifiers, application.profession),
    )


def legal_form_name(reference_data: ReferenceData, code: str) -> Texts:
    """What the conditions call a legal form."""
    forms = reference_data.table(TABLE).extras["legal_forms"]
    return forms.get(code) or same(code)


def profession_name(classifiers: ClassifiersOnDay, code: object) -> Texts:
    """What the classifier calls a profession."""
    return classifiers.name(PROFESSIONS, str(code))


def _place_name(classifiers: ClassifiersOnDay, application: Application) -> Texts:
    """Region, district and settlement, as far as they were given."""
    codes = (application.region, application.district, application.settlement)
    names = [classifiers.name(KATO, code) for code in codes if code]
    return {language: ", ".join(name[language] for name in names) for language in LANGUAGES}


def place_of(
    reference_data: ReferenceData, classifiers: ClassifiersOnDay, application: Mapping[str, Any]
) -> Place:
    """One approved application as a line of the contract. Raises KeyError."""
    return Place(
        business_key=str(application["business_key"]),
        places=application["places"],
        measure=measure_name(reference_data, application["measure"]),
        profession=profession_name(classifiers, application["profession"]),
        settlement=classifiers.name(KATO, str(application["settlement"])),
    )
