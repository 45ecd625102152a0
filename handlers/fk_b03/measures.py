"""Which measures an enterprise may choose: by its three confirmations and its legal form.

Source: the employer's guide (S0), section 3, and readings; the tables of `fk_b03/measures.dmn`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handlers.fk_b03.application import FORM, Application
from handlers.fk_b03.decisions import AnswerUnusable, Decide, DecidedBy, answer_of
from handlers.shared.reference_data import ReferenceData
from handlers.shared.texts import LANGUAGES, Texts

DECISION = "fk_b03_measures"


@dataclass(frozen=True)
class MeasuresOffered:
    """Codes (PW, YP, SW, SA) in the order of the table; `reason` says why not all of them.

    Where all are offered, the texts of `reason` are empty.
    """

    codes: tuple[str, ...]
    reason: Texts
    decided_by: DecidedBy


def measures_offered(decide: Decide, application: Application, day: date) -> MeasuresOffered:
    """The measures open to an enterprise on the day; none at all is a valid answer.

    A confirmation that is not given counts as not confirmed. Raises DecisionFailed,
    AnswerUnusable.
    """
    inputs = {
        "День подачи": day.isoformat(),
        "Форма предприятия": application.legal_form,
        "Нет образовательного заказа": application.no_education_order,
        "Нет медицинской помощи": application.no_medical_care,
        "Нет грантов": application.no_grants,
    }
    answer, decided_by = answer_of(decide, DECISION, inputs)
    codes = answer["measures"]
    if not isinstance(codes, list):
        raise AnswerUnusable(f"Expected decision {DECISION} to list measures, but it gave {answer}")
    return MeasuresOffered(tuple(codes), dict(answer["reason"]), decided_by)


def measure_name(reference_data: ReferenceData, code: object) -> Texts:
    """What the form calls a measure, by language."""
    return reference_data.option_label(FORM, "measure", code)


def listed_names(reference_data: ReferenceData, codes: Iterable[str]) -> Texts:
    """The names of several measures in one line, by language."""
    names = [measure_name(reference_data, code) for code in codes]
    return {language: ", ".join(name[language] for name in names) for language in LANGUAGES}
