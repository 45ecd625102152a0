"""Every status with exactly the actions that it allows: offered, carried out, and refused."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from flask import Flask

from engine.commands import CorrelateMessage, SaveTaskDraft
from engine.errors import InvalidSubmission, NotAllowed
from handlers.shared.registries import EnterpriseRegistry, RegistryUnavailable
from tests.processes.fk_b03 import SYSTEM, Office
from tests.web.cabinet import standing
from web.configuration import ROOT

HOME = ROOT / "bpmn" / "fk_b03"
STATUSES = json.loads((HOME / "statuses.json").read_text(encoding="utf-8"))
ACTIONS = json.loads((HOME / "actions.json").read_text(encoding="utf-8"))
LANGUAGES = ("kk", "ru", "en")
CHECKED = r'value="{}"\s+type="radio" checked'
"""A ticked choice of a page; the value is a pattern."""
SignIn = Callable[..., Any]


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, dict[str, str]]]:
    """One office with a case in every status."""
    opened = Office(tmp_path_factory.mktemp("office"))
    yield opened, {status: bring(opened) for status, bring in standing.STANDING.items()}
    opened.close()


@pytest.fixture
def app(request: pytest.FixtureRequest) -> Flask:
    """The web over the office that the test is about."""
    if "everywhere" in request.fixturenames:
        office = request.getfixturevalue("everywhere")[0]
    else:
        office = request.getfixturevalue("office")
    made: Flask = office.installation.web()
    return made


def employer(office: Office, case: str) -> str:
    """The person whose enterprise a case is for."""
    party = office.row(case).party
    return next(
        str(each.id)
        for each in office.installation.people
        if "employer" in each.groups and party in (each.parties or ())
    )


def address(case: str, action: str) -> str:
    return f"/cabinet/applications/{case}/actions/{action}"


def offered_in_list(browser: Any, number: str, case: str) -> list[str]:
    """The actions of the menu in the case's row."""
    page = browser.get("/cabinet/", query_string={"search": number})
    found: list[str] = re.findall(rf'href="{re.escape(address(case, ""))}(\w+)"', page.text)
    return found


def test_there_is_a_case_in_every_status(everywhere: tuple[Office, dict[str, str]]) -> None:
    office, cases = everywhere
    assert set(cases) == set(STATUSES)
    assert {status: office.row(case).status for status, case in cases.items()} == {
        status: status for status in cases
    }


@pytest.mark.parametrize("status", STATUSES)
def test_the_row_offers_exactly_what_the_status_allows(
    everywhere: tuple[Office, dict[str, str]], sign_in: SignIn, status: str
) -> None:
    office, cases = everywhere
    case = cases[status]
    browser = sign_in(employer(office, case))
    number = office.row(case).business_key
    assert offered_in_list(browser, number, case) == STATUSES[status]["allows"]
    page = browser.get(f"/cabinet/applications/{case}").text
    on_page = re.findall(rf'href="{re.escape(address(case, ""))}(\w+)"', page)
    assert on_page == STATUSES[status]["allows"][1:]


@pytest.mark.parametrize("status", STATUSES)
def test_what_is_allowed_answers_and_the_rest_is_refused_in_words(
    everywhere: tuple[Office, dict[str, str]], sign_in: SignIn, status: str
) -> None:
    office, cases = everywhere
    case, allowed = cases[status], STATUSES[status]["allows"]
    browser = sign_in(employer(office, case))
    before = office.row(case)
    for action in allowed:
        assert browser.get(address(case, action)).status_code in (200, 302), action
    for language in LANGUAGES:
        tokens = browser.tokens(f"/cabinet/start/fk_b03?lang={language}") or browser.tokens(
            "/cabinet/start/fk_b03"
        )
        for action in ACTIONS.keys() - set(allowed):
            by_hand = browser.client.post(address(case, action), data=tokens)
            for answer in (browser.get(address(case, action)), by_hand):
                assert answer.status_code == 409, action
                told = unescape(answer.text)
                assert ACTIONS[action]["names"][language] in told
                assert STATUSES[status]["names"][language] in told
    assert office.row(case) == before


@pytest.mark.parametrize("status", STATUSES)
def test_a_command_that_the_status_does_not_allow_is_refused(
    everywhere: tuple[Office, dict[str, str]], status: str
) -> None:
    office, cases = everywhere
    row = office.row(cases[status])
    actor = office.person(employer(office, row.id)).actor
    messages = {code: each["message"] for code, each in ACTIONS.items() if "message" in each}
    for action in messages.keys() - set(STATUSES[status]["allows"]):
        command = CorrelateMessage(messages[action], row.business_key)
        with pytest.raises((InvalidSubmission, NotAllowed)) as refused:
            office.engine.execute(command, actor)
        if isinstance(refused.value, InvalidSubmission):
            texts = refused.value.fields[""]
            assert all(STATUSES[status]["names"][each] in texts[each] for each in LANGUAGES)
        else:
            nothing_waits = row.state != "active" or row.process_id != "fk_b03"
            assert action == "withdraw" or nothing_waits
    assert office.row(row.id) == row


def test_an_action_that_there_is_not_is_not_found(
    everywhere: tuple[Office, dict[str, str]], sign_in: SignIn
) -> None:
    _office, cases = everywhere
    browser = sign_in("employer-1")
    assert browser.get(address(cases["not_sent"], "eat")).status_code == 404


def test_anothers_application_is_not_found_and_its_message_not_taken(
    everywhere: tuple[Office, dict[str, str]], sign_in: SignIn
) -> None:
    office, cases = everywhere
    case = cases["not_sent"]
    stranger = sign_in("employer-2")
    assert stranger.get(address(case, "delete")).status_code == 404
    answer = stranger.post(address(case, "delete"), page="/cabinet/start/fk_b03")
    assert answer.status_code == 404
    command = CorrelateMessage("fk_b03.delete", office.row(case).business_key)
    for user in ("employer-2", "specialist-1"):
        with pytest.raises(NotAllowed):
            office.engine.execute(command, office.person(user).actor)
    assert office.outcome(case) == ("active", "not_sent")


NOT_SENT = {
    "fill_details": (),
    "fill_application": ("fill_details",),
    "sign_application": ("fill_details", "fill_application"),
}
RETURNED = {
    "answer_remark": (),
    "correct_details": ("answer_remark",),
    "correct_form": ("answer_remark", "correct_details"),
    "sign_again": ("answer_remark", "correct_details", "correct_form"),
}


@pytest.mark.parametrize("element", NOT_SENT)
def test_a_draft_is_deleted_wherever_it_stands(
    office: Office, sign_in: SignIn, element: str
) -> None:
    case = standing.draft(office, *NOT_SENT[element])
    assert office.open(case) == [element]
    browser = sign_in("employer-1")
    asked = browser.get(address(case, "delete"))
    assert "This can&#39;t be undone." in asked.text
    assert office.outcome(case) == ("active", "not_sent"), "asking deletes nothing"
    answer = browser.post(address(case, "delete"))
    assert answer.location == f"/cabinet/applications/{case}"
    assert office.outcome(case) == ("completed", "deleted")
    assert offered_in_list(browser, office.row(case).business_key, case) == ["view"]


def test_a_draft_is_deleted_while_a_registry_is_waited_for(
    office: Office, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = standing.draft(office, "fill_details")
    office.clock.advance(days=4)
    registry = office.engine.surroundings.ports[EnterpriseRegistry]

    def down(name: str, _identifier: str) -> object:
        raise RegistryUnavailable(name, "down")

    monkeypatch.setattr(registry, "ask", down)
    office.do(case, "fill_application", places=1)
    assert (office.open(case), office.outcome(case)) == ([], ("active", "not_sent"))
    browser = sign_in("employer-1", "kk")
    for action in ("edit", "sign_and_send"):
        waits = browser.get(address(case, action))
        assert waits.status_code == 409
        assert "Автоматты қадам" in waits.text
    browser.post(address(case, "delete"))
    office.work()
    assert office.outcome(case) == ("completed", "deleted")
    assert office.queries.incidents(SYSTEM).rows == ()


@pytest.mark.parametrize("element", RETURNED)
def test_a_returned_application_is_withdrawn_wherever_its_correction_stands(
    office: Office, sign_in: SignIn, element: str
) -> None:
    case = standing.returned(office, *RETURNED[element])
    assert office.open(case) == [element]
    sign_in("employer-1").post(address(case, "withdraw"))
    office.work()
    assert office.outcome(case) == ("completed", "withdrawn")


@pytest.mark.parametrize("element", [*NOT_SENT, *RETURNED])
@pytest.mark.parametrize("action", ["edit", "sign_and_send"])
def test_editing_and_sending_lead_to_the_task_that_is_open(
    office: Office, sign_in: SignIn, element: str, action: str
) -> None:
    if element in NOT_SENT:
        case = standing.draft(office, *NOT_SENT[element])
    else:
        case = standing.returned(office, *RETURNED[element])
    task = office.task(case, element)[1].id
    browser = sign_in("employer-1")
    answer = browser.get(address(case, action))
    at_signing = element in ("sign_application", "sign_again")
    if action == "edit" and at_signing:
        assert answer.status_code == 200
        browser.post(address(case, action))
        office.work()
        assert office.open(case) == ["fill_details" if element in NOT_SENT else "answer_remark"]
        return
    assert answer.location.partition("?")[0] == f"/tasks/{task}"
    told = browser.get(answer.location).text
    assert bool(re.search(CHECKED.format("resubmit"), told)) == (element == "answer_remark")
    assert ("This step comes first." in told) == (action == "sign_and_send" and not at_signing)


@pytest.mark.parametrize(
    ("action", "chosen"), [("sign_contract", "sign"), ("decline_contract", "decline")]
)
def test_a_contract_is_signed_or_declined_from_the_row_of_the_application_and_its_own(
    office: Office, sign_in: SignIn, action: str, chosen: str
) -> None:
    """The page has what was pressed ticked, and nothing is completed by it."""
    standing.approved(office)
    office.walk(office.contracts()[-1], "complete_contract")
    case = standing.signing(office)
    contract = office.contracts()[-1]
    task = office.task(contract, "sign_for_contractor")[1].id
    browser = sign_in("employer-1")
    for each in (case, contract):
        leads = browser.get(address(each, action)).location
        assert leads.partition("?")[0] == f"/tasks/{task}"
        assert re.findall(CHECKED.format(r"(\w+)"), browser.get(leads).text) == [chosen]
    assert office.open(contract) == ["sign_for_contractor"]


@pytest.mark.parametrize(
    "named", ["employer_decision:eat", "eat:sign", "decline_reason:sign", "sign", ""]
)
def test_what_a_form_does_not_offer_is_not_chosen_by_an_address(
    everywhere: tuple[Office, dict[str, str]], sign_in: SignIn, named: str
) -> None:
    office, _cases = everywhere
    task, browser = signing_task(office), sign_in("employer-1")
    page = browser.get(f"/tasks/{task}", query_string={"chosen": named})
    assert page.status_code == 200
    assert not re.search(CHECKED.format(r"\w+"), page.text)


def test_a_draft_stays_whatever_an_address_chooses(office: Office, sign_in: SignIn) -> None:
    standing.signing(office)
    task = signing_task(office)
    kept = SaveTaskDraft(task, {"employer_decision": "decline"})
    office.engine.execute(kept, office.person("employer-1").actor)
    address = f"/tasks/{task}?chosen=employer_decision:sign"
    page = sign_in("employer-1").get(address).text
    assert re.findall(CHECKED.format(r"(\w+)"), page) == ["decline"]


def signing_task(office: Office) -> str:
    """A contract's task that the employer signs at."""
    contract = next(
        each for each in office.contracts() if office.open(each) == ["sign_for_contractor"]
    )
    return str(office.task(contract, "sign_for_contractor")[1].id)


def test_a_vacancy_is_published_and_reported_on_from_the_row(
    office: Office, sign_in: SignIn
) -> None:
    case = standing.concluded(office)
    browser = sign_in("employer-1")
    task = office.task(case, "publish_vacancy")[1].id
    assert browser.get(address(case, "publish_vacancy")).location == f"/tasks/{task}"
    office.walk(case, "publish_vacancy")
    task = office.task(case, "report_vacancy")[1].id
    assert browser.get(address(case, "report_vacancy")).location == f"/tasks/{task}"


def test_a_press_sent_twice_is_carried_out_once(office: Office, sign_in: SignIn) -> None:
    case = standing.draft(office)
    browser = sign_in("employer-1")
    tokens = browser.tokens(address(case, "delete"))
    first = browser.client.post(address(case, "delete"), data=tokens)
    assert first.status_code == 302
    again = browser.client.post(address(case, "delete"), data=tokens)
    assert again.status_code == 409
    assert office.outcome(case) == ("completed", "deleted")
