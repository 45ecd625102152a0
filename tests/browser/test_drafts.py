"""A task that is open in two tabs: neither overwrites what the other has saved."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.served import Served
from tests.browser.visit import LANGUAGES, NARROW, WIDE, Visit, shows

pytestmark = pytest.mark.browser
PAUSE = 4
"""Seconds after the last change by which a page has begun to save it."""


def saved(at: Visit) -> None:
    """The page has saved what was typed, by itself."""
    at.wait(PAUSE)
    told = at.page.locator("[data-autosave]")
    shows(told.filter(has_text=re.compile(r"[0-9]{2}:[0-9]{2}")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_another_tab_saved_is_not_overwritten_unasked(
    office: Served, visit: Callable[..., Visit], language: str
) -> None:
    path = office.task_path(office.start(), "fill_details")
    at = office.seat(visit, "employer-1", language)
    at.context.clock.install()
    first, second = at.page, at.tab()
    for at.page in (first, second):
        at.go(path)
    others = at.says("Other answers were saved here meanwhile")
    at.page = first
    at.page.locator("[name=phone]").fill("+7 700 000 00 01")
    saved(at)
    at.page = second
    at.page.locator("[name=phone]").fill("+7 700 000 00 02")
    at.wait(PAUSE)
    shows(at.heading(others))
    sentence = "Not saved: other answers were saved meanwhile. Choose which ones to keep."
    shows(at.page.get_by_text(at.says(sentence)))
    at.examine("saved-elsewhere-by-itself")
    at.resize(NARROW)
    at.examine("saved-elsewhere-by-itself-narrow")
    at.resize(WIDE)
    at.press("Save and go on later")
    shows(at.heading(others))
    at.examine("saved-elsewhere")
    expect(at.page.locator("[name=phone]")).to_have_value("+7 700 000 00 02")
    at.page.locator("[name=phone]").fill("+7 700 000 00 03")
    saved(at)
    at.page = first
    at.page.locator("[name=phone]").fill("+7 700 000 00 04")
    at.page.get_by_role("button", name=at.says("Keep what stands on this page")).click()
    saved(at)
    expect(at.page.locator("[data-elsewhere]")).to_have_text("")
    at.page = second
    at.page.locator("[name=phone]").fill("+7 700 000 00 05")
    at.link(at.says("Take over what was saved there")).click()
    expect(at.page.locator("[name=phone]")).to_have_value("+7 700 000 00 04")
