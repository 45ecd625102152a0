"""Sending an application of FK-B.03: until when, with which check, one for a profession."""

from __future__ import annotations

from datetime import date

import pytest

from engine.commands import DatedRow, EditDatedTable
from engine.errors import InvalidSubmission
from tests.processes.fk_b03 import SYSTEM, TO_SENT, Office

FILLED = ("fill_details", "fill_application")


def refusal(office: Office, case: str, element: str, **values: object) -> dict[str, str]:
    """What is said at each field; nothing is lost by it."""
    with pytest.raises(InvalidSubmission) as refused:
        office.do(case, element, **values)
    assert office.open(case) == [element]
    assert all(set(texts) == {"kk", "ru", "en"} for texts in refused.value.fields.values())
    return {name: texts["ru"] for name, texts in refused.value.fields.items()}


def ready(office: Office, **values: object) -> str:
    """An application that is ready to be signed."""
    case = office.start()
    office.do(case, "fill_details")
    office.do(case, "fill_application", **values)
    return case


# -- one application for a profession


def test_a_second_application_for_a_profession_is_refused_at_the_form(office: Office) -> None:
    first = ready(office, profession="cook", professional_area="catering")
    office.do(first, "sign_application")
    second = office.start()
    office.do(second, "fill_details")
    cook = {"profession": "cook", "professional_area": "catering"}
    said = refusal(office, second, "fill_application", **cook)
    assert list(said) == ["profession"]
    assert str(office.row(first).business_key) in said["profession"]
    office.do(second, "fill_application", profession="baker", professional_area="catering")
    office.do(second, "sign_application")
    assert office.outcome(second) == ("active", "under_review")


def test_of_two_for_one_profession_the_first_that_is_signed_is_sent(office: Office) -> None:
    first, second = (ready(office, profession="cashier", places=1) for _ in range(2))
    office.do(first, "sign_application")
    said = refusal(office, second, "sign_application")
    assert str(office.row(first).business_key) in said[""]
    office.do(second, "sign_application", sending="edit")
    office.do(second, "fill_details")
    office.do(second, "fill_application", profession="storekeeper")
    office.do(second, "sign_application")
    assert office.outcome(second) == ("active", "under_review")


@pytest.mark.parametrize(
    "ending",
    [
        (("form_demand_supply", {}), ("review_application", {}), ("send_list", {}),
         ("enter_decision", {"decision": "reject", "decision_reason": "Нет средств"})),
        (("form_demand_supply", {}), ("review_application", {"review": "remark"}),
         ("enter_remark", {}), ("advise_employer", {}),
         ("answer_remark", {"response": "withdraw"})),
    ],
    ids=["rejected", "withdrawn"],
)  # fmt: skip
def test_an_application_that_is_over_stands_in_nobodys_way(
    office: Office, ending: tuple[tuple[str, dict[str, object]], ...]
) -> None:
    first = ready(office, profession="cashier")
    office.do(first, "sign_application")
    for element, values in ending:
        office.do(first, element, **values)
    second = ready(office, profession="cashier")
    office.do(second, "sign_application")
    assert office.outcome(second) == ("active", "under_review")


def test_another_centre_takes_an_application_for_the_same_profession(office: Office) -> None:
    first = ready(office, profession="cashier", places=1)
    office.do(first, "sign_application")
    astana = {"region": "710000000", "district": "711110000"}
    second = ready(office, profession="cashier", places=1, **astana)
    office.do(second, "sign_application")
    assert office.outcome(second) == ("active", "under_review")
    assert office.row(first).unit != office.row(second).unit


# -- until when


def test_the_term_of_sending_is_the_due_date_of_each_step(office: Office) -> None:
    case = office.start()
    for element in TO_SENT:
        _, task = office.task(case, element)
        assert task.due_at.isoformat() == "2026-03-17T18:59:59+00:00"
        office.do(case, element)


def test_at_the_counter_the_term_runs_from_the_written_request(office: Office) -> None:
    case = office.begin("specialist-1")
    until = office.queries.instance(SYSTEM, case).variables["send_until"]
    assert until == "2026-03-17T23:59:59+05:00"


@pytest.mark.parametrize("element", ["fill_application", "sign_application"])
def test_after_the_term_it_is_refused_and_nothing_is_lost(office: Office, element: str) -> None:
    case = office.start()
    for each in TO_SENT[: TO_SENT.index(element)]:
        office.do(case, each)
    office.clock.advance(days=16)
    said = refusal(office, case, element)
    assert "до 17.03.2026 23:59:59" in said[""]
    assert office.outcome(case) == ("active", "not_sent")


def test_the_term_is_that_of_the_day_of_the_request_and_staff_change_it(office: Office) -> None:
    before = office.start()
    row = DatedRow(date(2026, 3, 3), None, 2)
    owner = office.person("owner-1").actor
    office.engine.execute(EditDatedTable("fk_b03/terms", "sending", "Order 7", row=row), owner)
    office.clock.advance(days=1)
    after = office.start()
    office.clock.advance(days=3)
    office.walk(before, *TO_SENT)
    assert office.outcome(before) == ("active", "under_review")
    office.do(after, "fill_details")
    assert "до 05.03.2026" in refusal(office, after, "fill_application")[""]


def test_an_application_that_was_sent_has_the_time_of_the_answer(office: Office) -> None:
    case = office.start()
    office.walk(case, *TO_SENT, "form_demand_supply")
    office.clock.advance(days=30)
    office.do(case, "review_application", review="remark")
    office.walk(case, "enter_remark", "advise_employer", "answer_remark", "correct_details")
    office.walk(case, "correct_form", "sign_again")
    assert office.outcome(case) == ("active", "under_review")


def test_a_check_that_has_grown_old_is_made_again_by_editing(office: Office) -> None:
    case = office.start()
    office.walk(case, *FILLED)
    office.clock.advance(days=2)
    assert "«Изменить»" in refusal(office, case, "sign_application")[""]
    office.do(case, "sign_application", sending="edit")
    office.walk(case, *FILLED)
    office.do(case, "sign_application")
    assert office.outcome(case) == ("active", "under_review")


# -- the years


def test_a_year_that_staff_open_can_be_applied_for_that_day(office: Office) -> None:
    with pytest.raises(InvalidSubmission) as refused:
        office.begin(financial_year=2040)
    assert list(refused.value.fields) == ["financial_year"]
    row = DatedRow(date(2026, 3, 2), date(2026, 3, 31), True)
    owner = office.person("owner-1").actor
    office.engine.execute(EditDatedTable("fk_b03/windows", "2040", "Order 7", row=row), owner)
    case = office.begin(financial_year=2040)
    assert office.queries.instance(SYSTEM, case).variables["financial_year"] == 2040


def test_another_ones_enterprise_is_refused_before_anything_is_told_of_it(office: Office) -> None:
    office.start("employer-4", bin="150140001050")
    for bin_ in ("150140001050", "150140000012"):
        with pytest.raises(InvalidSubmission) as refused:
            office.start("employer-2", bin=bin_)
        assert list(refused.value.fields) == ["bin"]
        assert "ни одному из ваших предприятий" in refused.value.fields["bin"]["ru"]
