"""The pages over the real engine and the real FK-B.03: from the sign-in to the vacancy."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.processes.fk_b03 import (
    ANSWERS,
    BIN,
    FAILS_SOCIAL_PAYMENTS,
    REGISTRY_DOWN,
    SYSTEM,
    Office,
)
from tests.support.posted import as_posted

pytestmark = pytest.mark.usefixtures("office")
SignIn = Callable[..., Any]


def main_of(answer: Any) -> str:
    """What a page says, without its frame."""
    found = re.search(r"<main.*?</main>", answer.text, re.DOTALL)
    assert found is not None
    return found[0]


def begin(office: Office, browser: Any, user: str = "employer-1", **values: str) -> str:
    """Starts an application by its pages and signs its request; returns its id."""
    data = {"financial_year": "2026", "bin": BIN} | values
    answer = browser.post("/cabinet/start/fk_b03", **data)
    assert answer.status_code == 302, answer.text
    assert answer.location.endswith("/check")
    office.work()
    case = str(answer.location).split("/")[-2]
    assert do(office, browser, case, "request_check", user).location == answer.location
    return case


def open_task(office: Office, instance_id: str, element: str, user: str) -> str:
    return str(office.task(instance_id, element, user)[1].id)


def do(office: Office, browser: Any, instance_id: str, element: str, user: str) -> Any:
    """Does a task by its page with the usual answer, and signs where the page asks for it."""
    task_id = open_task(office, instance_id, element, user)
    data = as_posted(office.answer(instance_id, element))
    answer = browser.post(f"/tasks/{task_id}", **data)
    if answer.status_code == 302 and answer.location.endswith("/review"):
        answer = browser.post(f"/tasks/{task_id}", answer.location, **data, press="send")
    if answer.status_code == 200:
        assert 'name="way" value="demo"' in answer.text
        answer = browser.post(f"/tasks/{task_id}/signature", f"/tasks/{task_id}", **data)
    assert answer.status_code == 302, answer.text
    office.work()
    return answer


def test_an_application_goes_by_its_pages_from_the_start_to_the_vacancy(
    office: Office, sign_in: SignIn
) -> None:
    employer, specialist = sign_in("employer-1"), sign_in("specialist-1")
    director = sign_in("director-1")
    case = begin(office, employer)
    page = f"/cabinet/applications/{case}"
    assert "Not sent to the career centre" in employer.get(page).text
    for element in ("fill_details", "fill_application", "sign_application"):
        do(office, employer, case, element, "employer-1")
    assert "Under review by the career centre" in employer.get(page).text
    for element in ("form_demand_supply", "review_application", "send_list", "enter_decision"):
        do(office, specialist, case, element, "specialist-1")
    assert "Approved" in employer.get(page).text
    contract = office.contracts()[-1]
    do(office, specialist, contract, "complete_contract", "specialist-1")
    do(office, director, contract, "sign_for_customer", "director-1")
    do(office, employer, contract, "sign_for_contractor", "employer-1")
    do(office, employer, case, "publish_vacancy", "employer-1")
    html = employer.get(page).text
    assert "q-timeline__now" in html[html.index("Publication of the vacancy") - 400 :]
    assert "Signed: Demo Employer 1" in html
    assert html.count("#message") >= 3
    assert "Completed" in specialist.get(f"/instances/{case}").text


def test_anothers_enterprise_is_refused_at_its_field_and_the_rest_is_kept(
    office: Office, sign_in: SignIn
) -> None:
    typed = {"financial_year": "2026", "bin": BIN, "filing_ground": "head"}
    answer = sign_in("employer-2").post("/cabinet/start/fk_b03", **typed)
    assert answer.status_code == 422
    assert re.search(r'id="field-bin-error".*?none of your enterprises', answer.text, re.DOTALL)
    assert re.search(r'value="2026" selected', answer.text)
    assert office.queries.instance_list(SYSTEM, state="all").rows == ()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_wrong_form_says_so_in_the_persons_language_and_keeps_the_rest(
    office: Office, sign_in: SignIn, language: str
) -> None:
    employer = sign_in("employer-1", language)
    case = begin(office, employer)
    task_id = open_task(office, case, "fill_details", "employer-1")
    data = as_posted(ANSWERS["fill_details"]) | {"iban": "KZ00", "phone": ""}
    answer = employer.post(f"/tasks/{task_id}", **data)
    assert answer.status_code == 422
    form = office.queries.task(office.person("employer-1").actor, task_id).form
    assert form is not None
    for name in ("iban", "phone"):
        field = form.field(name)
        assert field is not None
        assert f'href="#field-{name}">{field.label(language)}: ' in answer.text
    assert 'value="KZ00"' in answer.text
    assert 'value="KCJBKZKX"' in answer.text


def test_a_double_press_completes_once_and_lands_on_the_same_page(
    office: Office, sign_in: SignIn
) -> None:
    employer = sign_in("employer-1")
    case = begin(office, employer)
    task_id = open_task(office, case, "fill_details", "employer-1")
    data = employer.tokens(f"/tasks/{task_id}") | as_posted(ANSWERS["fill_details"])
    first = employer.client.post(f"/tasks/{task_id}", data=data)
    again = employer.client.post(f"/tasks/{task_id}", data=data)
    assert first.status_code == again.status_code == 302
    assert first.location == again.location
    assert office.open(case) == ["fill_application"]


def test_a_double_press_of_start_starts_one_application(office: Office, sign_in: SignIn) -> None:
    employer = sign_in("employer-1")
    data = employer.tokens("/cabinet/start/fk_b03") | {"financial_year": "2026", "bin": BIN}
    answers = [employer.client.post("/cabinet/start/fk_b03", data=data) for _ in range(2)]
    assert answers[0].location == answers[1].location
    assert employer.get("/cabinet/").text.count('class="govuk-link q-number" href=') == 1


def test_the_page_of_a_completed_task_says_who_and_when(office: Office, sign_in: SignIn) -> None:
    employer = sign_in("employer-1")
    case = begin(office, employer)
    task_id = open_task(office, case, "fill_details", "employer-1")
    do(office, employer, case, "fill_details", "employer-1")
    for answer in (
        employer.get(f"/tasks/{task_id}"),
        employer.post(f"/tasks/{task_id}", "/cabinet/start/fk_b03"),
    ):
        assert answer.status_code == 409
        assert "Demo Employer 1" in answer.text
        assert "2 March 2026, 09:00" in answer.text
        assert f'href="/cabinet/applications/{case}"' in answer.text


def test_a_draft_comes_back(office: Office, sign_in: SignIn) -> None:
    employer = sign_in("employer-1")
    case = begin(office, employer)
    task_id = open_task(office, case, "fill_details", "employer-1")
    employer.post(f"/tasks/{task_id}", head_ru="Начато", press="draft")
    assert 'value="Начато"' in employer.get(f"/tasks/{task_id}").text


def test_others_do_not_see_it(office: Office, sign_in: SignIn) -> None:
    employer = sign_in("employer-1")
    case = begin(office, employer)
    task_id = open_task(office, case, "fill_details", "employer-1")
    other, away = sign_in("employer-2"), sign_in("specialist-3")
    unknown = other.get("/tasks/0660ba4f81db61cc98db651f")
    for page in (f"/tasks/{task_id}", f"/cabinet/applications/{case}"):
        answer = other.get(page)
        assert answer.status_code == 404
        assert main_of(answer) == main_of(unknown)
    press = other.post(f"/tasks/{task_id}", "/cabinet/start/fk_b03", press="draft")
    assert press.status_code == 404
    assert other.get(f"/cabinet/applications/{case}").status_code == 404
    assert case not in other.get("/cabinet/").text
    for element in ("fill_details", "fill_application", "sign_application"):
        do(office, employer, case, element, "employer-1")
    assert away.get(f"/instances/{case}").status_code == 404
    assert "Your group has no open tasks" in away.get("/tasks/?tab=group").text


def test_a_claimed_task_is_its_owners_until_given_back(office: Office, sign_in: SignIn) -> None:
    employer = sign_in("employer-1")
    case = begin(office, employer)
    for element in ("fill_details", "fill_application", "sign_application"):
        do(office, employer, case, element, "employer-1")
    one, two = sign_in("specialist-1"), sign_in("specialist-2")
    task_id = open_task(office, case, "form_demand_supply", "specialist-1")
    tokens = two.tokens(f"/tasks/{task_id}")
    assert one.post(f"/tasks/{task_id}/claim", f"/tasks/{task_id}").status_code == 302
    late = two.client.post(f"/tasks/{task_id}/claim", data=tokens)
    assert late.status_code == 409
    assert "Demo Specialist 1" in late.text
    assert "Assigned to: Demo Specialist 1" in two.get(f"/tasks/{task_id}").text
    assert one.post(f"/tasks/{task_id}/unclaim", f"/tasks/{task_id}").status_code == 302
    assert f'action="/tasks/{task_id}/claim"' in two.get(f"/tasks/{task_id}").text


def test_a_refusal_is_told_with_its_reasons(office: Office, sign_in: SignIn) -> None:
    employer = sign_in("employer-4")
    case = begin(office, employer, "employer-4", bin=FAILS_SOCIAL_PAYMENTS)
    html = employer.get(f"/cabinet/applications/{case}").text
    assert "Check not passed" in html
    assert "the application has ended on" in html


def test_a_registry_that_is_down_becomes_an_incident_that_an_operator_retries(
    office: Office, sign_in: SignIn
) -> None:
    employer = sign_in("employer-5")
    case = begin(office, employer, "employer-5", bin=REGISTRY_DOWN)
    for _ in range(12):
        office.clock.advance(hours=24)
        office.work()
    assert "your application is kept" in employer.get(f"/cabinet/applications/{case}").text
    operator = sign_in("operator-1")
    html = operator.get("/cockpit/incidents").text
    assert f'href="/instances/{case}"' in html
    incident = re.search(r'action="(/cockpit/incidents/[^"]+/retry)"', html)
    job = re.search(r'name="job_id" value="([^"]+)"', html)
    assert incident is not None
    assert job is not None
    answer = operator.post(incident[1], "/cockpit/incidents", job_id=job[1])
    assert answer.location == "/cockpit/incidents"
    html = operator.get("/cockpit/incidents").text
    assert "1 registry gives no answer" in html
    assert "Nothing else has stopped." in html


def test_the_cockpit_shows_what_runs(office: Office, sign_in: SignIn) -> None:
    case = begin(office, sign_in("employer-1"))
    owner = sign_in("owner-1")
    assert "Demo" in owner.get("/cockpit/").text
    assert case in owner.get("/instances/?process=fk_b03").text
    definition = office.queries.definitions(office.person("owner-1").actor)[0]
    assert owner.get(f"/cockpit/definitions/{definition.id}").status_code == 200
    xml = owner.get(f"/instances/diagrams/{definition.id}.bpmn")
    assert b"bpmn:definitions" in xml.data


def test_the_head_of_the_unit_edits_the_calendar_after_a_preview(
    office: Office, sign_in: SignIn
) -> None:
    employer, head = sign_in("employer-1"), sign_in("unit-head-1")
    case = begin(office, employer)
    for element in ("fill_details", "fill_application", "sign_application"):
        do(office, employer, case, element, "employer-1")
    entry = {"day": "2026-03-03", "kind": "off", "name": "Snow"}
    preview = head.post("/working-days/", press="preview", **entry)
    assert "would move" in preview.text
    assert ">3 March 2026" not in head.get("/working-days/").text
    assert head.post("/working-days/", press="apply", **entry).status_code == 302
    assert ">3 March 2026" in head.get("/working-days/").text


def test_the_applications_page_leads_to_the_contract_that_waits(
    office: Office, sign_in: SignIn
) -> None:
    case = office.approved()
    (contract,) = office.contracts()
    office.walk(contract, "complete_contract", "sign_for_customer")
    task = open_task(office, contract, "sign_for_contractor", "employer-1")
    page = sign_in("employer-1").get(f"/cabinet/applications/{case}").text
    assert f"/tasks/{task}" in page


def test_an_employer_does_not_see_what_the_centre_notes_down(
    office: Office, sign_in: SignIn
) -> None:
    case = office.start()
    office.walk(case, "fill_details", "fill_application", "sign_application")
    office.do(case, "form_demand_supply", note="служебное")
    employer = sign_in("employer-1").get(f"/cabinet/applications/{case}").text
    assert "KZ86125KZT5004100100" in employer
    assert "служебное" not in employer
    assert "служебное" in sign_in("specialist-1").get(f"/instances/{case}").text
