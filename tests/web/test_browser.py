"""What only a browser can tell: an application from the sign-in to the vacancy, pages that fit a
phone, that axe finds nothing in, and that break no policy."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from tests.processes.fk_b03 import Office
from web.app import create_app
from web.inbox import CabinetInbox
from web.settings import WebSettings

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
AXE = ROOT / "web" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "build" / "screenshots"
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000
DETAILS = {
    "address_kk": "Алматы, Үлгі көшесі, 1",
    "address_ru": "Алматы, улица Үлгі, 1",
    "head_kk": "Демо Басшы, директор",
    "head_ru": "Демо Руководитель, директор",
    "bank_kk": "Демо банк",
    "bank_ru": "Демо банк",
    "iban": "KZ86 125K ZT50 0410 0100",
    "bic": "KCJBKZKX",
    "kbe": "17",
    "phone": "+7 727 000 00 01",
    "email": "demo@example.kz",
}


def missing(what: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    program = shutil.which("chromium")
    if program is None:
        missing("Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A served installation with its executor."""
    office = Office(tmp_path_factory.mktemp("data"))
    app = create_app(
        office.engine,
        WebSettings(secret_key="not secret", demo=True, cookie_secure=False),
        office.installation.people,
        signer=office.authority,
        inbox=CabinetInbox(office.engine.database),
        clock=office.clock,
    )
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    office.installation.executor.start()
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    office.installation.executor.stop()
    office.close()


class Desk:
    """One person at one browser. Everything the browser complains of is kept."""

    def __init__(self, chromium: Any, address: str, person: str, language: str, width: int) -> None:
        self.context = chromium.new_context(viewport={"width": width, "height": 900})
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.address, self.language, self.width = address, language, width
        self.page.goto(f"{address}/sign-in?lang={language}")
        if person:
            self.page.click(f'button[value="{person}"]')
            self.page.wait_for_selector('form[action="/sign-out"]')

    def _listen(self, message: Any) -> None:
        expected = "the server responded with a status of 4"
        if message.type in ("error", "warning") and expected not in message.text:
            self.complaints.append(message.text)

    def go(self, path: str) -> None:
        self.page.goto(self.address + path)

    def fill(self, **values: str | bool) -> None:
        """Fills in fields by name, whatever their kind."""
        for name, value in values.items():
            first = self.page.locator(f'[name="{name}"]').first
            kind = first.evaluate("control => control.type")
            if kind == "select-one":
                first.select_option(value)
            elif kind == "radio":
                self.page.check(f'[name="{name}"][value="{value}"]')
            elif kind == "checkbox":
                first.set_checked(bool(value))
            else:
                first.fill(value)

    def press(self, name: str = "complete") -> None:
        self.page.click(f'#task-form button[value="{name}"]')

    def sign(self) -> None:
        self.page.click("#task-form button[formaction]")

    def await_on(self, path: str, selector: str) -> None:
        """Looks at a page again and again until it shows what an automatic step brings."""
        give_up = time.monotonic() + PATIENCE / 1000
        self.go(path)
        while not self.page.locator(selector).count() and time.monotonic() < give_up:
            self.page.wait_for_timeout(250)
            self.go(path)

    def open_own_task(self) -> None:
        """Opens what is asked, as soon as an automatic step has brought it."""
        self.page.click(".q-action a")
        self.page.wait_for_selector("#task-form")

    def open_group_task(self) -> None:
        """Waits for a task in the group's list, claims it and opens it."""
        self.await_on("/tasks/?tab=group", "tbody form button")
        self.page.click("tbody form button")
        self.page.wait_for_selector("#task-form")

    def look(self, name: str) -> None:
        """Keeps a picture; the page must fit and axe must find nothing serious."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}-{self.language}-{self.width}.png"
        self.page.screenshot(path=path, full_page=True)
        fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert self.page.evaluate(fits), f"{name} is too wide"
        assert self.complaints == [], name
        if not AXE.is_file():
            missing("axe-core (npm ci in web/frontend)")
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        serious = [
            (violation["id"], [node["target"] for node in violation["nodes"]])
            for violation in found["violations"]
            if violation["impact"] in ("serious", "critical")
        ]
        assert serious == [], name


Sit = Callable[..., Desk]


@pytest.fixture
def sit(chromium: Any, address: str) -> Iterator[Sit]:
    """Seats a person: `sit("employer-1", "kk", 320)`."""
    desks: list[Desk] = []

    def seat(person: str = "", language: str = "en", width: int = 1280) -> Desk:
        desk = Desk(chromium, address, person, language, width)
        desks.append(desk)
        return desk

    yield seat
    for desk in desks:
        desk.context.close()


def apply(employer: Desk) -> str:
    """Starts an application and fills in its first form; returns its page."""
    employer.go("/cabinet/start/fk_b03")
    employer.fill(financial_year="2026", bin="150140000012")
    employer.page.click(".q-form button")
    employer.page.wait_for_selector(".q-action a")
    page = employer.page.url.removeprefix(employer.address)
    employer.open_own_task()
    return page


def test_an_application_from_the_sign_in_to_the_published_vacancy(sit: Sit) -> None:
    employer = sit("employer-1", "kk")
    specialist, director = sit("specialist-1", "ru"), sit("director-1", "en")
    employer.look("cabinet")
    application = apply(employer)
    employer.look("details")
    employer.fill(**DETAILS)
    employer.press()
    employer.page.wait_for_selector('[name="region"]')
    employer.fill(region="750000000", settlement="751110000", no_education_order=True)
    employer.fill(no_medical_care=True, no_grants=True, measure="YP", professional_area="trade")
    employer.fill(profession="cashier", places="2")
    employer.look("application-form")
    employer.press()
    employer.page.wait_for_selector(".q-action a")
    employer.open_own_task()
    employer.press()
    employer.look("sign-application")
    employer.sign()
    employer.page.wait_for_selector(".q-flash")
    employer.look("application-sent")

    for answers in ({"demand": "10", "supply": "2"}, {"review": "conforms"}, {}):
        specialist.open_group_task()
        specialist.fill(**answers)
        specialist.look("task")
        specialist.press()
        specialist.page.wait_for_selector(".q-flash")
    specialist.open_group_task()
    specialist.fill(decision="approve")
    specialist.press()
    specialist.open_group_task()
    specialist.fill(contract_number="Д-7/2026", contract_sum="1 080 000,50")
    specialist.fill(contract_end_date="2026-12-31")
    specialist.look("contract")
    specialist.press()

    director.open_group_task()
    director.fill(director_decision="sign")
    director.press()
    director.look("sign-contract")
    director.sign()
    director.page.wait_for_selector("[data-drawn]")
    director.look("contract-signed")

    employer.await_on("/cabinet/", ".q-action a")
    employer.look("cabinet-contract")
    employer.open_own_task()
    employer.fill(employer_decision="sign")
    employer.press()
    employer.sign()
    employer.page.wait_for_selector(".q-flash")
    employer.go(application)
    employer.page.wait_for_selector(".q-action a")
    employer.open_own_task()
    employer.fill(duties="Касса", salary="120 000", contact_phone="+7 727 000 00 02")
    employer.look("vacancy")
    employer.press()
    employer.page.wait_for_selector("text=Бос жұмыс орны жарияланды")
    employer.look("vacancy-published")

    specialist.go(application.replace("/cabinet/applications/", "/instances/"))
    specialist.page.wait_for_selector("[data-drawn]")
    specialist.look("instance")
    watermark = specialist.page.locator(".bjs-powered-by")
    assert watermark.is_visible()
    assert specialist.page.locator(".q-token").count() == 1


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_pages_fit_a_phone(sit: Sit, language: str) -> None:
    stranger = sit("", language, 320)
    stranger.look("sign-in")
    employer = sit("employer-3", language, 320)
    employer.look("cabinet")
    employer.go("/cabinet/start/fk_b03")
    employer.page.click(".q-form button")
    employer.look("start-errors")
    employer.fill(financial_year="2026", bin="150140000042")
    employer.page.click(".q-form button")
    employer.page.wait_for_selector(".q-action a")
    employer.look("application")
    case = employer.page.url.rsplit("/", 1)[-1]
    employer.open_own_task()
    employer.look("details")
    specialist = sit("specialist-1", language, 320)
    specialist.look("tasks")
    specialist.go("/nowhere")
    specialist.look("not-found")
    operator = sit("operator-1", language, 320)
    operator.look("cockpit")
    operator.go("/working-days/")
    operator.look("calendar")
    operator.go(f"/instances/{case}")
    operator.page.wait_for_selector("[data-drawn]")
    operator.look("instance")


def test_errors_are_read_first_and_lead_to_their_field(sit: Sit) -> None:
    employer = sit("employer-1")
    employer.go("/cabinet/start/fk_b03")
    employer.page.click(".q-form button")
    employer.page.wait_for_selector("#error-summary")
    assert employer.page.evaluate("document.activeElement.id") == "error-summary"
    assert employer.page.title().startswith("Error: ")
    employer.page.click("#error-summary a >> nth=1")
    assert employer.page.evaluate("document.activeElement.id") == "field-bin"


def test_linked_choices_offer_what_fits_and_conditions_hide_the_rest(sit: Sit) -> None:
    employer = sit("employer-1")
    apply(employer)
    employer.fill(**DETAILS)
    employer.press()
    employer.page.wait_for_selector('[name="region"]')
    options = '[name="settlement"] option[value^="71"]'
    employer.fill(region="750000000", settlement="751110000")
    assert employer.page.locator(options).count() == 0
    employer.fill(region="710000000")
    assert employer.page.locator(options).count() > 0
    assert employer.page.input_value('[name="settlement"]') == ""
    assert employer.complaints == []


def test_another_language_keeps_what_was_typed(sit: Sit) -> None:
    employer = sit("employer-1")
    apply(employer)
    employer.fill(head_ru="Начато по-русски")
    employer.page.click('a[data-language="kk"]')
    employer.page.wait_for_selector('html[lang="kk"]')
    assert employer.page.input_value('[name="head_ru"]') == "Начато по-русски"


def test_a_double_click_is_one_press(sit: Sit) -> None:
    employer = sit("employer-1")
    employer.go("/cabinet/start/fk_b03")
    employer.fill(financial_year="2026", bin="150140000022")
    employer.page.dblclick(".q-form button")
    employer.page.wait_for_selector(".q-action a")
    employer.go("/cabinet/?search=150140000022")
    assert employer.page.locator("tbody tr").count() == 1


def test_a_keyboard_reaches_the_content_and_the_search(sit: Sit) -> None:
    specialist = sit("specialist-1")
    specialist.go("/tasks/")
    specialist.page.keyboard.press("Tab")
    assert specialist.page.evaluate("document.activeElement.hash") == "#main"
    specialist.page.keyboard.press("Escape")
    specialist.page.evaluate("document.activeElement.blur()")
    specialist.page.keyboard.press("/")
    assert specialist.page.evaluate("document.activeElement.id") == "search"
