"""The documents of a finished application of FK-B.03, as the employer and the staff list them."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest

from tests.processes.fk_b03 import SYSTEM, Office
from tests.support.files import pdf
from tests.support.posted import BY_POWER

pytestmark = pytest.mark.usefixtures("office")
SignIn = Callable[..., Any]

DOCUMENTS = {
    "kk": (
        "Тексеруге сұрау",
        "Тексеру нәтижесі",
        "Қайта тексеру нәтижесі",
        "Өтінім",
        "Өтінім бойынша шешім",
        "Шарт",
    ),
    "ru": (
        "Запрос на проверку",
        "Результат проверки",
        "Результат повторной проверки",
        "Заявка",
        "Решение по заявке",
        "Договор",
    ),
    "en": (
        "Request for the check",
        "Result of the check",
        "Result of the second check",
        "Application",
        "Decision on the application",
        "Contract",
    ),
}
ITEM = re.compile(
    r'<a class="govuk-link" href="(/documents/[^"/]+)">([^<]+)</a>.*?'
    r'<code class="q-hash" translate="no">([0-9a-f]{64})</code>',
    re.DOTALL,
)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    opened = Office(tmp_path_factory.mktemp("data"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def case(office: Office) -> str:
    """An application whose contract is concluded."""
    return office.concluded()


def listed(page: str) -> list[tuple[str, str, str]]:
    """(address, title, digest) of each document of a page."""
    return [
        (address, html.unescape(title), digest) for address, title, digest in ITEM.findall(page)
    ]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    ("person", "page"),
    [("employer-1", "/cabinet/applications/{}"), ("specialist-1", "/instances/{}")],
)
def test_every_document_is_listed_in_the_readers_language_with_its_digest(
    case: str, sign_in: SignIn, person: str, page: str, language: str
) -> None:
    browser = sign_in(person, language)
    found = listed(browser.get(page.format(case)).text)
    assert tuple(title for _, title, _ in found) == DOCUMENTS[language]
    for address, _, digest in found:
        answer = browser.get(f"{address}?download=1")
        assert hashlib.sha256(answer.data).hexdigest() == digest
        assert answer.headers["Content-Disposition"].isascii()
        assert answer.data.startswith(b"%PDF")


def test_each_says_what_made_it_its_type_and_its_file(case: str, sign_in: SignIn) -> None:
    page = sign_in("employer-1", "ru").get(f"/cabinet/applications/{case}").text
    for part in (
        "Сформировать документ решения",
        "Сформировать документ заявки",
        "PDF, ",
        "Результат проверки 2026-",
        "Создан",
    ):
        assert part in page


def test_both_signatures_over_the_contract_are_shown_with_their_files(
    office: Office, case: str, sign_in: SignIn
) -> None:
    browser = sign_in("employer-1")
    page = browser.get(f"/cabinet/applications/{case}").text
    contract = page[page.index(">Contract</a>") :]
    assert "Signed: Demo Director 1" in contract
    assert "Signed: Demo Employer 1" in contract
    assert "A trusted authority issued the certificate" in contract
    for person in ("employer-1", "director-1"):
        iin = office.person(person).iin
        assert iin is not None
        assert iin in contract
    addresses = re.findall(r'href="(/documents/signatures/[^"]+)"', contract)
    assert len(addresses) == 4
    for address in addresses:
        answer = browser.get(address)
        assert answer.status_code == 200
        if address.endswith("/evidence"):
            told = json.loads(answer.data)
            assert told["evidence"]["content_sha256"] == told["document"]["sha256"]
            assert "signature" in told["evidence"]["checks"]
        else:
            assert answer.mimetype == "application/pkcs7-signature"


def test_another_employer_gets_none_of_it(case: str, sign_in: SignIn) -> None:
    page = sign_in("employer-1").get(f"/cabinet/applications/{case}").text
    addresses = [address for address, _, _ in listed(page)]
    signatures = re.findall(r'href="(/documents/signatures/[^"]+)"', page)
    stranger = sign_in("employer-2")
    assert stranger.get(f"/cabinet/applications/{case}").status_code == 404
    for address in (*addresses, *signatures):
        assert stranger.get(address).status_code == 404


def test_staff_of_another_centre_get_none_of_it(case: str, sign_in: SignIn) -> None:
    page = sign_in("specialist-1").get(f"/instances/{case}").text
    away = sign_in("specialist-3")
    assert away.get(f"/instances/{case}").status_code == 404
    for address, _, _ in listed(page):
        assert away.get(address).status_code == 404


def test_who_only_looks_after_processes_sees_no_whole_iin(
    office: Office, case: str, sign_in: SignIn
) -> None:
    owner = sign_in("owner-1")
    page = owner.get(f"/instances/{case}").text
    contract = page[page.index(">Contract</a>") :]
    assert "Signed: Demo Director 1" in contract
    assert "only for those whose case it is" in contract
    assert "/documents/signatures/" not in page
    for person in ("employer-1", "director-1"):
        iin = office.person(person).iin
        assert iin is not None
        assert iin not in page
        assert "••••••••" + iin[-4:] in contract
    whole = sign_in("specialist-1").get(f"/instances/{case}").text
    for address in re.findall(r'href="(/documents/signatures/[^"]+)"', whole):
        assert owner.get(address).status_code == 403


def test_an_attachment_is_listed_under_what_was_asked_for(office: Office, sign_in: SignIn) -> None:
    browser = sign_in("employer-3", "kk")
    answer = browser.post(
        "/cabinet/start/fk_b03",
        **{**BY_POWER, "bin": "150140000042", "power_holder_iin": "900101300037"},
        **{"power_document.file": (BytesIO(pdf()), "сенімхат.pdf")},
    )
    assert answer.status_code == 302, answer.text
    office.work()
    case = office.queries.instance_list(SYSTEM, limit=1).rows[0].id
    page = browser.get(f"/cabinet/applications/{case}").text
    ((address, title, digest), *_) = listed(page)
    assert title == "Сенімхаттың көшірмесі"
    assert "сенімхат.pdf" in page
    assert hashlib.sha256(browser.get(address).data).hexdigest() == digest
