"""Files that are refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.bad_input.conftest import BOTH, START
from tests.browser.bad_input.forms import fill_start, is_said
from tests.browser.visit import Visit, shows
from tests.support.files import pdf

pytestmark = pytest.mark.browser


@BOTH
def test_files_that_are_refused(at: Callable[..., Visit], tmp_path: Path, language: str) -> None:
    employer = at(language)
    employer.go(START)
    fill_start(employer)
    employer.fill("start", {"power_number": ""})
    field = employer.control("start", "power_document")
    wrong = tmp_path / "сурет.pdf"
    for content, sentence in (
        (b"", {"kk": "Файл бос", "ru": "Файл пустой"}),
        (b"MZ a program", {"kk": "PDF, JPEG немесе PNG файлын тіркеңіз",
                           "ru": "Приложите файл PDF, JPEG или PNG"}),
    ):  # fmt: skip
        wrong.write_bytes(content)
        field.set_input_files(wrong)
        employer.press("Continue")
        is_said(employer, "start", "power_document", sentence[language])
        expect(employer.control("start", "power_holder")).to_have_value("Үлгі Өкіл")
    large = tmp_path / "үлкен.pdf"
    large.write_bytes(b"%PDF-1.7" + b" " * (25 * 1024 * 1024))
    field.set_input_files(large)
    told = employer.page.locator("[data-too-large]")
    shows(told.filter(has_text={"kk": "шегінен үлкен", "ru": "больше"}[language]))
    expect(field).to_have_value("")
    employer.examine("too-large-a-file")
    right = tmp_path / "сенімхат.docx"
    right.write_bytes(pdf())
    field.set_input_files(right)
    expect(told).to_have_text("")
    employer.press("Continue")
    shows(employer.page.get_by_text("сенімхат.docx.pdf"))
    expect(employer.control("start", "power_holder")).to_have_value("Үлгі Өкіл")
