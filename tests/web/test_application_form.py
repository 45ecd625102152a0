"""The application's form over the real engine: measures, places, draft, answers read over."""

from __future__ import annotations

import re
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask

from tests.processes.fk_b03 import ANSWERS, Office
from tests.support.posted import as_posted

pytestmark = pytest.mark.usefixtures("office")
SignIn = Callable[..., Any]
SMALL = "150140000022"
"""An enterprise that has room for two places."""

NO_GRANTS = {
    "kk": "Гранттар мен микрокредиттердің алынбағаны расталмаған",
    "ru": "Не подтверждено отсутствие грантов и микрокредитов",
    "en": "It is not confirmed that there were no grants or microcredits",
}
NOTHING = {
    "kk": "шаралар ұсынылмайды",
    "ru": "меры не предлагаются",
    "en": "no measure is offered",
}


def answers(**changes: object) -> dict[str, str]:
    return as_posted({**ANSWERS["fill_application"], **changes})


def at_form(office: Office, **started: str) -> tuple[str, str]:
    """A case that waits for the form, and the address of its task."""
    case = office.start(**started)
    office.do(case, "fill_details")
    return case, f"/tasks/{office.task(case, 'fill_application')[1].id}"


def offered(html: str) -> list[str]:
    return re.findall(r'name="measure" value="(\w+)"', html)


def told(html: str, field: str) -> str:
    found = re.search(rf'data-told="{field}"[^>]*>([^<]*)<', html)
    assert found is not None
    return found[1].strip()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_measures_appear_and_disappear_with_the_reason(
    office: Office, sign_in: SignIn, language: str
) -> None:
    _, address = at_form(office)
    browser = sign_in("employer-1", language)

    def drawn(**changes: object) -> str:
        answer = browser.post(address, **answers(**changes), press="choose:measure")
        assert answer.status_code == 200
        return str(answer.text)

    every = drawn()
    assert offered(every) == ["PW", "YP", "SW", "SA"]
    assert told(every, "measure") == ""
    some = drawn(no_grants=False)
    assert offered(some) == ["SW", "SA"]
    assert told(some, "measure").startswith(NO_GRANTS[language])
    assert 'value="complete"' in some
    none = drawn(no_grants=False, no_education_order=False)
    assert offered(none) == []
    assert NOTHING[language] in told(none, "measure")
    assert 'value="complete"' not in none
    assert 'value="draft"' in none


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("kk", "Алдымен жоғарыдағы үш растауға жауап беріңіз"),
        ("ru", "Сначала ответьте на три подтверждения выше"),
        ("en", "First answer the three confirmations above"),
    ],
)
def test_before_the_confirmations_are_answered_nothing_is_refused(
    office: Office, sign_in: SignIn, language: str, first: str
) -> None:
    _, address = at_form(office)
    browser = sign_in("employer-1", language)
    blank = browser.get(address).text
    half = browser.post(address, no_grants="false", press="choose:measure").text
    for html in (blank, half):
        assert offered(html) == []
        assert told(html, "measure").startswith(first)
        assert NOTHING[language] not in html
        assert 'value="complete"' in html
    refused = browser.post(address, **answers(no_grants=None), press="complete")
    assert refused.status_code == 422
    assert 'href="#field-no_grants"' in refused.text


@pytest.mark.parametrize(
    ("language", "left"),
    [
        ("kk", "Қолжетімді орындар: 2"),
        ("ru", "Доступно мест: 2"),
        ("en", "Places available: 2"),
    ],
)
def test_more_places_than_are_left_are_refused_before_the_answers_are_read_over(
    office: Office, sign_in: SignIn, language: str, left: str
) -> None:
    case, address = at_form(office, bin=SMALL)
    browser = sign_in("employer-1", language)
    refused = browser.post(address, **answers(places=3), press="complete")
    assert refused.status_code == 422
    assert left in refused.text[refused.text.index('id="field-places-error"') :][:300]
    assert 'href="#field-places"' in refused.text
    assert 'value="3"' in refused.text
    assert browser.get(f"{address}/review").location == address
    assert browser.post(address, **answers(places=2), press="complete").status_code == 302
    assert office.open(case) == ["fill_application"]


def test_what_is_no_longer_offered_is_not_chosen_and_the_rest_stays(
    office: Office, sign_in: SignIn
) -> None:
    _, address = at_form(office)
    data = answers(measure="PW", places=2, no_grants=False)
    html = sign_in("employer-1").post(address, **data, press="choose:measure").text
    assert not re.search(r'name="measure"[^>]*checked', html)
    assert 'value="2"' in html
    assert told(html, "places") == ""


@pytest.mark.parametrize(
    ("language", "begins"),
    [
        ("kk", "Осы шара бойынша қалған орын: 2."),
        ("ru", "Осталось мест по этой мере: 2."),
        ("en", "Places left for this measure: 2."),
    ],
)
def test_the_places_are_computed_and_the_sum_is_explained(
    office: Office, sign_in: SignIn, language: str, begins: str
) -> None:
    _, address = at_form(office, bin=SMALL)
    html = sign_in("employer-1", language).post(address, **answers(), press="choose:places").text
    text = told(html, "places")
    assert text.startswith(begins)
    assert "× " in text
    assert "20%" in text


def test_asking_for_the_page_is_no_decision_of_the_case(office: Office, sign_in: SignIn) -> None:
    case, address = at_form(office)
    actor = office.person("operator-1").actor
    before = len(office.queries.evaluated_decisions(actor, case))
    sign_in("employer-1").post(address, **answers(), press="choose:measure")
    assert len(office.queries.evaluated_decisions(actor, case)) == before


def test_the_server_judges_whatever_the_page_offered(office: Office, sign_in: SignIn) -> None:
    case, address = at_form(office)
    data = answers(measure="PW", no_grants=False)
    answer = sign_in("employer-1").post(address, **data, press="send")
    assert answer.status_code == 422
    assert 'id="error-summary"' in answer.text
    assert office.open(case) == ["fill_application"]


def test_answers_are_read_over_and_sent_once(office: Office, sign_in: SignIn) -> None:
    case, address = at_form(office)
    browser = sign_in("employer-1")
    asked = browser.post(address, **answers(), press="complete")
    assert asked.location == f"{address}/review"
    assert office.open(case) == ["fill_application"]
    html = browser.get(asked.location).text
    assert "Check your answers" in html
    assert f'href="{address}#field-measure"' in html
    assert "Almaty" in html
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', html))
    assert sent["places"] == answers()["places"]
    data = sent | {"press": "send"}
    first = browser.client.post(address, data=data)
    again = browser.client.post(address, data=data)
    assert first.status_code == again.status_code == 302
    assert first.location == again.location
    assert "fill_application" not in office.open(case)
    assert browser.get(f"{address}/review").location == address


def test_a_wrong_answer_is_said_before_the_answers_are_read_over(
    office: Office, sign_in: SignIn
) -> None:
    _, address = at_form(office)
    browser = sign_in("employer-1")
    answer = browser.post(address, **answers(places="many"), press="complete")
    assert answer.status_code == 422
    assert 'href="#field-places"' in answer.text
    assert 'value="many"' in answer.text
    assert browser.get(f"{address}/review").location == address


def test_back_from_the_answers_the_form_has_them(office: Office, sign_in: SignIn) -> None:
    _, address = at_form(office)
    browser = sign_in("employer-1")
    browser.post(address, **answers(places=1, measure="SW"), press="complete")
    html = browser.get(address).text
    assert re.search(r'value="SW"[^>]*checked', html)


@pytest.mark.parametrize(
    ("language", "begins"),
    [("kk", "Сақталды:"), ("ru", "Сохранено в"), ("en", "Saved at")],
)
def test_the_draft_is_saved_by_the_page_itself(
    office: Office, sign_in: SignIn, language: str, begins: str
) -> None:
    _, address = at_form(office)
    browser = sign_in("employer-1", language)
    answer = browser.post(address, places="many", press="autosave")
    assert answer.status_code == 200
    assert re.fullmatch(rf"{begins} \d\d:\d\d", answer.json["text"])
    assert 'value="many"' in browser.get(address).text


def test_a_draft_of_a_task_that_is_done_is_refused_in_words(
    office: Office, sign_in: SignIn
) -> None:
    case, address = at_form(office)
    browser = sign_in("employer-1")
    data = browser.tokens(address)
    office.do(case, "fill_application")
    answer = browser.client.post(address, data=data | {"press": "autosave"})
    assert answer.status_code == 409
    assert "has changed meanwhile" in answer.json["text"]


@pytest.mark.parametrize(
    ("professions", "places", "told"),
    [
        (("cashier", "storekeeper"), 2, "another one has taken the places"),
        (("cook", "cook"), 1, "there is one application for one profession"),
    ],
    ids=["the last places", "one profession"],
)
def test_of_two_applications_at_once_one_is_sent(
    office: Office,
    app: Flask,
    sign_in: SignIn,
    professions: tuple[str, str],
    places: int,
    told: str,
) -> None:
    pages = []
    for profession in professions:
        case, address = at_form(office, bin=SMALL)
        office.do(case, "fill_application", profession=profession, places=places)
        browser = sign_in("employer-1")
        address = f"/tasks/{office.task(case, 'sign_application')[1].id}"
        data = browser.tokens(address) | as_posted(ANSWERS["sign_application"])
        pages.append((browser, address, data))
    together, outcomes = Barrier(2), []

    def sign(browser: Any, address: str, data: dict[str, str]) -> None:
        together.wait()
        outcomes.append(browser.client.post(f"{address}/signature", data=data))

    threads = [Thread(target=sign, args=each) for each in pages]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    refused = next(each for each in outcomes if each.status_code != 302)
    assert sorted(each.status_code for each in outcomes) == [302, 422]
    assert 'id="error-summary"' in refused.text
    assert told in refused.text
