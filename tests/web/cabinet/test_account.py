"""The account: own enterprises, kept details, and what is offered from them."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from engine.commands import SaveTaskDraft
from engine.identity import Actor
from tests.processes.fk_b03 import BIN, DETAILS, Office
from tests.support.files import pdf
from tests.support.posted import BY_POWER
from web.kept_details import DetailsStore

pytestmark = pytest.mark.usefixtures("office")
SignIn = Callable[..., Any]
PAGE = f"/cabinet/account/{BIN}"
OF_ANOTHER = {**BY_POWER, "power_holder": "Демо Өкіл", "power_holder_iin": "850312390018"}


def errors(html: str) -> list[str]:
    return re.findall(r'error-message"[^>]*><span[^>]*>[^<]*</span> ([^<]*)', html)


def test_own_enterprises_are_listed(sign_in: SignIn) -> None:
    html = sign_in("employer-1").get("/cabinet/account").text
    assert html.count("Not filled in yet") == 2
    assert BIN in html
    assert "900101300037" not in html


@pytest.mark.parametrize("who", ["employer-2", "specialist-1"])
def test_anothers_details_are_not_shown(sign_in: SignIn, who: str) -> None:
    assert sign_in(who).get(PAGE).status_code in (403, 404)


def test_details_are_kept_with_who_and_when(office: Office, sign_in: SignIn) -> None:
    employer = sign_in("employer-1")
    assert 'value="ТОО «Үлгі-1»"' in employer.get(PAGE).text
    answer = employer.post(PAGE, PAGE, **DETAILS, press="keep")
    assert answer.location == "/cabinet/account"
    office.clock.advance(days=1)
    employer.post(PAGE, PAGE, **{**DETAILS, "phone": "+7 727 000 00 09"}, press="keep")
    html = employer.get(PAGE).text
    assert html.count("Demo Employer 1") >= 2
    assert html.count("In force") == 1
    first, second = DetailsStore(office.engine.database).kept(BIN)
    assert (first.details["phone"], second.details["phone"]) == (
        "+7 727 000 00 09",
        DETAILS["phone"],
    )
    assert first.changed_by == "employer-1"


def test_unchanged_details_are_not_kept_again(office: Office, sign_in: SignIn) -> None:
    employer = sign_in("employer-1")
    for _ in range(2):
        employer.post(PAGE, PAGE, **DETAILS, press="keep")
    assert len(DetailsStore(office.engine.database).kept(BIN)) == 1


def test_wrong_details_are_refused_and_stay_typed(office: Office, sign_in: SignIn) -> None:
    wrong = {**DETAILS, "iban": "KZ00", "bic": "AAAAKZKX", "head_kk": ""}
    answer = sign_in("employer-1", "en").post(PAGE, PAGE, **wrong, press="keep")
    assert answer.status_code == 422
    assert len(errors(answer.text)) == 3
    assert 'value="KZ00"' in answer.text
    assert DetailsStore(office.engine.database).kept(BIN) == []


def test_choosing_the_bank_fills_in_its_names(sign_in: SignIn) -> None:
    typed = {**DETAILS, "bank_kk": "", "bank_ru": "", "iban": "KZ00"}
    answer = sign_in("employer-1").post(PAGE, PAGE, **typed, press="choose:bic")
    assert answer.status_code == 200
    assert errors(answer.text) == []
    assert 'value="АО «Банк ЦентрКредит»"' in answer.text
    assert 'value="«Банк ЦентрКредит» АҚ"' in answer.text
    assert 'value="KZ00"' in answer.text


def test_another_language_keeps_what_was_typed(office: Office, sign_in: SignIn) -> None:
    employer = sign_in("employer-1", "en")
    answer = employer.post(PAGE, PAGE, **{**DETAILS, "iban": "KZ00", "head_kk": ""}, lang="ru")
    assert answer.status_code == 200
    assert errors(answer.text) == []
    assert '<html lang="ru"' in answer.text
    assert 'value="KZ00"' in answer.text
    assert f'value="{DETAILS["phone"]}"' in answer.text
    assert DetailsStore(office.engine.database).kept(BIN) == []
    assert '<html lang="ru"' in employer.get("/cabinet/account").text


def test_a_language_that_there_is_not_is_no_press_for_one(office: Office, sign_in: SignIn) -> None:
    employer = sign_in("employer-1", "en")
    employer.post(PAGE, PAGE, **DETAILS, press="keep", lang="xx")
    assert len(DetailsStore(office.engine.database).kept(BIN)) == 1


def test_a_new_application_begins_with_what_was_kept(office: Office, sign_in: SignIn) -> None:
    employer = sign_in("employer-1")
    employer.post(PAGE, PAGE, **DETAILS, press="keep")
    case = office.start()
    _, task = office.task(case, "fill_details", "employer-1")
    assert f'value="{DETAILS["iban"]}"' in employer.get(f"/tasks/{task.id}").text


def test_a_draft_goes_before_what_was_kept(office: Office, sign_in: SignIn) -> None:
    employer = sign_in("employer-1")
    employer.post(PAGE, PAGE, **DETAILS, press="keep")
    person, task = office.task(office.start(), "fill_details", "employer-1")
    office.engine.execute(SaveTaskDraft(task.id, {"head_ru": "Черновик"}), person.actor)
    html = employer.get(f"/tasks/{task.id}").text
    assert 'value="Черновик"' in html
    assert DETAILS["iban"] not in html


def test_a_changed_head_is_noted_on_the_case(office: Office, sign_in: SignIn) -> None:
    employer = sign_in("employer-1", "ru")
    employer.post(PAGE, PAGE, **DETAILS, press="keep")
    case = office.start()
    office.do(case, "fill_details", head_kk="Жаңа Басшы", head_ru="Новый Руководитель")
    html = employer.get(f"/cabinet/applications/{case}").text
    assert "теперь «Новый Руководитель»" in html
    assert "Новый Руководитель" in sign_in("operator-1").get(f"/instances/{case}").text


def test_linked_choices_work_without_javascript(office: Office, sign_in: SignIn) -> None:
    employer = sign_in("employer-1")
    case = office.start()
    office.do(case, "fill_details")
    _, task = office.task(case, "fill_application", "employer-1")
    page = f"/tasks/{task.id}"

    def codes(**typed: str) -> list[str]:
        html = employer.post(page, page, **typed, places="3").text
        assert 'name="places"' in html
        assert 'value="3"' in html
        return re.findall(r'<option value="(\d{9})"', html)

    assert "611600000" not in codes(press="choose:district")
    assert "611600000" in codes(region="610000000", press="choose:region")
    region = {"region": "610000000", "district": "611600000"}
    assert "611637200" in codes(**region, press="choose:district")
    html = employer.post(
        page, page, region="750000000", district="751110000", press="choose:district"
    ).text
    assert 'id="field-settlement"' not in html
    assert office.open(case) == ["fill_application"]


def test_a_code_of_another_region_is_refused(office: Office, sign_in: SignIn) -> None:
    employer = sign_in("employer-1", "en")
    case = office.start()
    office.do(case, "fill_details")
    _, task = office.task(case, "fill_application", "employer-1")
    page = f"/tasks/{task.id}"
    typed = {"measure": "YP", "places": "1", "professional_area": "trade", "profession": "cook"}
    answer = employer.post(page, page, region="750000000", district="611600000", **typed)
    assert answer.status_code == 422
    assert "This district is not in the chosen region" in errors(answer.text)
    assert "This profession is not in the chosen area" in errors(answer.text)


def test_an_old_code_in_a_draft_is_said(office: Office, sign_in: SignIn) -> None:
    from datetime import date

    from handlers.shared.classifier_import import import_classifier

    case = office.start()
    office.do(case, "fill_details")
    person, task = office.task(case, "fill_application", "employer-1")
    draft = {"professional_area": "trade", "profession": "cashier"}
    office.engine.execute(SaveTaskDraft(task.id, draft), person.actor)
    with office.engine.database.transaction() as connection:
        import_classifier(
            connection,
            "professions",
            "code;parent;level;ru\ntrade;;area;Торговля\ncook;trade;profession;Повар\n".encode(),
            valid_from=date(2026, 1, 1),
            source="a test",
            imported_by="operator-1",
            now=office.clock.now,
        )
    html = sign_in("employer-1", "ru").get(f"/tasks/{task.id}").text
    assert "«Кассир» (cashier): этого кода больше нет" in html


def test_a_specialist_files_at_the_counter(office: Office, sign_in: SignIn) -> None:
    specialist = sign_in("specialist-1", "ru")
    assert "/cabinet/start/fk_b03" in specialist.get("/tasks/").text
    answer = specialist.post(
        "/cabinet/start/fk_b03",
        **OF_ANOTHER,
        **{"power_document.file": (BytesIO(pdf()), "power.pdf")},
    )
    assert answer.status_code == 302, answer.text
    case = str(answer.location).rsplit("/", 1)[-1]
    office.work()
    for element in ("fill_details", "fill_application"):
        office.do(case, element, "specialist-1")
    assert office.open(case) == ["sign_application"]
    html = specialist.get(f"/instances/{case}").text
    assert "по доверенности: Демо Өкіл" in html
    assert "оформлена специалистом" in html
    assert "Специалист смотрит копию доверенности" in html
    with pytest.raises(AssertionError):
        office.task(case, "sign_application", "specialist-1")
    office.do(case, "sign_application", "employer-1")
    assert office.outcome(case) == ("active", "under_review")


def test_another_language_keeps_the_file_that_was_chosen(office: Office, sign_in: SignIn) -> None:
    specialist = sign_in("specialist-1", "ru")
    answer = specialist.post(
        "/cabinet/start/fk_b03",
        **{**OF_ANOTHER, "power_holder": ""},
        **{"power_document.file": (BytesIO(pdf()), "power.pdf")},
        lang="en",
    )
    assert answer.status_code == 200
    assert '<html lang="en"' in answer.text
    assert errors(answer.text) == []
    assert "power.pdf" in answer.text
    assert office.queries.instance_list(Actor.system(), state="all").rows == ()


def test_an_ended_power_of_attorney_is_refused(sign_in: SignIn) -> None:
    answer = sign_in("employer-1", "en").post(
        "/cabinet/start/fk_b03", **{**OF_ANOTHER, "power_until": "2026-03-01"}
    )
    assert answer.status_code == 422
    assert "The power of attorney has expired" in answer.text
