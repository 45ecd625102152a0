"""The documents of an application as the employer and the staff of the centre read them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from tests.browser.served import Served
from tests.browser.visit import NARROW, WIDE, Visit, phrase, shows

pytestmark = pytest.mark.browser
PEOPLE = {
    "kk": {"employer": "Демо Жұмыс беруші 1", "staff": "Демо Маман 1"},
    "ru": {"employer": "Демо Работодатель 1", "staff": "Демо Специалист 1"},
}
TITLES = {
    "kk": ["Тексеруге сұрау", "Қайта тексеру нәтижесі", "Өтінім бойынша шешім", "Шарт"],
    "ru": ["Запрос на проверку", "Результат повторной проверки", "Решение по заявке", "Договор"],
}
PAGES = {"employer": "/cabinet/applications/{}", "staff": "/instances/{}"}


@pytest.fixture(scope="module")
def case(office: Served) -> str:
    """An application whose contract is concluded."""
    return office.concluded()


@pytest.fixture
def address(office: Served) -> str:
    return office.address


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("who", ["employer", "staff"])
def test_the_list_of_documents_is_read_and_downloaded(
    address: str, visit: Callable[..., Visit], case: str, language: str, who: str
) -> None:
    reader = visit(address, language).sign_in(PEOPLE[language][who])
    for width in (WIDE, NARROW):
        reader.resize(width)
        reader.go(PAGES[who].format(case))
        for title in TITLES[language]:
            shows(reader.page.get_by_role("link", name=title, exact=True))
        contract = reader.page.locator(".q-documents > li").last
        signature = contract.locator("details").last
        signature.locator("summary").click()
        shows(signature.get_by_text(phrase(language, "A trusted authority issued the certificate")))
        reader.examine(f"documents-{who}")
        signature.locator("summary").click()
    contract.locator("summary").first.click()
    digest = contract.locator("code.q-hash").inner_text()
    with reader.page.expect_download() as download:
        download_link = phrase(language, "Download: %(name)s") % {"name": TITLES[language][-1]}
        contract.get_by_role("link", name=download_link, exact=True).click()
    content = download.value.path().read_bytes()
    assert hashlib.sha256(content).hexdigest() == digest
    assert download.value.suggested_filename.startswith(f"{TITLES[language][-1]} ")


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_digest_is_chosen_whole_by_one_click(
    address: str, visit: Callable[..., Visit], case: str, language: str
) -> None:
    reader = visit(address, language).sign_in(PEOPLE[language]["employer"])
    reader.go(PAGES["employer"].format(case))
    reader.page.locator(".q-documents summary").first.click()
    digest = reader.page.locator(".q-documents code.q-hash").first
    digest.click()
    assert reader.page.evaluate("window.getSelection().toString()") == digest.inner_text()


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_evidence_of_a_signature_is_downloaded(
    address: str, visit: Callable[..., Visit], case: str, language: str
) -> None:
    reader = visit(address, language).sign_in(PEOPLE[language]["employer"])
    reader.go(PAGES["employer"].format(case))
    with reader.page.expect_download() as download:
        reader.page.get_by_role(
            "link", name=phrase(language, "Evidence of the check")
        ).first.click()
    assert download.value.suggested_filename.endswith(".evidence.json")
