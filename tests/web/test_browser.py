"""What scripts do on a page: errors are read first, linked choices, another language."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from werkzeug.serving import make_server

from tests.processes.fk_b03 import Office
from tests.support.pieces import missing
from web.app import create_app
from web.kept_details import DetailsStore
from web.settings import WebSettings

pytestmark = pytest.mark.browser

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
        post=office.installation.post,
        options=office.engine.surroundings.options,
        details=DetailsStore(office.engine.database),
        checks=office.installation.checks,
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

    def open_own_task(self) -> None:
        """Opens what is asked, as soon as an automatic step has brought it."""
        self.page.click(".q-action a")
        self.page.wait_for_selector("#task-form")


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
    employer.page.click("[name=request][value=sign] ~ button")
    employer.page.click("button[value=demo]")
    employer.page.wait_for_url("**/check")
    page = employer.page.url.removeprefix(employer.address).removesuffix("/check")
    employer.go(page)
    employer.page.wait_for_selector(".q-action a")
    employer.open_own_task()
    return page


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
    employer.fill(region="610000000")
    employer.page.wait_for_selector('[name="district"] option[value="611600000"]', state="attached")
    employer.fill(district="611600000")
    employer.page.wait_for_selector("#field-settlement-filter")
    employer.page.fill("#field-settlement-filter", "sanaly")
    values = "(list) => [...list.options].map((option) => option.value)"
    assert employer.page.eval_on_selector("#field-settlement", values) == ["", "611637200"]
    employer.fill(settlement="611637200", region="750000000")
    employer.page.wait_for_selector('[name="district"] option[value="751110000"]', state="attached")
    assert employer.page.input_value('[name="district"]') == ""
    employer.fill(district="751110000")
    employer.page.wait_for_selector('[name="settlement"]', state="detached")
    assert employer.complaints == []


def test_another_language_keeps_what_was_typed(sit: Sit) -> None:
    employer = sit("employer-1")
    apply(employer)
    employer.fill(head_ru="Начато по-русски")
    employer.page.click('a[data-language="kk"]')
    employer.page.wait_for_selector('html[lang="kk"]')
    assert employer.page.input_value('[name="head_ru"]') == "Начато по-русски"
