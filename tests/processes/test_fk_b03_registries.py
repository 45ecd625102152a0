"""FK-B.03 with registries over HTTP, as a demonstration has them: slow, silent, down, and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from engine.commands import RetryJob
from handlers.fk_b03.facts import REGISTRIES
from handlers.shared import demo
from handlers.shared.demo.registry_moods import RegistryMoods
from handlers.shared.demo.registry_server import RegistryServer
from handlers.shared.inquiry_records import InquiryProgress, progress_of
from tests.processes.fk_b03 import BEGINNING, BIN, SYSTEM, Office
from web.inbox import CabinetInbox

TOKEN = "secret"
TAXES, HEADS = "social_payments", "heads"
SETTINGS = {
    "QADAM_REGISTRY_TOKEN": TOKEN,
    "QADAM_REGISTRY_TRIES": "1",
    "QADAM_REGISTRY_READ_TIMEOUT": "3",
    "QADAM_REGISTRY_BREAKER_FAILURES": "2",
}


@pytest.fixture
def moods(tmp_path: Path) -> RegistryMoods:
    return RegistryMoods.of_demo(tmp_path / "moods.json", demo.REGISTRIES)


def answering(moods: RegistryMoods, port: int = 0) -> RegistryServer:
    server = RegistryServer(
        demo.ENTERPRISES, moods, lambda: date(2026, 3, 2), token=TOKEN, port=port, slow=0.1
    )
    server.start()
    return server


@pytest.fixture
def server(moods: RegistryMoods) -> Iterator[RegistryServer]:
    opened = answering(moods)
    yield opened
    opened.close()


@pytest.fixture
def office(tmp_path: Path, server: RegistryServer) -> Iterator[Office]:
    opened = Office(tmp_path / "data", {**SETTINGS, "QADAM_REGISTRY_URL": server.address})
    yield opened
    opened.close()


def progress(office: Office, case: str) -> InquiryProgress | None:
    with office.engine.database.reading() as connection:
        return progress_of(connection, [case]).get(case)


def awaited(office: Office, case: str) -> list[str]:
    told = progress(office, case)
    return [] if told is None else [each.registry for each in told.awaited]


def notices(office: Office) -> list[str]:
    inbox = CabinetInbox(office.engine.database)
    return [message.notice for message in inbox(office.person("employer-1").actor)]


def test_registries_that_answer_leave_no_trace_of_waiting(office: Office) -> None:
    case = office.start()
    assert office.open(case) == ["fill_details"]
    assert progress(office, case) is None
    assert "check/done" not in notices(office)


def test_slow_is_no_fault(office: Office, moods: RegistryMoods) -> None:
    moods.change(dict.fromkeys(REGISTRIES, "slow"))
    case = office.start()
    assert office.open(case) == ["fill_details"]


@pytest.mark.parametrize("mood", ["down", "silent"])
def test_one_that_comes_back_is_waited_for_and_the_employer_is_told(
    office: Office, moods: RegistryMoods, mood: str
) -> None:
    moods.change({TAXES: mood})
    case = office.start()
    assert office.outcome(case) == ("active", "being_checked"), "no answer is no refusal"
    told = progress(office, case)
    assert told is not None
    assert (told.state, told.began_at, told.identifier) == ("waiting", BEGINNING, BIN)
    assert told.next_try_at == BEGINNING + timedelta(minutes=1)
    assert [(each.registry, each.since) for each in told.awaited] == [(TAXES, BEGINNING)]
    assert told.awaited[0].names["ru"] == "Налоги и социальные платежи"
    assert len(told.answered) == len(REGISTRIES) - 1

    moods.change({**dict.fromkeys(REGISTRIES, "down"), TAXES: "answers"})
    office.clock.advance(seconds=59)
    office.work()
    assert awaited(office, case) == [TAXES], "not before its time"
    office.clock.advance(seconds=1)
    office.work()
    assert office.open(case) == ["fill_details"], "the others, now down, were not asked again"
    assert progress(office, case) is None
    assert notices(office) == ["status/not_sent", "status/being_checked"], "told once"
    assert office.queries.incidents(SYSTEM).rows == ()


def test_after_the_retries_an_operator_is_waited_for_who_retries(
    office: Office, moods: RegistryMoods
) -> None:
    moods.change({TAXES: "down", HEADS: "down"})
    case = office.start()
    office.clock.advance(minutes=1)
    office.work()
    told = progress(office, case)
    assert told is not None
    assert told.next_try_at == office.clock() + timedelta(minutes=10)
    moods.change({HEADS: "answers"})
    office.clock.advance(minutes=10)
    office.work()
    told = progress(office, case)
    assert told is not None
    assert (told.state, told.next_try_at) == ("operator", None)
    assert [(each.registry, each.since) for each in told.awaited] == [(TAXES, BEGINNING)]
    (incident,) = office.queries.incidents(SYSTEM).rows
    assert "Налоги и социальные платежи" in incident.message
    assert "Руководители" not in incident.message, "that one has answered meanwhile"

    moods.change({TAXES: "answers"})
    office.clock.advance(hours=3)
    office.engine.execute(RetryJob(incident.job_id), office.person("operator-1").actor)
    office.work()
    assert office.open(case) == ["fill_details"]
    assert progress(office, case) is None


def test_a_gateway_that_is_gone_is_waited_for_until_it_is_back(
    office: Office, moods: RegistryMoods, server: RegistryServer
) -> None:
    port = urlsplit(server.address).port
    assert port is not None
    server.close()
    case = office.start()
    assert sorted(awaited(office, case)) == sorted(REGISTRIES)
    back = answering(moods, port)
    try:
        office.clock.advance(minutes=1)
        office.work()
    finally:
        back.close()
    assert office.open(case) == ["fill_details"]


def test_one_that_stays_down_is_asked_for_nobody_else_until_its_rest_is_over(
    office: Office, moods: RegistryMoods
) -> None:
    moods.change({TAXES: "down"})
    first, second = office.start(), office.start()
    moods.change({TAXES: "answers"})
    third = office.start()
    told = progress(office, third)
    assert told is not None
    assert "left in peace" in (told.awaited[0].reason or "")
    office.clock.advance(minutes=1)
    office.work()
    assert {case: office.open(case) for case in (first, second, third)} == dict.fromkeys(
        (first, second, third), ["fill_details"]
    )


def test_the_second_check_after_the_form_waits_alike(office: Office, moods: RegistryMoods) -> None:
    case = office.start()
    office.do(case, "fill_details")
    office.clock.advance(days=2)
    moods.change({TAXES: "down"})
    office.do(case, "fill_application")
    assert awaited(office, case) == [TAXES]
    moods.change({TAXES: "answers"})
    office.clock.advance(minutes=1)
    office.work()
    assert office.open(case) == ["sign_application"]
    assert progress(office, case) is None
