"""What scripts do on a page: errors are read first, linked choices, another language."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.served import Served
from tests.browser.visit import Visit

pytestmark = pytest.mark.browser


def test_errors_are_read_first_and_lead_to_their_field(sit: Callable[..., Visit]) -> None:
    employer = sit("employer-1", "en")
    employer.go("/cabinet/start/fk_b03")
    employer.press("Continue")
    expect(employer.summary()).to_be_focused()
    expect(employer.page).to_have_title(re.compile("^Error: "))
    employer.summary().get_by_role("link").nth(1).click()
    expect(employer.page.locator("#field-bin")).to_be_focused()


def test_linked_choices_offer_what_fits_and_conditions_hide_the_rest(
    office: Served, sit: Callable[..., Visit]
) -> None:
    case = office.start()
    office.do(case, "fill_details")
    employer = sit("employer-1", "en")
    employer.go(office.task_path(case, "fill_application"))
    employer.fill("application", {"region": "610000000", "district": "611600000"})
    employer.page.locator("#field-settlement-filter").fill("sanaly")
    left = employer.page.locator("#field-settlement option")
    expect(left).to_have_count(2)
    expect(left.nth(0)).to_have_attribute("value", "")
    expect(left.nth(1)).to_have_attribute("value", "611637200")
    employer.fill("application", {"settlement": "611637200", "region": "750000000"})
    district = employer.page.locator("[name=district]")
    expect(district.locator("option[value='751110000']")).to_have_count(1)
    expect(district).to_have_value("")
    employer.fill("application", {"district": "751110000"})
    expect(employer.page.locator("[name=settlement]")).to_have_count(0)
    assert employer.complaints == []


def test_another_language_keeps_what_was_typed(office: Served, sit: Callable[..., Visit]) -> None:
    employer = sit("employer-1", "en")
    employer.go(office.task_path(office.start(), "fill_details"))
    employer.fill("details", {"head_ru": "Начато по-русски"})
    employer.page.locator("a[data-language=kk]").click()
    expect(employer.page.locator("html")).to_have_attribute("lang", "kk")
    expect(employer.page.locator("[name=head_ru]")).to_have_value("Начато по-русски")
