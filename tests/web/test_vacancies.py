"""The vacancy on the pages of its employer and of the staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.processes.fk_b03 import VACANCY, Office

pytestmark = pytest.mark.usefixtures("office")
SignIn = Callable[..., Any]


def test_when_the_system_publishes_it_by_itself_is_said_in_words(
    office: Office, sign_in: SignIn
) -> None:
    case = office.concluded()
    said = "the portal publishes it from the application: 5 March 2026, 09:00"
    employer = sign_in("employer-1")
    assert said in employer.get(f"/cabinet/applications/{case}").text
    task = employer.get(f"/tasks/{office.task(case, 'publish_vacancy')[1].id}").text
    assert said in task
    above = task[task.index(said) : task.index('id="task-form"')]
    assert "Youth practice" in above


def test_it_says_until_when_and_whom_to_ask(office: Office, sign_in: SignIn) -> None:
    case = office.concluded()
    office.do(case, "publish_vacancy", duties="Стоять на кассе")
    page = sign_in("employer-1").get(f"/cabinet/applications/{case}").text
    assert "Published until and including 30 May 2026" in page
    assert "then it goes to the archive by itself" in page
    assert "31 May 2026" not in page, "there is one last day"
    assert "The contract ends on" not in page
    assert "90 calendar days" in page
    assert "Published by the employer: 2 March 2026" in page
    assert "Стоять на кассе" in page
    assert "+7 727 000 00 02" in page
    assert "Not monitored yet" not in page, "monitoring is the staff's"


def test_one_that_would_outlive_its_contract_says_when_that_ends(
    office: Office, sign_in: SignIn
) -> None:
    case = office.approved()
    contract = office.contracts()[-1]
    office.do(contract, "complete_contract", contract_end_date="2026-04-30")
    office.walk(contract, "sign_for_customer", "sign_for_contractor")
    employer = sign_in("employer-1")
    form = employer.get(f"/tasks/{office.task(case, 'publish_vacancy')[1].id}").text
    assert 'value="2026-04-30"' in form
    assert "withdraw the vacancy by this day" in form
    office.do(case, "publish_vacancy")
    page = employer.get(f"/cabinet/applications/{case}").text
    assert "The contract ends on 30 April 2026, before the publication does" in page


@pytest.mark.parametrize(
    ("language", "told"),
    [("kk", "кемінде 85"), ("ru", "не меньше 85"), ("en", "at least 85")],
)
def test_a_wage_below_the_minimum_is_refused_at_its_field(
    office: Office, sign_in: SignIn, language: str, told: str
) -> None:
    case = office.concluded()
    address = f"/tasks/{office.task(case, 'publish_vacancy')[1].id}"
    refused = sign_in("employer-1", language).post(address, **{**VACANCY, "salary": "5"})
    assert refused.status_code == 422
    assert told in refused.text[refused.text.index('id="field-salary-error"') :][:300]
    assert office.open(case) == ["publish_vacancy"]


def test_every_monitoring_is_kept_for_the_staff_the_newest_first(
    office: Office, sign_in: SignIn
) -> None:
    case = office.concluded()
    office.do(case, "publish_vacancy")
    analyst = sign_in("analyst-1")
    for note in ("Ищут", "Нашли"):
        office.clock.advance(days=15)
        office.work()
        page = analyst.get(f"/tasks/{office.task(case, 'monitor_vacancy')[1].id}").text
        assert "What was found" in page
        assert (note == "Ищут") == ("Not monitored yet" in page)
        outcome = "relevant" if note == "Ищут" else "not_relevant"
        office.do(case, "monitor_vacancy", relevance=outcome, monitoring_note=note)
    page = sign_in("specialist-1").get(f"/instances/{case}").text
    assert page.index("Нашли") < page.index("Ищут")
    assert page.count("Нашли") == 1, "it is not told again among the facts"
    assert "Нашли" not in sign_in("employer-1").get(f"/cabinet/applications/{case}").text


def test_one_that_is_over_says_so(office: Office, sign_in: SignIn) -> None:
    case = office.concluded()
    office.do(case, "publish_vacancy")
    office.do(case, "report_vacancy", vacancy_outcome="withdrawn")
    page = sign_in("employer-1").get(f"/cabinet/applications/{case}").text
    assert "It is no longer published." in page
    assert "Published until" not in page
