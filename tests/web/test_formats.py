"""Days, terms, money and people in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask, session

from web import formats

NOW = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)


@pytest.fixture(params=["kk", "ru", "en"])
def language(app: Flask, request: Any) -> Iterator[str]:
    with app.test_request_context("/"):
        session["lang"] = request.param
        yield request.param


def test_moments_are_those_of_almaty(language: str) -> None:
    late = datetime(2026, 12, 31, 20, 30, tzinfo=UTC)
    assert formats.moment(late).endswith("01:30")
    assert "2027" in formats.moment(late)
    assert formats.moment("2026-12-31T20:30:00Z") == formats.moment(late)
    assert formats.moment(None) == ""


def test_days_are_written_out(language: str) -> None:
    expected = {"kk": "қараша", "ru": "ноября", "en": "20 November 2026"}
    assert expected[language] in formats.day(date(2026, 11, 20))
    assert formats.day("2026-11-20") == formats.day(date(2026, 11, 20))
    assert formats.day("2026-11-20T06:00:00+00:00") == formats.day(date(2026, 11, 20))
    assert formats.day("") == ""


@pytest.mark.parametrize(
    ("distance", "tone", "words"),
    [
        (timedelta(days=-1), "late", ("1 күн кешікті", "Просрочено на 1 день", "1 day overdue")),
        (timedelta(days=-3), "late", ("3 күн кешікті", "Просрочено на 3 дня", "3 days overdue")),
        (timedelta(days=-5), "late", ("5 күн кешікті", "Просрочено на 5 дней", "5 days overdue")),
        (
            timedelta(hours=-2),
            "late",
            ("Мерзімі бүгін өтті", "Срок истёк сегодня", "Overdue since today"),
        ),
        (timedelta(hours=3), "soon", ("Мерзімі бүгін", "Срок сегодня", "Due today")),
        (timedelta(days=1), "soon", ("Мерзімі ертең", "Срок завтра", "Due tomorrow")),
        (timedelta(days=21), "calm", ("21 күн қалды", "Остался 21 день", "21 days left")),
    ],
)
def test_terms_say_how_far_away_they_are(
    language: str, distance: timedelta, tone: str, words: tuple[str, str, str]
) -> None:
    term = formats.due(NOW + distance)
    assert term is not None
    assert term.tone == tone
    assert term.words == words[("kk", "ru", "en").index(language)]


def test_a_task_without_a_term_has_none(language: str) -> None:
    assert formats.due(None) is None


def test_money_is_in_tenge(language: str) -> None:
    digits = "".join(filter(str.isdigit, formats.tenge(1250000.5)))
    assert digits == "125000050"
    assert formats.tenge(1250000.5).endswith("\N{NO-BREAK SPACE}₸")
    assert formats.tenge(85000).replace(",", "").split("\N{NO-BREAK SPACE}")[0].startswith("85")
    assert "KZT" not in formats.tenge(85000)
    assert formats.tenge("no number") == "no number"
    assert formats.tenge(None) == ""


def test_people_are_called_by_name_and_the_engine_is_no_person(language: str) -> None:
    names = {"kk": "Демо Маман 1", "ru": "Демо Специалист 1", "en": "Demo Specialist 1"}
    assert formats.user_name("specialist-1") == names[language]
    assert formats.user_name("someone-else") == "someone-else"
    assert formats.user_name("system") in ("Автоматты түрде", "Автоматически", "Automatically")
    assert formats.user_name(None) == ""


def test_groups_are_called_by_their_role(language: str) -> None:
    roles = {"kk": "Жүйе операторы", "ru": "Оператор системы", "en": "Operator"}
    assert formats.role_names(("operator",)) == roles[language]
    assert formats.role_names(("unknown",)) == "unknown"


def test_large_files_are_told_in_megabytes(app: Flask) -> None:
    with app.test_request_context("/?lang=en", headers={"Accept-Language": "en"}):
        assert formats.size(5 * 1024 * 1024) == "5\N{NO-BREAK SPACE}MB"
        assert formats.size(2_600_000) == "2.5\N{NO-BREAK SPACE}MB"


def test_a_term_that_ends_with_a_day_names_that_day(language: str) -> None:
    end = datetime(2026, 11, 20, 19, 0, tzinfo=UTC)
    told = {
        "kk": "{} қоса алғанға дейін",
        "ru": "по {} включительно",
        "en": "until and including {}",
    }
    assert formats.by_when(end) == told[language].format(formats.day("2026-11-20"))
    assert formats.by_when(end + timedelta(minutes=30)).endswith("00:30")
    assert formats.due(end) == formats.due(end - timedelta(hours=1))
