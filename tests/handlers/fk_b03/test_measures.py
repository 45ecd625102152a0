"""Which measures are offered: all eight answers, and the legal form."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.fk_b03.measures import MeasuresOffered, listed_names, measures_offered
from handlers.shared.dated import DatedTable, NoValidRow
from handlers.shared.reference_data import ReferenceData

TODAY = date(2026, 3, 2)


@pytest.fixture
def table(reference_data: ReferenceData) -> DatedTable:
    return reference_data.table("fk_b03/measures")


def _offered(table: DatedTable, answers: str, form: str, day: date = TODAY) -> MeasuresOffered:
    education, medicine, grants = (answer == "1" for answer in answers)
    return measures_offered(
        table,
        day,
        no_education_order=education,
        no_medical_care=medicine,
        no_grants=grants,
        legal_form=form,
    )


@pytest.mark.parametrize(
    ("answers", "legal_entity", "state_institution"),
    [
        ("111", {"PW", "YP", "SW", "SA"}, {"PW", "YP"}),
        ("110", {"SW", "SA"}, set()),
        ("011", {"PW", "YP"}, {"PW", "YP"}),
        ("101", {"PW", "YP"}, {"PW", "YP"}),
        ("001", {"PW", "YP"}, {"PW", "YP"}),
        ("010", set(), set()),
        ("100", set(), set()),
        ("000", set(), set()),
    ],
)
def test_answers_and_form_decide(
    table: DatedTable, answers: str, legal_entity: set[str], state_institution: set[str]
) -> None:
    assert set(_offered(table, answers, "legal_entity").codes) == legal_entity
    assert set(_offered(table, answers, "individual_entrepreneur").codes) == legal_entity
    assert set(_offered(table, answers, "state_institution").codes) == state_institution


def test_both_rows_that_decided_are_kept(table: DatedTable) -> None:
    rules = _offered(table, "111", "state_institution").evidence
    assert [rule["key"] for rule in rules] == ["confirmed/111", "legal_form/state_institution"]


def test_before_the_order_there_is_no_answer(table: DatedTable) -> None:
    with pytest.raises(NoValidRow):
        _offered(table, "111", "legal_entity", date(2023, 6, 29))


def test_names_are_listed_by_language(table: DatedTable) -> None:
    assert listed_names(table, ["SW", "SA"])["kk"] == "әлеуметтік жұмыс орындары, «Күміс жас»"
