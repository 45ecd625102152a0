"""The places of FK-B.03: what is offered, which rows decided it, who gets the last ones."""

from __future__ import annotations

import pytest

from engine.commands import CancelProcessInstance
from engine.errors import InvalidSubmission
from tests.processes.fk_b03 import SYSTEM, TO_SENT, Office


def test_how_many_places_there_are_is_worked_out_before_the_form(office: Office) -> None:
    case = office.start(bin="150140000022")
    assert office.open(case) == ["fill_details"]
    detail = office.queries.instance(SYSTEM, case)
    assert detail.variables["places_limit"] == 2
    assert (
        detail.variables["places_offered"]["text"]["kk"] == "Тізімде 12 жұмыскер → ең көбі 2 орын"
    )
    shown = office.queries.fields(office.person("employer-1").actor, office.row(case).definition_id)
    assert shown["places_limit"].labels["ru"] == "Доступно мест"
    office.do(case, "fill_details")
    office.do(case, "fill_application", places=2)
    office.do(case, "sign_application")
    again = office.start(bin="150140000022")
    offered = office.queries.instance(SYSTEM, again).variables["places_offered"]
    assert (offered["taken"], offered["largest"]) == (2, 0)


def test_1_4_which_version_and_which_rows_decided_is_kept_with_the_case(office: Office) -> None:
    case = office.start()
    office.walk(case, *TO_SENT)
    filing = office.queries.instance(SYSTEM, case).variables["filing"]
    assert filing["decisions"] == [
        {"decision": "fk_b03_measures", "version": 1},
        {"decision": "fk_b03_places", "version": 1},
    ]
    made = [each.made for each in office.queries.evaluated_decisions(SYSTEM, case)]
    assert [each.element_id for each in made] == [
        "offer_places",
        "fill_application",
        "fill_application",
        "make_application_document",
        "sign_application",
        "sign_application",
    ]
    rows = {rule.id for each in made[-2:] for table in each.tables for rule in table.rules}
    assert rows == {
        "fk_b03_measures_confirmed_1",
        "fk_b03_measures_of_legal_form_2",
        "fk_b03_rates_1",
        "fk_b03_counted_1",
    }


def test_two_applications_for_the_last_places(office: Office) -> None:
    cases = []
    for profession in ("cashier", "storekeeper"):
        case = office.start(bin="150140000022")
        office.do(case, "fill_details")
        office.do(case, "fill_application", profession=profession, places=2)
        cases.append(case)
    office.do(cases[0], "sign_application")
    with pytest.raises(InvalidSubmission) as refused:
        office.do(cases[1], "sign_application")
    (texts,) = refused.value.fields.values()
    assert set(texts) == {"kk", "ru", "en"}
    assert office.open(cases[1]) == ["sign_application"]


def test_an_operators_cancellation_frees_the_places(office: Office) -> None:
    case = office.start(bin="150140000022")
    office.do(case, "fill_details")
    office.do(case, "fill_application", places=2)
    office.do(case, "sign_application")
    operator = office.person("operator-1").actor
    office.engine.execute(CancelProcessInstance(case, "filed by mistake"), operator)
    assert office.outcome(case)[0] == "cancelled"
    again = office.start(bin="150140000022")
    office.do(again, "fill_details")
    office.do(again, "fill_application", places=2)
    office.do(again, "sign_application")
    assert office.outcome(again) == ("active", "under_review")
