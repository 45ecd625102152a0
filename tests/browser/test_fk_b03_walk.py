"""FK-B.03 by three people at three browsers, each in a language of their own, on `qadam demo`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.qadam import Qadam
from tests.browser.visit import Visit, shows
from tests.processes.fk_b03 import ANSWERS, BIN, DETAILS

pytestmark = pytest.mark.browser

TODAY = datetime.now(UTC).astimezone(ZoneInfo("Asia/Almaty")).date()
CONTRACT = {
    "contract_number": "Д-1",
    "contract_sum": "1080000",
    "contract_end_date": (TODAY + timedelta(days=90)).isoformat(),
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Qadam]:
    """`qadam demo` on data of its own."""
    qadam = Qadam(tmp_path_factory.mktemp("walk") / "data")
    yield qadam.serve("demo")
    qadam.end()


def test_from_the_sign_in_to_the_published_vacancy(
    demo: Qadam, visit: Callable[..., Visit]
) -> None:
    employer = Employer(visit(demo.address, "kk"))
    specialist = Specialist(visit(demo.address, "ru"))
    director = Director(visit(demo.address, "en"))

    application = employer.applies()
    employer.sends(application)
    specialist.reviews_and_approves()
    specialist.completes_the_contract()
    director.signs()
    employer.signs_the_contract()
    employer.publishes_the_vacancy(application)
    specialist.sees_the_published_vacancy(application)

    for each in (employer, specialist, director):
        assert each.at.complaints == []


class Employer:
    """Demo Employer 1, in Kazakh."""

    def __init__(self, at: Visit) -> None:
        self.at = at
        at.go("/sign-in?lang=kk")
        at.look("employer-sign-in")
        at.sign_in("Демо Жұмыс беруші 1")
        at.look("employer-empty-cabinet")

    def applies(self) -> str:
        """Starts an application; returns its id once the status check has passed."""
        at = self.at
        at.link("Өтінім қосу").click()
        at.look("employer-start")
        application = at.begin(financial_year=TODAY.year, bin=BIN)
        at.look("employer-request")
        at.sign_request()
        at.await_(at.link("Өтінім беру"))
        at.look("employer-check-passed")
        at.await_(at.heading("Сізден күтіледі"), f"/cabinet/applications/{application}")
        at.look("employer-checked")
        return application

    def sends(self, application: str) -> None:
        """The details, the form, the signature."""
        at = self.at
        at.open_asked("Шарт үшін деректемелерді толтыру", application)
        at.fill("details", DETAILS)
        at.look("employer-details")
        at.press()
        shows(at.heading("Өтінім нысанын толтыру"))
        at.fill("application", ANSWERS["fill_application"])
        at.look("employer-application")
        at.press("Continue")
        shows(at.heading("Жауаптарыңызды тексеріңіз"))
        at.look("employer-application-answers")
        at.press("Өтінімді сақтау")
        shows(at.told("Өтінім нысанын толтыру"))
        at.open_asked("ЭЦҚ қол қою және ЕМО (МО) жіберу", application)
        shows(at.page.locator("iframe"))
        at.fill("filing", {"sending": "send"})
        at.press("Continue")
        shows(at.heading("Қолтаңба"))
        at.look("employer-sign")
        at.press("Sign with a demo key")
        self._arrives(application, "МО қарауында")
        at.look("employer-sent")
        at.go("/cabinet/")

    def signs_the_contract(self) -> None:
        at = self.at
        at.await_(at.link("Шартқа қол қою немесе бас тарту"), "/cabinet/")
        at.look("employer-asked-to-sign")
        at.link("Шартқа қол қою немесе бас тарту").first.click()
        at.fill("employer_contract", {"employer_decision": "sign"})
        at.press("Continue")
        shows(at.heading("Қолтаңба"))
        at.look("employer-contract")
        at.press("Sign with a demo key")
        shows(at.told("Шартқа қол қою немесе бас тарту"))
        at.look("employer-contract-signed")

    def publishes_the_vacancy(self, application: str) -> None:
        at = self.at
        at.open_asked("Бос жұмыс орнын жариялау", application)
        expect(at.control("vacancy", "title")).to_have_value("Кассир")
        at.fill("vacancy", ANSWERS["publish_vacancy"])
        at.look("employer-vacancy")
        at.press()
        self._arrives(application, "Бос жұмыс орны жарияланды")
        at.look("employer-published")
        at.go("/cabinet/")
        at.look("employer-cabinet")

    def _arrives(self, application: str, status: str) -> None:
        at = self.at
        at.page.wait_for_url(f"**/cabinet/applications/{application}")
        at.await_(at.standing(status))


class Specialist:
    """Demo Specialist 2, in Russian."""

    def __init__(self, at: Visit) -> None:
        self.at = at
        at.sign_in("Демо Специалист 2")
        at.look("specialist-no-tasks")

    def reviews_and_approves(self) -> None:
        self._does(
            "Формировать спрос и предложение на организацию СРМ",
            "demand_supply",
            {"demand": 10, "supply": 12},
        )
        self._does(
            "Проверить работодателя и заявку на соответствие условиям НПА",
            "review",
            {"review": "conforms"},
        )
        self._does(
            "Направить перечень работодателей и все заявки на рассмотрение в ЦТМ", "send_list", {}
        )
        self._does("Внести решение ЦТМ по заявкам", "decision", {"decision": "approve"})

    def completes_the_contract(self) -> None:
        self._does(
            "Внести в проект Договора номер, сумму и дату окончания Договора", "contract", CONTRACT
        )

    def sees_the_published_vacancy(self, application: str) -> None:
        """The diagram with its token and its makers' mark, and the same in a table of words."""
        at = self.at
        at.go(f"/instances/{application}")
        shows(at.page.locator("[data-drawn]"))
        at.look("specialist-instance")
        shows(at.standing("Вакансия опубликована"))
        shows(at.page.get_by_role("link", name="Powered by bpmn.io"))
        token = at.page.locator(".q-token")
        expect(token).to_have_text(["1"])
        shows(token)
        standing = at.page.locator(".djs-element.q-active")
        expect(standing).to_have_attribute("data-element-id", "report_vacancy")
        steps = at.page.get_by_role("table", name="Шаги словами").get_by_role("row")
        (open_step,) = steps.filter(has_text="В работе").all()
        shows(open_step.get_by_role("rowheader", name="Сообщить: вакансия занята или снята"))
        for done in ("Подписать ЭЦП и отправить в ЦТМ (КЦ)", "Публикует вакансию самостоятельно"):
            shows(steps.filter(has_text=done).filter(has_text="Завершено"))

    def _does(self, task: str, form: str, answer: Mapping[str, object]) -> None:
        """Finds a task in the group's list, claims it, fills it in and completes it."""
        at = self.at
        row = at.page.get_by_role("row").filter(has_text=task)
        at.await_(row, "/tasks/?tab=group")
        at.look(f"specialist-{form}-list")
        row.get_by_role("button").click()
        shows(at.told("The task is now yours."))
        at.fill(form, answer)
        at.look(f"specialist-{form}")
        at.press()
        shows(at.told(task))


class Director:
    """Demo Director 1, in English."""

    def __init__(self, at: Visit) -> None:
        self.at = at
        at.sign_in("Demo Director 1")

    def signs(self) -> None:
        at = self.at
        task = "Check and sign the contract, or send it back"
        at.await_(at.link(task), "/tasks/?tab=group")
        at.look("director-tasks")
        at.link(task).click()
        at.press("Claim")
        shows(at.page.get_by_text("Assigned to you"))
        at.look("director-contract")
        at.fill("director", {"director_decision": "sign"})
        at.press("Continue")
        shows(at.heading("Signature"))
        at.look("director-sign")
        at.press("Sign with a demo key")
        shows(at.told(task))
        shows(at.page.locator("[data-drawn]"))
        at.look("director-signed")
