"""What judges the pages finds what is wrong with one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.judging import foreign_words, raw_codes, too_wide, violations

pytestmark = pytest.mark.browser

PAGE = """
    <!doctype html><html lang="kk"><title>Бет</title>
    <main><h1>Бет</h1><h4>Reason</h4><p style="color: #ccc">Өте ақшыл 2026-11-20</p>
      <a href="#a" style="font-size: 8px">бір</a><a href="#b" style="font-size: 8px">екі</a>
      <p translate="no">check_status</p><div style="width: 2000px">Кең</div>
      <div class="djs-container"><svg role="img"><text>Drawn</text></svg><img src="x"></div></main>
    <div>Тыс</div></html>
"""


def test_of_every_kind_of_rule_and_whatever_its_impact(chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 320, "height": 900})
    page.set_content(PAGE)
    found = {each.partition(":")[0] for each in violations(page)}
    assert {"color-contrast", "target-size", "image-alt"} <= found  # WCAG 2.0 to 2.2
    assert {"heading-order", "region"} <= found  # good practice
    assert "svg-img-alt" not in found
    assert too_wide(page) == ["DIV."]
    assert foreign_words(page) == {"Reason", "Drawn"}
    assert raw_codes(page) == {"2026-11-20"}
    page.close()
