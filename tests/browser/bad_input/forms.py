"""The forms of these tests: filled in, and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from playwright.sync_api import Locator, expect

from tests.browser.bad_input.conftest import Counter
from tests.browser.visit import Visit, shows
from tests.processes.fk_b03 import BIN


def error_at(at: Visit, control: Locator) -> Locator:
    """What stands beside a control as its error, which its description names."""
    expect(control).to_have_attribute("aria-invalid", "true")
    described = (control.get_attribute("aria-describedby") or "").split()
    error = at.page.locator(f"#{next(each for each in described if each.endswith('-error'))}")
    shows(error)
    return error


def is_said(at: Visit, form: str, field: str, sentence: str) -> None:
    """At the field and in the summary, which leads there."""
    shows(at.summary())
    expect(error_at(at, at.control(form, field))).to_contain_text(sentence)
    shows(at.summary().get_by_role("link").filter(has_text=sentence))


def is_typed(at: Visit, form: str, values: Mapping[str, object]) -> None:
    for name, value in values.items():
        expect(at.control(form, name), name).to_have_value(str(value))


def fill_start(at: Visit) -> None:
    year = datetime.now(UTC).year
    ground = {"financial_year": year, "bin": BIN, "filing_ground": "power_of_attorney"}
    at.fill("start", ground)
    at.fill("start", {
        "power_holder": "Үлгі Өкіл", "power_holder_iin": "900101300017", "power_number": "7",
        "power_date": f"{year}-01-01", "power_until": f"{year + 1}-12-31",
    })  # fmt: skip


def go_to_sign(at: Visit, counter: Counter, name: str) -> None:
    """Answers the form, so that only the signature is missing; the document is there as well."""
    at.go(f"/tasks/{counter.task[name]}")
    at.fill("filing", {"sending": "send"})
    at.press("Continue")
    shows(at.heading(at.says("Signature")))
    at.page.wait_for_load_state()
