"""Rows 3.1 and 3.2: the data of the centre's decision as a document. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from handlers.fk_b03.centres import Centre
from handlers.fk_b03.check_documents import DOCUMENT_LANGUAGES
from handlers.fk_b03.contract import Place
from handlers.shared.texts import ALMATY, Texts, show_date, show_moment


@dataclass(frozen=True)
class Decided:
    """What was decided, in the form's words by language; by whom and when, where that is known."""

    decision: Texts
    reason: str
    decided_by: Mapping[str, str]
    decided_at: datetime


def decision_data(
    application: Mapping[str, Any], place: Place, centre: Centre, decided: Decided
) -> dict[str, object]:
    """The data of `decision.typ`. `application` is the payload of an application."""
    requisites = application["requisites"]
    return {
        "number": place.business_key,
        "date": show_date(decided.decided_at.astimezone(ALMATY).date()),
        "bin": application["bin"],
        "financial_year": str(application["financial_year"]),
        "places": str(place.places),
        "reason": decided.reason,
        "decided_at": show_moment(decided.decided_at),
        **{
            language: {
                "name": requisites[f"name_{language}"],
                "measure": place.measure[language],
                "profession": place.profession[language],
                "decision": decided.decision[language],
                "centre": centre.name[language],
                "decided_by": decided.decided_by.get(language) or "—",
            }
            for language in DOCUMENT_LANGUAGES
        },
    }
