"""FK-B.03 beside its straight way: returned, rejected, declined, stopped by a registry."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.cases import Cases
from tests.browser.visit import Visit, shows
from tests.processes.fk_b03 import BIN, DETAILS, REGISTRY_DOWN

pytestmark = pytest.mark.browser

EMPLOYER = "Демо Жұмыс беруші 1"


def test_a_remark_is_answered_corrected_and_signed_again(
    seat: Callable[..., Visit], cases: Cases
) -> None:
    specialist, employer = seat("Демо Специалист 2", "ru"), seat(EMPLOYER)
    specialist.go(f"/tasks/{cases.task['remark']}")
    specialist.fill("review", {"review": "remark"})
    specialist.press()
    shows(specialist.heading("Внести замечание ЦТМ (КЦ) по заявке"))
    specialist.fill("remark", {"remark": "Уточните адрес предприятия"})
    specialist.press()
    shows(specialist.heading("Предоставить консультацию работодателю"))
    specialist.fill("advice", {"advice": "По телефону разъяснено, как исправить адрес"})
    specialist.press()
    shows(specialist.told("Предоставить консультацию работодателю"))

    application = cases.instance["remark"]
    page = f"/cabinet/applications/{application}"
    employer.await_(employer.standing("Ескертумен қайтарылды"), page)
    shows(employer.page.get_by_text("Уточните адрес предприятия"))
    employer.open_asked("Ескертуге жауап беру", application)
    employer.fill("correct", {"response": "resubmit"})
    employer.press()
    shows(employer.heading("Шарт үшін деректемелерді толтыру"))
    expect(employer.control("details", "iban")).to_have_value(DETAILS["iban"])
    employer.fill("details", {"address_ru": "г. Алматы, ул. Үлгі, 10"})
    employer.press()
    shows(employer.heading("Өтінім нысанын толтыру"))
    employer.press("Continue")
    employer.press("Өтінімді сақтау")
    shows(employer.told("Өтінім нысанын толтыру"))
    employer.open_asked("ЭЦҚ қол қою және ЕМО (МО) жіберу", application)
    employer.press("Continue")
    employer.press("Sign with a demo key")
    shows(employer.told("ЭЦҚ қол қою және ЕМО (МО) жіберу"))
    employer.await_(employer.standing("МО қарауында"), page)
    specialist.await_(
        specialist.page.get_by_role("row").filter(has_text="Проверить работодателя"),
        f"/tasks/?tab=group&search={cases.number['remark']}",
    )


def test_a_rejection_has_a_reason_that_the_employer_reads(
    seat: Callable[..., Visit], cases: Cases
) -> None:
    specialist, employer = seat("Демо Специалист 2", "ru"), seat(EMPLOYER)
    specialist.go(f"/tasks/{cases.task['rejection']}")
    reason = specialist.control("decision", "decision_reason")
    expect(reason).to_be_hidden()
    specialist.fill("decision", {"decision": "reject"})
    shows(reason)
    specialist.press()
    shows(specialist.summary())
    specialist.fill("decision", {"decision_reason": "В центре нет таких вакансий"})
    specialist.press()
    shows(specialist.told("Внести решение ЦТМ по заявкам"))
    employer.await_(
        employer.page.get_by_text("В центре нет таких вакансий"),
        f"/cabinet/applications/{cases.instance['rejection']}",
    )
    shows(employer.standing("Бас тартылды"))
    employer.look("rejected")


def test_a_contract_that_is_declined_ends_its_application(
    seat: Callable[..., Visit], cases: Cases
) -> None:
    at = seat(EMPLOYER)
    at.go(f"/tasks/{cases.task['decline']}")
    at.fill(
        "employer_contract", {"employer_decision": "decline", "decline_reason": "Жоспар өзгерді"}
    )
    at.press("Continue")
    shows(at.told("Шартқа қол қою немесе бас тарту"))
    page = f"/cabinet/applications/{cases.instance['decline: application']}"
    at.await_(at.standing("Шарттан бас тартылды"), page)
    expect(at.button("Complete")).to_have_count(0)
    at.look("declined")


def test_a_registry_that_is_down_is_waited_for_and_retried_by_an_operator(
    seat: Callable[..., Visit], cases: Cases, year: int
) -> None:
    employer, operator = seat("Демо Жұмыс беруші 5"), seat("Демо Оператор", "ru")
    application = employer.begin(financial_year=year, bin=REGISTRY_DOWN)
    employer.sign_request()
    employer.go(f"/cabinet/applications/{application}")
    shows(employer.standing("Тексеру күтілуде"))
    shows(employer.told("Шарттар тексерілуде"))
    employer.look("registry-waited-for")

    page = f"/cabinet/applications/{cases.instance['registry']}"
    employer.go(page)
    shows(employer.page.get_by_text("сізден ештеңе талап етілмейді"))
    employer.look("registry-stopped")
    operator.go("/cockpit/incidents")
    incident = operator.page.get_by_role("row").filter(has_text=cases.number["registry"])
    shows(incident.get_by_text("Налоги и социальные платежи"))
    mend_registry(cases)
    incident.get_by_role("button", name="Повторить").click()
    shows(operator.told("Шаг выполняется снова"))
    expect(incident).to_have_count(0)
    employer.await_(employer.page.get_by_text("Шарт үшін деректемелерді толтыру"), page)


def mend_registry(cases: Cases) -> None:
    """The registries answer for the enterprise as they do for one that passes."""
    enterprises = json.loads(cases.registry.read_bytes())
    enterprises[REGISTRY_DOWN] = enterprises[BIN]
    cases.registry.write_text(json.dumps(enterprises), encoding="utf-8")
