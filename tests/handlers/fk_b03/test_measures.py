"""Which measures are offered: all eight answers, and the legal form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from engine.decided import Decided
from handlers.fk_b03.application import Application
from handlers.fk_b03.decisions import AnswerUnusable, Decide
from handlers.fk_b03.measures import MeasuresOffered, listed_names, measures_offered
from handlers.shared.reference_data import ReferenceData
from handlers.shared.texts import LANGUAGES

TODAY = date(2026, 3, 2)
ALL = ("PW", "YP", "SW", "SA")
NONE: tuple[str, ...] = ()
Apply = Callable[..., Application]


@pytest.fixture
def offered(decide: Decide, apply: Apply) -> Callable[..., MeasuresOffered]:
    """What is offered for three answers (E, M, G) to an enterprise of a form."""

    def ask(answers: str, form: str, day: date = TODAY) -> MeasuresOffered:
        education, medicine, grants = (answer == "1" for answer in answers)
        application = apply(
            no_education_order=education,
            no_medical_care=medicine,
            no_grants=grants,
            legal_form=form,
        )
        return measures_offered(decide, application, day)

    return ask


@pytest.mark.parametrize(
    ("answers", "legal_entity", "state_institution"),
    [
        ("111", ALL, ("PW", "YP")),
        ("110", ("SW", "SA"), NONE),
        ("011", ("YP", "PW"), ("YP", "PW")),
        ("101", ("YP", "PW"), ("YP", "PW")),
        ("001", ("YP", "PW"), ("YP", "PW")),
        ("010", NONE, NONE),
        ("100", NONE, NONE),
        ("000", NONE, NONE),
    ],
)
def test_answers_and_form_decide(
    offered: Callable[..., MeasuresOffered],
    answers: str,
    legal_entity: tuple[str, ...],
    state_institution: tuple[str, ...],
) -> None:
    assert offered(answers, "legal_entity").codes == legal_entity
    assert offered(answers, "individual_entrepreneur").codes == legal_entity
    assert offered(answers, "state_institution").codes == state_institution


@pytest.mark.parametrize(
    ("answers", "form", "parts"),
    [
        ("110", "legal_entity", ["отсутствие грантов"]),
        ("011", "legal_entity", ["отсутствие образовательного заказа"]),
        ("101", "legal_entity", ["медицинская помощь не оказывается"]),
        ("000", "legal_entity", ["образовательного заказа", "грантов", "меры не предлагаются"]),
        ("100", "legal_entity", ["медицинская помощь", "грантов", "меры не предлагаются"]),
        ("111", "state_institution", ["Государственным учреждениям"]),
        ("110", "state_institution", ["отсутствие грантов", "Государственным учреждениям"]),
    ],
)
def test_why_not_all_is_said_in_three_languages(
    offered: Callable[..., MeasuresOffered], answers: str, form: str, parts: list[str]
) -> None:
    reason = offered(answers, form).reason
    assert all(part in reason["ru"] for part in parts)
    assert all(reason[language].endswith(".") for language in LANGUAGES)


def test_where_all_are_offered_nothing_is_to_be_explained(
    offered: Callable[..., MeasuresOffered],
) -> None:
    assert offered("111", "legal_entity").reason == dict.fromkeys(LANGUAGES, "")


def test_an_answer_that_is_not_given_is_not_confirmed(decide: Decide) -> None:
    inputs = {"День подачи": "2026-03-02", "Форма предприятия": "legal_entity"}
    answer = decide("fk_b03_measures", inputs).value
    assert isinstance(answer, dict)
    assert answer["measures"] == []


@pytest.mark.parametrize(("day", "codes"), [("2023-06-29", NONE), ("2023-06-30", ALL)])
def test_the_row_of_the_day_decides(
    offered: Callable[..., MeasuresOffered], day: str, codes: tuple[str, ...]
) -> None:
    assert offered("111", "legal_entity", date.fromisoformat(day)).codes == codes


def test_which_version_decided_is_known(offered: Callable[..., MeasuresOffered]) -> None:
    decided_by = offered("111", "legal_entity").decided_by
    assert decided_by.as_data() == {"decision": "fk_b03_measures", "version": 0}


@pytest.mark.parametrize("value", [None, {"measures": None, "reason": None}])
def test_tables_that_give_no_answer_are_an_error(apply: Apply, value: object) -> None:
    def decide(decision: str, inputs: object) -> Decided:
        return Decided(value, decision, 1)

    with pytest.raises(AnswerUnusable, match="fk_b03_measures"):
        measures_offered(decide, apply(), TODAY)


def test_names_are_those_of_the_form(reference_data: ReferenceData) -> None:
    names = listed_names(reference_data, ["SW", "SA"])
    assert names["kk"] == "Әлеуметтік жұмыс орындары, «Күміс жас»"
