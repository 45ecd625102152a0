"""Files of forms by their pages: kept when the form is refused, and downloaded safely."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest

from tests.processes.fk_b03 import TO_SENT, Office
from tests.support.files import pdf
from tests.support.posted import BY_POWER

pytestmark = pytest.mark.usefixtures("office")
SignIn = Callable[..., Any]
START = "/cabinet/start/fk_b03"


def send(browser: Any, content: bytes, name: str = "../сенімхат.pdf", **values: str) -> Any:
    data: dict[str, Any] = browser.tokens(START) | BY_POWER | values
    data["power_document.file"] = (BytesIO(content), name)
    return browser.client.post(START, data=data, content_type="multipart/form-data")


def kept_id(page: str) -> str:
    found = re.search(r'name="power_document" value="([0-9a-f]{24})"', page)
    assert found
    return found[1]


def test_a_refused_form_keeps_its_file_and_it_becomes_a_document(
    sign_in: SignIn, office: Office
) -> None:
    browser = sign_in("employer-1")
    refused = send(browser, pdf(), power_number="")
    assert refused.status_code == 422
    assert "Attached: сенімхат.pdf" in refused.text
    answer = browser.post(START, **BY_POWER, power_document=kept_id(refused.text))
    assert answer.status_code == 302, answer.text
    office.work()
    page = browser.get(answer.location).text
    assert "сенімхат.pdf" in page
    assert "SHA-256" in page


def test_a_file_that_is_refused_loses_nothing_that_was_typed(sign_in: SignIn) -> None:
    answer = send(sign_in("employer-1"), b"MZ a program", "paper.pdf")
    assert answer.status_code == 422
    assert "Attach a PDF, JPEG or PNG file" in answer.text
    assert 'value="Үлгі Өкіл"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_file_that_is_refused_hides_no_other_fault(sign_in: SignIn) -> None:
    wrong = {"power_number": "", "power_until": "2020-01-01"}
    answer = send(sign_in("employer-1"), b"MZ a program", "paper.pdf", **wrong)
    assert answer.status_code == 422
    for field in ("power_number", "power_until", "power_document"):
        assert f'href="#field-{field}"' in answer.text
    assert "Attach a PDF, JPEG or PNG file" in answer.text


def test_a_file_of_a_task_that_is_refused_hides_no_other_fault(
    sign_in: SignIn, office: Office
) -> None:
    case = office.start()
    office.walk(case, *TO_SENT, "form_demand_supply")
    office.do(case, "review_application", review="remark")
    office.walk(case, "enter_remark", "advise_employer")
    person, task = office.task(case, "answer_remark")
    browser, address = sign_in(person.id), f"/tasks/{task.id}"
    data: dict[str, Any] = browser.tokens(address)
    data["response_document.file"] = (BytesIO(b"MZ a program"), "paper.pdf")
    answer = browser.client.post(address, data=data, content_type="multipart/form-data")
    assert answer.status_code == 422
    for field in ("response", "response_document"):
        assert f'href="#field-{field}"' in answer.text


def test_too_large_a_file_is_answered_on_the_form(sign_in: SignIn) -> None:
    answer = send(sign_in("employer-1"), b"x" * (6 * 1024 * 1024))
    assert answer.status_code == 422
    assert "The file is too large: 6 MB" in answer.text
    assert 'value="Үлгі Өкіл"' in answer.text


def test_a_file_can_be_removed_again(sign_in: SignIn) -> None:
    browser = sign_in("employer-1")
    kept = kept_id(send(browser, pdf(), power_number="").text)
    answer = browser.post(
        START,
        **(BY_POWER | {"power_number": ""}),
        power_document=kept,
        **{"power_document.remove": "true"},
    )
    assert "Attached:" not in answer.text


def test_a_downloaded_file_can_run_nothing(sign_in: SignIn, office: Office) -> None:
    browser = sign_in("employer-1")
    kept = kept_id(send(browser, pdf(), power_number="").text)
    place = browser.post(START, **BY_POWER, power_document=kept).location
    office.work()
    address = re.search(r'href="(/documents/[0-9a-f]{24}\?download=1)"', browser.get(place).text)
    assert address
    answer = browser.get(address[1])
    assert answer.data == pdf()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].endswith("sandbox")
