"""The vacancy on the pages of its employer and of the staff."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.processes.fk_b03 import Office
from web.app import create_app
from web.settings import WebSettings

SignIn = Callable[..., Any]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def app(office: Office) -> Flask:
    return create_app(
        office.engine,
        WebSettings(secret_key="not secret", demo=True, cookie_secure=False),
        office.installation.people,
        signer=office.authority,
        options=office.engine.surroundings.options,
        clock=office.clock,
    )


def test_when_the_system_publishes_it_by_itself_is_said_in_words(
    office: Office, sign_in: SignIn
) -> None:
    case = office.concluded()
    said = "the portal publishes it from the application: 5 March 2026, 09:00"
    employer = sign_in("employer-1")
    assert said in employer.get(f"/cabinet/applications/{case}").text
    task = employer.get(f"/tasks/{office.task(case, 'publish_vacancy')[1].id}").text
    assert said in task
    above = task[task.index(said) : task.index('id="task-form"')]
    assert "Youth practice" in above


def test_it_says_until_when_and_whom_to_ask(office: Office, sign_in: SignIn) -> None:
    case = office.concluded()
    office.do(case, "publish_vacancy", duties="Стоять на кассе")
    page = sign_in("employer-1").get(f"/cabinet/applications/{case}").text
    assert "Published until 30 May 2026" in page
    assert "goes to the archive by itself: 31 May 2026" in page
    assert "90 calendar days" in page
    assert "Published by the employer: 2 March 2026" in page
    assert "Стоять на кассе" in page
    assert "+7 727 000 00 02" in page
    assert "Not monitored yet" not in page, "monitoring is the staff's"


def test_every_monitoring_is_kept_for_the_staff_the_newest_first(
    office: Office, sign_in: SignIn
) -> None:
    case = office.concluded()
    office.do(case, "publish_vacancy")
    analyst = sign_in("analyst-1")
    for note in ("Ищут", "Нашли"):
        office.clock.advance(days=15)
        office.work()
        page = analyst.get(f"/tasks/{office.task(case, 'monitor_vacancy')[1].id}").text
        assert "What was found" in page
        assert (note == "Ищут") == ("Not monitored yet" in page)
        outcome = "relevant" if note == "Ищут" else "not_relevant"
        office.do(case, "monitor_vacancy", relevance=outcome, monitoring_note=note)
    page = sign_in("specialist-1").get(f"/instances/{case}").text
    assert page.index("Нашли") < page.index("Ищут")
    assert page.count("Нашли") == 1, "it is not told again among the facts"
    assert "Нашли" not in sign_in("employer-1").get(f"/cabinet/applications/{case}").text


def test_one_that_is_over_says_so(office: Office, sign_in: SignIn) -> None:
    case = office.concluded()
    office.do(case, "publish_vacancy")
    office.do(case, "report_vacancy", vacancy_outcome="withdrawn")
    page = sign_in("employer-1").get(f"/cabinet/applications/{case}").text
    assert "It is no longer published." in page
    assert "Published until" not in page
