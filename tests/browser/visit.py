"""One person at a browser of their own: what they read, press and fill in, by its name."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from babel.support import Translations
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Response,
    StorageState,
    expect,
)

from engine.forms import Field, Form, load_form, with_fields_of
from tests.browser import judging
from web.configuration import ROOT

WIDE, NARROW = 1280, 320
LANGUAGES = ("kk", "ru", "en")
FORMS = ROOT / "bpmn" / "fk_b03" / "forms"
PASS_CHECK = {"kk": "Тексеруден өту", "ru": "Пройти проверку", "en": "Pass the check"}
PATIENCE = 60.0
"""Seconds that a page or an automatic step may take: much, for a machine that does much at once."""

_VIEWER = "chrome-extension://"
_EXPECTED = re.compile(r"responded with a status of 4\d\d")
_LEAVE_IT = """
    const ask = window.fetch;
    window.fetch = (address, ...how) =>
        String(address).endsWith('/progress') ? new Promise(() => {}) : ask(address, ...how);
"""


@cache
def phrase(language: str, text: str) -> str:
    """A text of the pages (its English) in a language."""
    catalogue = Translations.load(ROOT / "web" / "translations", [language])
    return str(catalogue.gettext(text))


@cache
def form(name: str) -> Form:
    """A form of FK-B.03."""
    files = {f"fk_b03/forms/{path.name}": path.read_bytes() for path in FORMS.glob("*.json")}
    key = f"fk_b03/forms/{name}.json"
    return load_form(key, with_fields_of(key, files[key], files))


class Visit:
    """A person's visit to a served Qadam.

    What the browser complains of is kept in `complaints`: errors and warnings of the console
    (a broken policy among them), defects of scripts, answers of 500 and above. `album` is the
    folder of pictures, or None; `state` what the browser kept of a session. Pages load themselves
    again when a case has moved on only where it `follows`: not under a test's hands.
    """

    def __init__(
        self,
        browser: Browser,
        address: str,
        language: str,
        *,
        album: Path | None = None,
        javascript: bool = True,
        follows: bool = False,
        state: StorageState | None = None,
    ) -> None:
        self.address, self.language = address, language
        self.context = browser.new_context(
            viewport={"width": WIDE, "height": 900},
            java_script_enabled=javascript,
            storage_state=state,
        )
        if not follows:
            self.context.add_init_script(_LEAVE_IT)
        self.complaints: list[str] = []
        self._album = album
        self._axe = ""
        self.page = self.tab()

    # -- going about

    def tab(self) -> Page:
        """One more tab of the same browser."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE * 1000)
        page.on("console", self._hear)
        page.on("pageerror", self._note)
        page.on("response", self._see)
        return page

    def go(self, path: str) -> int:
        """Goes to a page; returns its status."""
        answer = self.page.goto(self.address + path)
        assert answer is not None
        return answer.status

    def sign_in(self, name: str) -> Visit:
        """Signs in on the sign-in page as the demo person of that name in the visit's language."""
        self.go(f"/sign-in?lang={self.language}")
        self.button(name).click()
        self.page.wait_for_url(lambda address: "/sign-in" not in address)
        return self

    @property
    def path(self) -> str:
        """Where the person is."""
        return self.page.url.removeprefix(self.address)

    def await_(self, wanted: Locator, path: str | None = None) -> Locator:
        """Loads a page (this one) again and again until it shows what an automatic step brings."""
        here = path or self.path
        give_up = time.monotonic() + PATIENCE
        while True:
            self.go(here)
            if wanted.count():
                return wanted
            assert time.monotonic() < give_up, f"{here} never showed {wanted}"
            self.page.wait_for_timeout(150)

    # -- reading

    def says(self, text: str) -> str:
        """A text of the pages (its English) in the visit's language."""
        return phrase(self.language, text)

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name)

    def button(self, text: str) -> Locator:
        """A button by the beginning of its name: its English where it is one of the pages' own."""
        return self.page.get_by_role("button", name=re.compile(f"^{re.escape(self.says(text))}"))

    def told(self, text: str) -> Locator:
        """What the page tells of a press that was carried out."""
        return self.page.get_by_role("status").filter(has_text=self.says(text))

    def standing(self, status: str) -> Locator:
        """The status of the case that the page is about."""
        return self.page.get_by_role("main").locator(".q-tag", has_text=status)

    def summary(self) -> Locator:
        """The summary of what is wrong with a form."""
        return self.page.locator("#error-summary")

    # -- doing

    def fill(self, name: str, values: Mapping[str, object]) -> None:
        """Fills in fields of a form, found by their labels in the visit's language."""
        fields = {field.name: field for field in form(name).fields}
        for key, value in values.items():
            self._fill(fields[key], value)

    def control(self, name: str, field: str) -> Locator:
        """The control of a field of a form."""
        return self._control(next(each for each in form(name).fields if each.name == field))

    def press(self, text: str = "Complete") -> None:
        self.button(text).click()

    def begin(self, **values: object) -> str:
        """Begins an application; returns its id. The page is that of its check."""
        self.go("/cabinet/start/fk_b03")
        self.fill("start", values)
        self.press("Continue")
        self.page.wait_for_url("**/check")
        return self.path.split("/")[-2]

    def sign_request(self) -> None:
        """Signs the request for the check, on its page and back to it."""
        self.await_(self.button(PASS_CHECK[self.language])).click()
        shows(self.heading(self.says("Signature")))
        self.press("Sign with a demo key")
        self.page.wait_for_url("**/check")

    def _fill(self, field: Field, value: object) -> None:
        if field.kind == "radio":
            label = next(each.label(self.language) for each in field.options if each.value == value)
            group = self.page.get_by_role("group", name=field.label(self.language))
            group.get_by_role("radio", name=label, exact=True).check()
        elif field.kind in ("boolean", "const-true"):
            self._control(field).set_checked(bool(value))
        elif self._control(field).evaluate("control => control.tagName") == "SELECT":
            self._control(field).select_option(str(value))
        else:
            self._control(field).fill(str(value))
        self.settle()

    def settle(self) -> None:
        """Lets the fields that follow an answer be drawn anew before anything else is done."""
        expect(self.page.locator("form[aria-busy]")).to_have_count(0)

    def _control(self, field: Field) -> Locator:
        """By its label, which may say in brackets that the answer is optional."""
        label = re.escape(field.label(self.language))
        return self.page.get_by_label(re.compile(rf"^\s*{label}(\s*\(.*\))?\s*$"))

    def open_asked(self, task: str, application: str) -> None:
        """Opens the task that the page of an application asks for, as soon as it does."""
        asked = self.page.get_by_role("listitem").filter(has_text=task).get_by_role("link")
        self.await_(asked, f"/cabinet/applications/{application}").click()
        shows(self.heading(task))

    # -- judging

    def look(self, name: str) -> None:
        """Looks at the page: it is in the right language, it fits, nothing was complained of."""
        self.page.wait_for_load_state()  # without its styles a page is wider
        self.picture(name)
        expect(self.page.locator("html")).to_have_attribute("lang", self.language)
        beyond = judging.too_wide(self.page)
        assert beyond == [], f"{name} is too wide: {beyond}"
        assert self.complaints == [], f"{name}: {self.complaints}"

    def examine(self, name: str) -> None:
        """Looks at the page, and axe finds nothing in it."""
        self.look(name)
        violations = judging.violations(self.page)
        assert violations == [], f"{name}: {violations}"

    def unfold(self) -> None:
        """Opens everything on the page that is folded; of the menus, only one is open at a time."""
        folded = "list => list.forEach((each) => { each.open = true; })"
        self.page.locator("details:not([data-menu])").evaluate_all(folded)
        self.page.locator("details[data-menu]").first.evaluate_all(folded)

    def picture(self, name: str) -> None:
        """Keeps a picture of the whole page where there is an album."""
        if self._album is not None:
            self._album.mkdir(parents=True, exist_ok=True)
            width = (self.page.viewport_size or {"width": 0})["width"]
            path = self._album / f"{name}.{self.language}.{width}.png"
            self.page.screenshot(path=path, full_page=True)

    def reach(self, role: Literal["button", "link", "textbox"], name: str) -> None:
        """Goes to a control with the Tab key alone."""
        wanted = self.page.get_by_role(role, name=name).first
        wanted.wait_for()
        for _ in range(100):
            if wanted.evaluate("control => control === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{role} {name} can't be reached with the Tab key")

    def wait(self, seconds: float) -> None:
        """Lets the page's clock go on (`context.clock.install()` comes before the page)."""
        self.page.clock.fast_forward(seconds * 1000)

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})

    def close(self) -> None:
        self.context.close()

    def _note(self, defect: Error) -> None:
        """Defects of scripts, but for those of the browser's own viewer of documents."""
        if _VIEWER not in (defect.stack or ""):
            self.complaints.append(str(defect))

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not _EXPECTED.search(message.text):
            self.complaints.append(message.text)

    def _see(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")


def shows(visible: Locator) -> None:
    """The page shows it, now or in a moment."""
    expect(visible.first).to_be_visible()
