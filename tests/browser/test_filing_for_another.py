"""Filing for another as people meet it: at the counter, by a power of attorney, a changed head."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.served import Served, status
from tests.browser.visit import NARROW, PASS_CHECK, WIDE, Visit, form, shows
from tests.processes.fk_b03 import APPLICATION, BIN, DETAILS, SYSTEM
from tests.support.files import pdf

pytestmark = pytest.mark.browser
BOTH = pytest.mark.parametrize("language", ["kk", "ru"])
Sit = Callable[[str, str], Visit]

HOLDER, LLP, IIN = "employer-6", "150140003017", "830701390019"
POWER: dict[str, object] = {
    "filing_ground": "power_of_attorney",
    "power_holder": "Демо Өкіл Өкілұлы",
    "power_holder_iin": IIN,
    "power_number": "17-А",
    "power_date": "2026-01-10",
    "power_until": "2026-12-31",
}
BY_POWER = {
    "kk": f"Демо Өкіл Өкілұлы, ЖСН {IIN}, 10.01.2026 № 17-А сенімхат",
    "ru": f"Демо Өкіл Өкілұлы, ИИН {IIN}, доверенность № 17-А от 10.01.2026",
}
LOOK = {"kk": "Маман сенімхаттың көшірмесін қарайды", "ru": "Специалист смотрит копию доверенности"}
COPY = {"kk": "Сенімхаттың көшірмесі", "ru": "Копия доверенности"}
WRITTEN = {"kk": "қабылдауда жазбаша алынды", "ru": "принят на приёме в письменном виде"}
ENTERED = {
    "kk": "мансап орталығының маманы рәсімдеді",
    "ru": "оформлена специалистом карьерного центра",
}
DETAILS_TASK = {"kk": "Шарт үшін деректемелерді толтыру", "ru": "Заполнить реквизиты для договора"}
FORM_TASK = {"kk": "Өтінім нысанын толтыру", "ru": "Заполнить форму заявки"}
SIGN_TASK = {"kk": "ЭЦҚ қол қою және ЕМО (МО) жіберу", "ru": "Подписать ЭЦП и отправить в ЦТМ (КЦ)"}
FILED_AT = {"kk": "Өтінімнің берілген уақыты: 02.03.2026", "ru": "Время подачи: 02.03.2026"}
PROFESSION = {"kk": "storekeeper", "ru": "cook"}
NEW_HEAD = {"head_kk": "Демо Жаңа Басшы", "head_ru": "Демо Новый Руководитель"}
ENDED = {"kk": "Сенімхаттың мерзімі {} аяқталды", "ru": "Доверенность действовала до {}"}
CHANGED = {
    "kk": "бірінші басшысы ауысты: бұрын «Демо Басшы», енді «Демо Жаңа Басшы»",
    "ru": "первый руководитель предприятия: был «Демо Руководитель», теперь «Демо Новый",
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of a power of attorney on the representative's computer."""
    path = tmp_path / "senimhat.pdf"
    path.write_bytes(pdf())
    return path


def notes(at: Visit) -> Locator:
    return at.page.locator("section[aria-labelledby=notes-title]")


def examine_both(at: Visit, name: str) -> None:
    for width in (NARROW, WIDE):
        at.resize(width)
        at.examine(name)


@BOTH
def test_at_the_counter_the_specialist_enters_and_the_employer_signs_at_home(
    office: Served, sit: Sit, language: str
) -> None:
    specialist = sit("specialist-1", language)
    specialist.go("/tasks/")
    file = specialist.says("File at the counter: %(name)s").partition("%")[0].strip()
    specialist.page.get_by_role("link", name=file).click()
    examine_both(specialist, "counter-start")
    specialist.fill("start", {"financial_year": 2026, "bin": BIN})
    specialist.press("Continue")
    specialist.page.wait_for_url("**/instances/*")
    case = specialist.path.split("/")[-1]
    for text in (ENTERED, WRITTEN):
        shows(notes(specialist).get_by_text(text[language]))
    shows(notes(specialist).get_by_text(FILED_AT[language]))
    office.work()
    specialist.page.reload()
    examine_both(specialist, "counter-checked")
    asked(specialist, DETAILS_TASK[language]).click()
    specialist.fill("details", DETAILS)
    specialist.press()
    shows(specialist.heading(FORM_TASK[language]))
    answer_form(specialist, {"kk": "sales_assistant", "ru": "cashier"}[language])
    office.work()
    specialist.go(f"/instances/{case}")
    expect(specialist.page.locator(".q-action"), "the signature is the employer's").to_have_count(0)
    shows(specialist.page.get_by_role("row").filter(has_text=SIGN_TASK[language]))

    employer = sit("employer-1", language)
    employer.go(f"/cabinet/applications/{case}")
    shows(notes(employer).get_by_text(ENTERED[language]))
    examine_both(employer, "counter-at-home")
    sign_and_send(employer, SIGN_TASK[language])
    office.work()
    employer.go(f"/cabinet/applications/{case}")
    shows(employer.standing(status("under_review", language)))
    variables = office.queries.instance(SYSTEM, case).variables
    assert variables["requested_at"] == "2026-03-02T04:00:00+00:00", "the written request counts"


@BOTH
def test_the_copy_of_the_power_is_demanded_and_all_that_was_typed_stays(
    sit: Sit, copy: Path, language: str
) -> None:
    holder = sit(HOLDER, language)
    holder.go("/cabinet/start/fk_b03")
    typed = {"financial_year": 2026, "bin": LLP, **POWER}
    holder.fill("start", typed)
    examine_both(holder, "power-start")
    holder.press("Continue")
    shows(holder.summary().get_by_role("link"))
    expect(holder.summary().get_by_role("link"), "only the copy is missing").to_have_count(1)
    examine_both(holder, "power-refused")
    for name in ("financial_year", "bin", *(each for each in POWER if each != "filing_ground")):
        expect(holder.control("start", name), name).to_have_value(str(typed[name]))
    holder.page.locator("input[type=file]").set_input_files(copy)
    holder.press("Continue")
    holder.page.wait_for_url("**/check")


@BOTH
def test_the_holder_of_a_power_signs_and_the_specialist_sees_by_what(
    office: Served, sit: Sit, copy: Path, language: str
) -> None:
    holder = sit(HOLDER, language)
    case = begin_by_power(holder, copy)
    office.work()
    holder.go(f"/cabinet/applications/{case}")
    shows(notes(holder).get_by_text(BY_POWER[language]))
    holder.go(f"/cabinet/applications/{case}/check")
    examine_both(holder, "power-check")
    holder.sign_request()
    office.work()
    office.do(case, "fill_details", HOLDER)
    office.do(case, "fill_application", HOLDER, places=1, profession=PROFESSION[language])
    holder.go(f"/cabinet/applications/{case}")
    examine_both(holder, "power-case")
    sign_and_send(holder, SIGN_TASK[language])
    office.work()
    signers = [
        signature.evidence["signer"]
        for document in office.queries.instance(SYSTEM, case).documents
        for signature in document.signatures
    ]
    assert [(each["iin"], each["bin"]) for each in signers] == [(IIN, None)] * 2

    office.do(case, "form_demand_supply")
    specialist = sit("specialist-1", language)
    specialist.go(office.task_path(case, "review_application"))
    shows(notes(specialist).get_by_text(BY_POWER[language]))
    shows(notes(specialist).get_by_text(LOOK[language]))
    shows(specialist.page.get_by_role("link", name=COPY[language], exact=True))
    examine_both(specialist, "power-review")


@BOTH
def test_a_power_that_has_ended_is_refused_on_the_day_of_signing(
    office: Served, sit: Sit, copy: Path, language: str
) -> None:
    holder = sit(HOLDER, language)
    last = office.clock.now.date()
    case = begin_by_power(holder, copy, power_until=last.isoformat())
    office.work()
    office.clock.advance(days=1)
    holder.go(f"/cabinet/applications/{case}/check")
    holder.await_(holder.button(PASS_CHECK[language])).click()
    shows(holder.heading(holder.says("Signature")))
    holder.press("Sign with a demo key")
    shows(holder.summary().filter(has_text=ENDED[language].format(f"{last:%d.%m.%Y}")))
    examine_both(holder, "power-ended")
    assert office.open(case) == ["request_check"], "nothing is lost"
    assert office.row(case).status == "check_not_requested"


@BOTH
def test_a_changed_head_is_noted_for_all_who_look(office: Served, sit: Sit, language: str) -> None:
    user, number = {"kk": ("employer-1", "150140000022"), "ru": ("employer-3", "150140000052")}[
        language
    ]
    first = office.start(user, bin=number)
    office.do(first, "fill_details", user, keep_details=True)
    case = office.start(user, bin=number)
    employer = sit(user, language)
    employer.go(office.task_path(case, "fill_details"))
    employer.fill("details", {**DETAILS, **NEW_HEAD, "head_since": "2026-02-16"})
    examine_both(employer, "head-details")
    employer.press()
    employer.page.wait_for_url("**/tasks/*")
    employer.go(f"/cabinet/applications/{case}")
    shows(notes(employer).get_by_text(CHANGED[language]))
    shows(notes(employer).get_by_text("16.02.2026"))
    examine_both(employer, "head-noted")


def asked(at: Visit, text: str) -> Locator:
    """The way on to what the page of a case asks of the person."""
    return (
        at.page.locator(".q-action")
        .get_by_role("listitem")
        .filter(has_text=text)
        .get_by_role("link")
    )


def answer_form(at: Visit, profession: str) -> None:
    """Answers the application's form, and reads the answers over."""
    at.fill("application", {**APPLICATION, "profession": profession, "places": 1})
    at.press("Continue")
    at.page.wait_for_url("**/review")
    examine_both(at, "counter-review")
    at.press(form("application").send_label(at.language) or "")
    at.page.wait_for_url("**/instances/*")


def sign_and_send(at: Visit, task: str) -> None:
    """Signs the application with a demo key of the person's own, as the page of the case asks."""
    asked(at, task).click()
    at.fill("filing", {"sending": "send"})
    at.press("Continue")
    shows(at.heading(at.says("Signature")))
    at.press("Sign with a demo key")
    at.page.wait_for_url("**/cabinet/applications/*")


def begin_by_power(at: Visit, copy: Path, **changes: object) -> str:
    """Begins an application by the power of attorney; returns its id."""
    at.go("/cabinet/start/fk_b03")
    at.fill("start", {"financial_year": 2026, "bin": LLP, **POWER, **changes})
    at.page.locator("input[type=file]").set_input_files(copy)
    at.press("Continue")
    at.page.wait_for_url("**/check")
    return at.path.split("/")[-2]
