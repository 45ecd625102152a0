"""Forms as a browser posts them, and what their pages answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from tests.processes.fk_b03 import BIN

BY_POWER = {
    "financial_year": "2026",
    "bin": BIN,
    "filing_ground": "power_of_attorney",
    "power_holder": "Үлгі Өкіл",
    "power_holder_iin": "900101300017",
    "power_number": "7",
    "power_date": "2026-01-01",
    "power_until": "2027-12-31",
}
"""A new application by power of attorney, without the copy of it."""


def as_posted(values: Mapping[str, object]) -> dict[str, str]:
    """A task's values as its form posts them. A box that is not ticked is read as this "false"."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in values.items()
        if value is not None
    }


def said_at(html: str, field: str) -> str:
    """What stands beside a field as its error; it stands in the summary too, with a link."""
    found = re.search(
        rf'<p [^>]*id="field-{field}-error"[^>]*>\s*<span[^>]*>[^<]*</span>([^<]*)', html
    )
    assert found, f"nothing is said at {field}"
    text = unescape(found[1]).strip()
    summary = unescape(re.findall(r'id="error-summary".*?</ul>', html, re.DOTALL)[0])
    assert f'href="#field-{field}"' in summary
    assert text in summary
    return text


def is_kept(html: str, values: Mapping[str, str]) -> None:
    """What was typed in lines of text stands there still."""
    lines = 0
    for name, value in values.items():
        line = re.search(rf'<input [^>]*id="field-{name}"[^>]*?value="([^"]*)"', html, re.DOTALL)
        if line and "checkbox" not in line[0] and "radio" not in line[0]:
            lines += 1
            assert unescape(line[1]) == value.replace("−", "-"), name
    assert lines, "the page has none of these lines"
