"""Two pages of one task: what the one has saved is not overwritten by the other unasked."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from tests.processes.fk_b03 import ANSWERS, Office

pytestmark = pytest.mark.usefixtures("office")
SignIn = Callable[..., Any]
OTHERS = "Other answers were saved here meanwhile"
FORM = {name: str(value) for name, value in ANSWERS["fill_details"].items()}


class Page:
    """A page of a task that is open, with what a browser holds of it."""

    def __init__(self, browser: Any, task: str) -> None:
        self.browser, self.address = browser, f"/tasks/{task}"
        self.hidden: dict[str, str] = {}
        self.took(browser.get(self.address).text)

    def took(self, html: str) -> None:
        form = html[html.index('id="task-form"') :]
        for name in ("csrf_token", "draft_version", "draft_editor"):
            (self.hidden[name],) = re.findall(rf'name="{name}" value="([^"]*)"', form)[:1]

    def press(self, press: str, **values: str) -> Any:
        """Presses, each time under a new command id, as a browser does."""
        command = f"{id(self):016x}{next(_numbers):016x}"
        data = {**self.hidden, "command_id": command, "press": press, **values}
        return self.browser.client.post(self.address, data=data)


_numbers = iter(range(1, 1_000_000))


@pytest.fixture
def task(office: Office) -> str:
    return str(office.task(office.start(), "fill_details", "employer-1")[1].id)


def draft(office: Office, task: str) -> Any:
    return office.queries.task(office.person("employer-1").actor, task).values


def test_a_stale_autosave_says_who_saved_and_what_differs_and_loses_nothing(
    office: Office, sign_in: SignIn, task: str
) -> None:
    first, second = Page(sign_in("employer-1"), task), Page(sign_in("employer-1"), task)
    saved = first.press("autosave", **FORM)
    assert (saved.status_code, saved.json["version"]) == (200, 1)
    refused = second.press("autosave", **{**FORM, "phone": "+7 700 000 00 00"})
    assert refused.status_code == 409
    assert refused.json["text"].startswith("Not saved")
    panel = unescape(refused.json["panel"])
    assert OTHERS in panel
    assert "Demo Employer 1" in panel
    assert "2 March 2026, 09:00" in panel
    assert re.search(r"Saved there: \+7 727.*?On this page: \+7 700 000 00 00", panel, re.DOTALL)
    assert panel.count("<dt>") == 1, "what is the same is not told"
    assert 'data-version="1"' in panel
    assert draft(office, task)["phone"] == FORM["phone"]
    second.hidden["draft_version"] = "1"
    assert second.press("autosave", **{**FORM, "phone": "+7 700 000 00 00"}).status_code == 200
    assert draft(office, task)["phone"] == "+7 700 000 00 00"


def test_a_page_that_did_not_hear_of_its_own_draft_goes_on(sign_in: SignIn, task: str) -> None:
    page = Page(sign_in("employer-1"), task)
    page.press("autosave", **FORM)
    assert page.press("autosave", **FORM, head_since="2026-01-05").status_code == 200


@pytest.mark.parametrize("press", ["complete", "draft", "elsewhere"])
def test_a_stale_press_shows_both_and_the_next_one_counts(
    office: Office, sign_in: SignIn, task: str, press: str
) -> None:
    first, second = Page(sign_in("employer-1"), task), Page(sign_in("employer-1"), task)
    first.press("autosave", **{**FORM, "phone": "+7 700 000 00 01"})
    typed = {**FORM, "phone": "+7 700 000 00 02"}
    told = second.press(press, **typed)
    assert told.status_code == 409
    assert OTHERS in told.text
    assert "press the button below once more" in told.text
    assert 'value="+7 700 000 00 02"' in told.text, "what was typed still stands there"
    assert draft(office, task)["phone"] == "+7 700 000 00 01"
    editor = second.hidden["draft_editor"]
    second.took(told.text)
    assert second.hidden["draft_editor"] == editor
    assert second.press(press, **typed).status_code == 302
    if press == "complete":
        assert office.queries.task(office.person("employer-1").actor, task).state == "completed"
    else:
        assert draft(office, task)["phone"] == "+7 700 000 00 02"


def test_the_answers_that_are_read_over_are_not_sent_over_newer_ones(
    office: Office, sign_in: SignIn
) -> None:
    case = office.start()
    office.do(case, "fill_details")
    task = str(office.task(case, "fill_application", "employer-1")[1].id)
    browser = sign_in("employer-1")
    other = Page(browser, task)
    page = Page(browser, task)
    answers = {
        name: {True: "true", False: "false"}.get(value, str(value))
        for name, value in ANSWERS["fill_application"].items()
    }
    assert page.press("complete", **answers).location.endswith("/review")
    html = browser.get(f"{page.address}/review").text
    page.hidden |= dict(re.findall(r'name="(draft_\w+)" value="([^"]*)"', html))
    other.hidden["draft_version"] = page.hidden["draft_version"]
    other.press("autosave", **{**answers, "places": "2"})
    assert page.press("send", **answers).status_code == 409
    page.hidden["draft_version"] = str(int(page.hidden["draft_version"]) + 1)
    assert page.press("send", **answers).status_code == 302
