"""The contract on the pages of both sides and of the staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.counting import counted
from tests.processes.fk_b03 import DETAILS, TO_APPROVED, Office

pytestmark = pytest.mark.usefixtures("office")
SignIn = Callable[..., Any]


def approved(office: Office, profession: str, places: int) -> str:
    case = office.start()
    office.do(case, "fill_details")
    office.do(case, "fill_application", profession=profession, places=places)
    office.walk(case, *TO_APPROVED[2:])
    return case


def key(office: Office, instance_id: str) -> str:
    return str(office.row(instance_id).business_key)


def test_it_stands_in_each_application_with_ways_there_and_back(
    office: Office, sign_in: SignIn
) -> None:
    alone = approved(office, "cashier", 1)
    (other,) = office.contracts()
    office.do(other, "complete_contract")
    first, second = approved(office, "storekeeper", 2), approved(office, "sales_assistant", 3)
    contract = office.contracts()[-1]
    employer = sign_in("employer-1")
    page = employer.get(f"/cabinet/applications/{first}").text
    assert f"/cabinet/applications/{contract}" in page
    assert f"/cabinet/applications/{second}" in page
    assert f"/cabinet/applications/{alone}" not in page
    page = employer.get(f"/cabinet/applications/{contract}").text
    for case in (first, second):
        assert f'href="/cabinet/applications/{case}"' in page
    assert key(office, alone) not in page
    staff = sign_in("specialist-1").get(f"/instances/{first}").text
    assert f'href="/instances/{contract}"' in staff


def test_an_application_in_no_contract_shows_none(office: Office, sign_in: SignIn) -> None:
    approved(office, "cashier", 1)
    case = office.start()
    page = sign_in("employer-1").get(f"/cabinet/applications/{case}").text
    assert "Applications in this contract" not in page
    assert "This is waiting for you" in page


def test_only_the_own_contract_waits_in_an_application(office: Office, sign_in: SignIn) -> None:
    first = approved(office, "cashier", 1)
    (contract,) = office.contracts()
    office.walk(contract, "complete_contract", "sign_for_customer")
    second = approved(office, "storekeeper", 1)
    task = f"/tasks/{office.task(contract, 'sign_for_contractor')[1].id}"
    employer = sign_in("employer-1")
    assert task in employer.get(f"/cabinet/applications/{first}").text
    assert task not in employer.get(f"/cabinet/applications/{second}").text


def test_an_application_that_waits_for_its_contract_says_by_when(
    office: Office, sign_in: SignIn
) -> None:
    case = approved(office, "cashier", 1)
    (contract,) = office.contracts()
    office.walk(contract, "complete_contract", "sign_for_customer")
    employer = sign_in("employer-1")
    page = employer.get(f"/cabinet/applications/{case}").text
    now = page[page.index("What happens now") : page.index("Applications in this contract")]
    assert "10 March 2026" in now
    home = employer.get("/cabinet/").text
    row = home[home.index(f'href="/cabinet/applications/{case}"') :]
    assert "10 March 2026" in row[: row.index("</tr>")]


def test_a_return_says_why_what_was_changed_and_which_applications_joined(
    office: Office, sign_in: SignIn
) -> None:
    approved(office, "cashier", 1)
    (contract,) = office.contracts()
    office.do(contract, "complete_contract")
    office.do(
        contract, "sign_for_customer", director_decision="return", director_comment="Сумма неверна"
    )
    office.clock.advance(minutes=5)
    joined = approved(office, "storekeeper", 2)
    assert office.contracts() == [contract]
    task = office.task(contract, "complete_contract")[1].id
    page = sign_in("specialist-1").get(f"/tasks/{task}").text
    sent_back = page[page.index("Sent back for changes") : page.index("</dl>", page.index("added"))]
    assert "Сумма неверна" in sent_back
    assert "Demo Director 1" in sent_back
    assert key(office, joined) in sent_back
    assert "1 080 000" not in sent_back.replace("\N{NO-BREAK SPACE}", " ")
    office.clock.advance(minutes=5)
    office.do(contract, "complete_contract", contract_sum=900000)
    task = office.task(contract, "sign_for_customer")[1].id
    page = sign_in("director-1").get(f"/tasks/{task}").text.replace("\N{NO-BREAK SPACE}", " ")
    sent_back = page[page.index("Sent back for changes") :]
    assert sent_back.index("1,080,000") < sent_back.index("900,000")


def test_the_employer_gets_the_contract_and_none_of_its_drafts(
    office: Office, sign_in: SignIn
) -> None:
    approved(office, "cashier", 1)
    (contract,) = office.contracts()
    office.walk(contract, "complete_contract", "sign_for_customer")
    task = office.task(contract, "sign_for_contractor")[1].id
    employer = sign_in("employer-1")
    for page in (f"/tasks/{task}", f"/cabinet/applications/{contract}"):
        html = employer.get(page).text
        assert "Draft contract" not in html
        assert html.count("Who signed, and what was checked") == 1, page
    assert "Draft contract" in sign_in("specialist-1").get(f"/instances/{contract}").text


def test_who_has_to_sign_is_addressed_and_the_history_keeps_the_row_of_the_map(
    office: Office, sign_in: SignIn
) -> None:
    case = approved(office, "cashier", 1)
    (contract,) = office.contracts()
    office.walk(contract, "complete_contract", "sign_for_customer")
    employer, staff = sign_in("employer-1"), sign_in("specialist-1")
    for page in ("/cabinet/", f"/cabinet/applications/{case}", f"/cabinet/applications/{contract}"):
        asked = employer.get(page).text.partition("Progress of the application")[0]
        assert "Sign the contract or decline it" in asked, page
        assert "Signs the contract / declines" not in asked, page
    history = staff.get(f"/instances/{contract}").text
    assert "Checks and signs the contract / Sends it back" in history
    page = employer.get(f"/cabinet/applications/{case}").text
    progress = page[page.index("Progress of the application") :]
    stages = progress.split("q-timeline__now")
    assert len(stages) == 2 and "5. Signing by the contractor" in stages[1].split("</li>")[0]


def test_which_way_was_taken_is_told(office: Office, sign_in: SignIn) -> None:
    case = office.start()
    office.walk(case, *TO_APPROVED[:-1])
    specialist = sign_in("specialist-1")
    task = office.task(case, "enter_decision")[1].id
    answer = specialist.post(f"/tasks/{task}", decision="approve")
    told = specialist.get(answer.location).text
    assert "Enter the centre&#39;s decision on the applications. Chosen: Approve." in told


def test_what_is_signed_is_not_listed_again_beside_it(office: Office, sign_in: SignIn) -> None:
    approved(office, "cashier", 1)
    (contract,) = office.contracts()
    office.do(contract, "complete_contract")
    task = office.task(contract, "sign_for_customer")[1].id
    page = sign_in("director-1").get(f"/tasks/{task}").text
    assert page.count('aria-label="Download: Contract"') == 1
    assert page.count('aria-label="Download: Draft contract"') == 1


def test_a_draft_that_was_made_anew_is_listed_once(office: Office, sign_in: SignIn) -> None:
    approved(office, "cashier", 1)
    approved(office, "storekeeper", 2)
    (contract,) = office.contracts()
    page = sign_in("specialist-1").get(f"/instances/{contract}").text
    shown, _, earlier = page.partition("Earlier versions")
    assert shown.count('aria-label="Download: Draft contract"') == 1
    assert earlier.count('aria-label="Download: Draft contract"') == 1


def test_both_signatures_are_offered_when_it_is_concluded(office: Office, sign_in: SignIn) -> None:
    case = approved(office, "cashier", 1)
    (contract,) = office.contracts()
    office.walk(contract, "complete_contract", "sign_for_customer")
    employer = sign_in("employer-1")
    assert "Contract with both signatures" not in employer.get(f"/cabinet/applications/{case}").text
    office.do(contract, "sign_for_contractor")
    page = employer.get(f"/cabinet/applications/{case}").text
    assert "Contract with both signatures" in page
    assert "Concluded on 2 March 2026" in page


def test_of_what_has_ended_it_is_said_whether_it_was_the_application_or_the_contract(
    office: Office, sign_in: SignIn
) -> None:
    case = approved(office, "cashier", 1)
    (contract,) = office.contracts()
    office.walk(contract, "complete_contract", "sign_for_customer")
    declined = {"employer_decision": "decline", "decline_reason": "No longer needed"}
    office.do(contract, "sign_for_contractor", **declined)
    employer = sign_in("employer-1")
    page = employer.get(f"/cabinet/applications/{case}").text
    assert "Nothing more: the application has ended on" in page
    page = employer.get(f"/cabinet/applications/{contract}").text
    assert "Nothing more: this case has ended on" in page


def test_more_applications_that_wait_for_contracts_take_no_more_statements(
    office: Office, sign_in: SignIn
) -> None:
    def asked() -> int:
        employer = sign_in("employer-1")
        employer.get("/cabinet/")
        with counted(office.engine.database.reader) as counts:
            assert employer.get("/cabinet/").status_code == 200
        return counts.total

    approved(office, "cashier", 1)
    office.do(office.contracts()[0], "complete_contract")
    one = asked()
    approved(office, "storekeeper", 2)
    approved(office, "sales_assistant", 3)
    assert asked() == one


PANEL = "Details of the enterprise in the contract"
WARNING = "The applications in this contract hold different details."


def test_the_details_of_the_contract_are_shown_with_a_warning_where_applications_differ(
    office: Office, sign_in: SignIn
) -> None:
    first, second = office.start(), office.start()
    old, new = "г. Алматы, ул. Старая, 1", "г. Алматы, ул. Новая, 2"
    office.do(first, "fill_details", address_ru=old)
    office.do(second, "fill_details", address_ru=new)
    office.walk(first, *TO_APPROVED[1:3])
    office.clock.advance(minutes=5)
    office.walk(second, *TO_APPROVED[1:])
    office.walk(first, *TO_APPROVED[3:])
    (contract,) = office.contracts()
    for element, user in (
        ("complete_contract", "specialist-1"),
        ("sign_for_customer", "director-1"),
        ("sign_for_contractor", "employer-1"),
    ):
        task = office.task(contract, element)[1].id
        page = sign_in(user).get(f"/tasks/{task}").text
        warning, _, panel = page[page.index(WARNING) :].partition(PANEL)
        assert f"those of application {key(office, second)}" in warning, element
        assert f"{key(office, first)}</dt>" in warning, element
        assert f"Legal address (in Russian): {old}" in warning, element
        assert "Legal address (in Kazakh)" not in warning, element
        panel = panel[: panel.index("</dl>")]
        assert panel.count("<dt>") == 13, element
        assert new in panel and old not in panel, element
        assert DETAILS["iban"] in panel and DETAILS["head_kk"] in panel, element
        office.do(contract, element)
    concluded = sign_in("employer-1").get(f"/cabinet/applications/{contract}").text
    assert PANEL in concluded and WARNING not in concluded


@pytest.mark.parametrize(
    ("language", "heading", "warning"),
    [
        ("kk", "Шарттағы кәсіпорын деректемелері", "деректемелер әртүрлі"),
        ("ru", "Реквизиты предприятия в Договоре", "указаны разные реквизиты"),
        ("en", PANEL, WARNING),
    ],
)
def test_details_that_are_alike_give_no_warning(
    office: Office, sign_in: SignIn, language: str, heading: str, warning: str
) -> None:
    approved(office, "cashier", 1)
    approved(office, "storekeeper", 2)
    task = office.task(office.contracts()[0], "complete_contract")[1].id
    page = sign_in("specialist-1", language).get(f"/tasks/{task}").text
    assert heading in page
    assert warning not in page
