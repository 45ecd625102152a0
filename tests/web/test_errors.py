"""Each error has its page: the status, what happened in words, what to do next."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from engine import errors

WHEN = datetime(2026, 11, 20, 4, 30, tzinfo=UTC)
INVALID = errors.InvalidSubmission({"": {"kk": "Орын жоқ", "ru": "Мест нет", "en": "No places"}})
UNSIGNED = errors.SignatureRefused(
    "chain", {"kk": "Куәлік жарамсыз", "ru": "Сертификат неверен", "en": "Certificate not trusted"}
)


@pytest.mark.parametrize(
    ("error", "status", "texts"),
    [
        (
            errors.NotAllowed("x"),
            403,
            ("Бұл сізге ашық емес", "Вам это недоступно", "not open to you"),
        ),
        (
            errors.NotFound("x"),
            404,
            ("Мұндай бет жоқ", "Такой страницы нет", "There is no such page"),
        ),
        (
            errors.Conflict("x", who="specialist-2", when=WHEN),
            409,
            ("Демо Маман 2", "Демо Специалист 2", "Demo Specialist 2"),
        ),
        (errors.LeaseLost("x"), 409, ("өзгеріп кетті", "изменилось", "has changed")),
        (INVALID, 422, ("Орын жоқ", "Мест нет", "No places")),
        (UNSIGNED, 422, ("Куәлік жарамсыз", "Сертификат неверен", "Certificate not trusted")),
        (
            errors.BadCommand("x"),
            400,
            ("Бұл орындалмады", "Это не удалось сделать", "could not be done"),
        ),
        (
            errors.StepFailed("gate", "a loop"),
            500,
            ("Операторға хабарланды", "Оператору сообщено", "operator has been told"),
        ),
        (
            errors.AssignedToAnother("x", "specialist-2"),
            403,
            ("әріптесіңіз", "взял в работу коллега", "colleague has taken"),
        ),
        (ZeroDivisionError(), 500, ("Біздің тараптан", "Ошибка на нашей стороне", "on our side")),
    ],
)
def test_every_error_has_its_page_in_three_languages(
    sign_in: Callable[..., Any],
    engine: Any,
    error: Exception,
    status: int,
    texts: tuple[str, str, str],
) -> None:
    def fail(*_: Any) -> None:
        raise error

    engine.queries.instance = fail
    browser = sign_in("specialist-1")
    for language, text in zip(("kk", "ru", "en"), texts, strict=True):
        browser.get(f"/tasks/?lang={language}")
        answer = browser.get("/instances/case-1")
        assert answer.status_code == status
        assert text in answer.text
        assert f'html lang="{language}"' in answer.text
        assert "Traceback" not in answer.text


def test_a_conflict_says_who_and_when(sign_in: Callable[..., Any], engine: Any) -> None:
    engine.answers["ClaimTask"] = errors.Conflict("x", who="specialist-2", when=WHEN)
    answer = sign_in("specialist-1").post("/tasks/task-1/claim", "/tasks/task-1")
    assert answer.status_code == 409
    assert "Demo Specialist 2" in answer.text
    assert "20 November 2026, 09:30" in answer.text
    assert 'href="/tasks/task-1"' in answer.text


def test_a_defect_has_a_number_that_is_in_the_log(
    sign_in: Callable[..., Any], engine: Any, caplog: pytest.LogCaptureFixture
) -> None:
    browser = sign_in("specialist-1")

    def fail(*_: Any) -> None:
        raise RuntimeError("secret detail")

    engine.queries.instance = fail
    with caplog.at_level(logging.ERROR):
        answer = browser.get("/instances/case-1")
    found = re.search(r"q-hash\">([0-9a-f]{12})<", answer.text)
    assert found is not None
    assert found[1] in caplog.text
    assert "secret detail" in caplog.text
    assert "secret detail" not in answer.text


def test_the_page_of_a_defect_needs_no_working_engine(
    sign_in: Callable[..., Any], engine: Any
) -> None:
    browser = sign_in("specialist-1")

    def fail(*_: Any) -> None:
        raise RuntimeError("the store is gone")

    engine.queries.task_counts = fail
    assert browser.get("/tasks/").status_code == 500


def test_a_get_of_a_press_is_no_page(sign_in: Callable[..., Any]) -> None:
    answer = sign_in("specialist-1").get("/tasks/task-1/claim")
    assert answer.status_code == 405
    assert "There is no such page" in answer.text
