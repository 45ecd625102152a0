"""What the codes of an application are called, from the form and the table of conditions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.fk_b03.application import FORM, Application, Names
from handlers.fk_b03.contract import Place
from handlers.fk_b03.measures import measure_name
from handlers.shared.reference_data import ReferenceData
from handlers.shared.texts import Texts, same


def names_of(reference_data: ReferenceData, application: Application) -> Names:
    """The names of everything that the application holds as a code."""
    forms = reference_data.table("fk_b03/eligibility").extras["legal_forms"]
    return Names(
        legal_form=forms.get(application.legal_form) or same(application.legal_form),
        measure=measure_name(reference_data, application.measure),
        region=reference_data.option_label(FORM, "region", application.region),
        settlement=reference_data.option_label(FORM, "settlement", application.settlement),
        professional_area=reference_data.option_label(
            FORM, "professional_area", application.professional_area
        ),
        profession=profession_name(reference_data, application.profession),
    )


def profession_name(reference_data: ReferenceData, code: object) -> Texts:
    """What the form calls a profession."""
    return reference_data.option_label(FORM, "profession", code)


def place_of(reference_data: ReferenceData, application: Mapping[str, Any]) -> Place:
    """One approved application as a line of the contract. Raises KeyError."""
    return Place(
        business_key=str(application["business_key"]),
        places=application["places"],
        measure=measure_name(reference_data, application["measure"]),
        profession=profession_name(reference_data, application["profession"]),
    )
