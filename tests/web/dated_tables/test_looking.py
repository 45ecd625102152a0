"""The tables in words, by validity, with their history."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from engine.commands import DatedRow, EditDatedTable
from engine.identity import Actor
from tests.processes.fk_b03 import Office

SignIn = Callable[..., Any]
OWNER = Actor("owner", frozenset({"process_owner"}))


def text_of(answer: Any) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split()).replace("\N{NO-BREAK SPACE}", " ")


def edit(office: Office, key: str, row: DatedRow, table: str = "terms", **how: Any) -> None:
    office.engine.execute(EditDatedTable(f"fk_b03/{table}", key, "Order 7", row, **how), OWNER)


def test_the_tables_are_listed_in_words(sign_in: SignIn) -> None:
    said = text_of(sign_in("owner-1").get("/settings/"))
    for title in ("Terms", "Application windows", "Rules of the check", "Centres by place of work"):
        assert title in said
    assert "What the employer is told" not in said, "messages have a room of their own"


@pytest.mark.parametrize(
    ("language", "name", "value"),
    [
        ("kk", "2.2. Жұмыс берушінің және өтінімнің НҚА талаптарына", "5 жұмыс күні"),
        ("ru", "2.2. Проверить работодателя и заявку", "5 рабочих дней"),
        ("en", "Publication of a vacancy", "90 calendar days"),
    ],
)
def test_terms_are_rows_of_the_map_in_words(
    sign_in: SignIn, language: str, name: str, value: str
) -> None:
    said = text_of(sign_in("owner-1", language).get("/settings/fk_b03/terms"))
    assert name in said
    assert value in said


def test_units_are_counted_as_the_language_counts(office: Office, sign_in: SignIn) -> None:
    said = text_of(sign_in("owner-1", "ru").get("/settings/fk_b03/terms"))
    assert "1 рабочий день" in said
    assert "3 рабочих дня" in said


def test_windows_are_shown_by_year_with_first_and_last_day(sign_in: SignIn) -> None:
    said = text_of(sign_in("owner-1").get("/settings/fk_b03/windows"))
    assert "Financial year First day Last day" in said
    assert "2026 1 December 2025 31 December 2026" in said
    assert "Holds today (1)" in said


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ("eligibility", "legal entity, individual entrepreneur, state institution"),
        ("eligibility", "10 %"),
        ("eligibility", "1 minute, 10 minutes, 60 minutes, 7 calendar days"),
        ("eligibility", "85,000 tenge a month"),
        ("centres", "Almaty city (КАТО 75) Labour Mobility Centre of Almaty city"),
        ("centre_details", "+7 (727) 310-47-82"),
    ],
)
def test_values_are_in_words(sign_in: SignIn, table: str, value: str) -> None:
    assert value in text_of(sign_in("owner-1").get(f"/settings/fk_b03/{table}"))


def test_what_was_edited_is_told_with_who_when_and_why(office: Office, sign_in: SignIn) -> None:
    edit(office, "2.2", DatedRow(date(2026, 6, 1), None, 7))
    browser = sign_in("owner-1")
    said = text_of(browser.get("/settings/fk_b03/terms"))
    assert "To come (1)" in said
    assert "from 1 June 2026, no end Order 7" in said
    history = said.partition("Who changed what")[2]
    assert "2 March 2026, 09:00 owner 2.2. " in history
    assert "7 working days Order 7" in history
    assert "2 March 2026, 09:00 , owner" in text_of(browser.get("/settings/"))


def test_what_held_on_a_past_day_is_told_as_it_was_known_then(
    office: Office, sign_in: SignIn
) -> None:
    browser = sign_in("owner-1")
    office.clock.advance(days=3)
    edit(office, "2.2", DatedRow(date(2026, 3, 3), None, 7))
    said = text_of(browser.get("/settings/fk_b03/terms?day=2026-03-04"))
    assert "What held on 4 March 2026" in said
    assert "7 working days" not in said, "on that day nobody knew of it"
    assert "7 working days" in text_of(browser.get("/settings/fk_b03/terms?day=2026-03-05"))
    assert "Holds today" in text_of(browser.get("/settings/fk_b03/terms?day=4.3.26"))
    said = text_of(browser.get("/settings/fk_b03/terms?day=2020-01-01"))
    assert "Nothing held on that day" in said
    assert "The table was not kept here yet" in said


def test_a_head_of_unit_changes_the_own_centres_only(sign_in: SignIn) -> None:
    page = sign_in("unit-head-1").get("/settings/fk_b03/centre_details").text
    assert page.count(">Change</a>") == 2
    assert "key=almaty&amp;" in page and "key=astana&amp;" in page
    assert ">Change</a>" not in sign_in("unit-head-1").get("/settings/fk_b03/terms").text


@pytest.mark.parametrize(
    ("person", "path", "status"),
    [
        ("employer-1", "/settings/", 403),
        ("specialist-1", "/settings/fk_b03/terms", 403),
        ("owner-1", "/settings/fk_b03/nothing", 404),
        ("owner-1", "/settings/fk_b03/terms/edit?key=2.2&row=2020-01-01", 404),
        ("operator-1", "/settings/fk_b03/terms", 200),
        ("operator-1", "/settings/fk_b03/terms/edit?key=2.2&row=2023-06-30", 403),
        ("unit-head-1", "/settings/fk_b03/centre_details/edit?key=shymkent&row=2023-06-30", 403),
    ],
)
def test_who_may_see_what(sign_in: SignIn, person: str, path: str, status: int) -> None:
    assert sign_in(person).get(path).status_code == status


def test_who_may_only_look_is_told_who_changes_it(sign_in: SignIn) -> None:
    address = "/settings/fk_b03/{}/edit?key={}&row=2023-06-30"
    at_desk = sign_in("operator-1")
    at_desk.get("/?lang=en")
    operator = at_desk.get(address.format("terms", "2.2"))
    assert operator.status_code == 403
    assert "It is changed by: Process owner." in text_of(operator)
    assert "ask the operator" not in text_of(operator)
    leading = sign_in("unit-head-1")
    leading.get("/?lang=en")
    head = leading.get(address.format("centre_details", "shymkent"))
    assert "You may change what is your own unit&#39;s only" in head.text
