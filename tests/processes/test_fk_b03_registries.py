"""FK-B.03 with registries over HTTP, as a demonstration has them: slow, silent, down, and back."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from engine.commands import RetryJob
from engine.store.tables import job
from handlers.fk_b03.facts import REGISTRIES
from handlers.shared import demo
from handlers.shared.demo.registry_moods import RegistryMoods
from handlers.shared.demo.registry_server import RegistryServer
from handlers.shared.outage_records import outages
from handlers.shared.progress_records import InquiryProgress, progress_of
from tests.processes.fk_b03 import (
    BEGINNING,
    BIN,
    FAILS_SOCIAL_PAYMENTS,
    SOLE_TRADER,
    SYSTEM,
    Office,
)
from web.waiting_checks import BETWEEN_TWO

TOKEN = "secret"
TAXES, HEADS = "social_payments", "heads"
OTHER, THIRD = "150140000022", "150140000042"
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


def jobs(office: Office) -> Sequence[Any]:
    with office.engine.database.reading() as connection:
        return connection.execute(select(job)).all()


def awaited(office: Office, case: str) -> list[str]:
    told = progress(office, case)
    return [] if told is None else [each.registry for each in told.awaited]


def notices(office: Office) -> list[str]:
    received = office.installation.post.received(office.person("employer-1").actor)
    return [each.message.notice for each in received]


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
    assert told.next_try_at is not None
    assert timedelta(seconds=48) <= told.next_try_at - BEGINNING <= timedelta(minutes=1)
    assert [(each.registry, each.since) for each in told.awaited] == [(TAXES, BEGINNING)]
    assert told.awaited[0].names["ru"] == "Налоги и социальные платежи"
    assert len(told.answered) == len(REGISTRIES) - 1

    moods.change({**dict.fromkeys(REGISTRIES, "down"), TAXES: "answers"})
    office.clock.advance(seconds=47)
    office.work()
    assert awaited(office, case) == [TAXES], "not before its time"
    office.clock.advance(seconds=13)
    office.work()
    assert office.open(case) == ["fill_details"], "the others, now down, were not asked again"
    assert progress(office, case) is None
    assert notices(office) == [
        "status/not_sent",
        "status/being_checked",
        "status/check_not_requested",
    ], "told once"
    assert office.queries.incidents(SYSTEM).rows == ()


def test_a_long_outage_goes_on_by_itself_and_ends_when_the_registry_is_back(
    office: Office, moods: RegistryMoods
) -> None:
    moods.change({TAXES: "down"})
    cases = [office.start() for _ in range(3)]
    for _ in range(5 * 24):
        office.clock.advance(hours=1)
        office.work()
    assert office.queries.incidents(SYSTEM).rows == (), "it is one outage, not one for each"
    with office.engine.database.reading() as connection:
        (outage,) = outages(connection)
    assert (outage.registry, outage.since, outage.inquiries) == (TAXES, BEGINNING, 3)
    assert outage.next_try_at is not None
    assert outage.next_try_at <= office.clock() + timedelta(hours=1)
    for case in cases:
        assert office.outcome(case) == ("active", "being_checked")
        told = progress(office, case)
        assert told is not None
        assert [(each.registry, each.since) for each in told.awaited] == [(TAXES, BEGINNING)]
    moods.change({TAXES: "answers"})
    office.clock.advance(hours=1)
    office.work()
    assert [office.open(case) for case in cases] == [["fill_details"]] * 3


def test_after_a_week_an_operator_is_waited_for_who_retries(
    office: Office, moods: RegistryMoods
) -> None:
    moods.change({TAXES: "down", HEADS: "down"})
    case = office.start()
    office.clock.advance(days=6)
    office.work()
    moods.change({HEADS: "answers"})
    for _ in range(3):
        assert office.queries.incidents(SYSTEM).rows == ()
        office.clock.advance(days=1)
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


def test_many_that_come_back_while_one_tries_the_registry_lose_nothing(
    office: Office, moods: RegistryMoods
) -> None:
    """The executor's threads ask while the first of them tries a registry that is back, slowly."""
    moods.change({TAXES: "down"})
    cases = [office.start() for _ in range(8)]
    moods.change({TAXES: "slow"})
    office.clock.advance(minutes=1)
    office.installation.executor.start()
    give_up = time.monotonic() + 120
    while time.monotonic() < give_up and any(progress(office, case) for case in cases):
        time.sleep(0.05)
    office.installation.executor.stop()
    assert not any(progress(office, case) for case in cases)
    office.work()  # an inquiry ends before the steps after its check are leased
    assert [office.open(case) for case in cases] == [["fill_details"]] * 8
    assert office.queries.incidents(SYSTEM).rows == ()


def test_an_open_circuit_costs_no_try(office: Office, moods: RegistryMoods) -> None:
    moods.change({TAXES: "down"})
    case = office.start()
    for _ in range(20):
        office.start()
        office.clock.advance(seconds=20)
        office.work()
    assert office.queries.incidents(SYSTEM).rows == ()
    (own,) = (row for row in jobs(office) if row.instance_id == case)
    assert own.retries == 3


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


PATIENT = {**SETTINGS, "QADAM_REGISTRY_BREAKER_FAILURES": "1000"}
"""Each question is put, so that each failure counts, and the next one is an hour away."""


@pytest.fixture
def patient(tmp_path: Path, server: RegistryServer) -> Iterator[Office]:
    opened = Office(tmp_path / "patient", {**PATIENT, "QADAM_REGISTRY_URL": server.address})
    yield opened
    opened.close()


def let_hours_pass(office: Office) -> None:
    for _ in range(6):
        office.clock.advance(hours=1)
        office.work()


def next_try(office: Office, case: str) -> timedelta:
    told = progress(office, case)
    assert told is not None
    assert told.next_try_at is not None
    return told.next_try_at - office.clock()


def test_the_first_answer_of_a_registry_that_is_back_wakes_all_who_wait_for_it(
    patient: Office, moods: RegistryMoods
) -> None:
    moods.change({TAXES: "down"})
    cases = [patient.start() for _ in range(5)]
    let_hours_pass(patient)
    moods.change({TAXES: "answers"})
    patient.clock.advance(minutes=2)
    assert min(next_try(patient, case) for case in cases) > timedelta(minutes=40)
    newcomer = patient.file("employer-2", bin=SOLE_TRADER)
    patient.work()
    assert patient.open(newcomer) == ["fill_details"], "its check was the first to get an answer"
    assert [next_try(patient, case) for case in cases] == [
        turn * BETWEEN_TWO for turn in range(1, 6)
    ], "one after the other"
    due = {row.instance_id: row.due_at for row in jobs(patient)}
    assert {due[case] - patient.clock() for case in cases} == {
        turn * BETWEEN_TWO for turn in range(1, 6)
    }
    patient.clock.advance(seconds=2)
    patient.work()
    assert [patient.open(case) for case in cases] == [["fill_details"]] * 5


def test_each_outage_wakes_once(patient: Office, moods: RegistryMoods) -> None:
    moods.change({TAXES: "down", HEADS: "down"})
    case = patient.start("employer-2", bin=SOLE_TRADER)
    let_hours_pass(patient)
    moods.change({TAXES: "answers"})
    patient.start()
    assert next_try(patient, case) == BETWEEN_TWO
    patient.clock.advance(seconds=1)
    patient.work()
    assert awaited(patient, case) == [HEADS], "what came is kept, the other is waited for"
    asleep = next_try(patient, case)
    assert asleep > timedelta(minutes=40)
    patient.start(bin=OTHER)
    assert next_try(patient, case) == asleep, "taxes answer still: nobody is woken for that"
    moods.change({TAXES: "down"})
    patient.start("employer-4", bin=FAILS_SOCIAL_PAYMENTS)
    moods.change({TAXES: "answers", HEADS: "answers"})
    patient.start("employer-3", bin=THIRD)
    assert next_try(patient, case) <= 3 * BETWEEN_TWO, "heads are back, after an outage of theirs"


def test_a_restart_wakes_who_waits_for_what_answers(
    tmp_path: Path, patient: Office, moods: RegistryMoods, server: RegistryServer
) -> None:
    moods.change({TAXES: "down"})
    case = patient.start()
    let_hours_pass(patient)
    moods.change({TAXES: "answers"})
    now = patient.clock()
    patient.close()
    again = Office(tmp_path / "patient", {**PATIENT, "QADAM_REGISTRY_URL": server.address})
    try:
        again.clock.now = now
        checks = again.installation.checks
        assert checks is not None
        assert checks.registry_problems() == {}, "as it is asked at every start"
        again.clock.advance(seconds=1)
        again.work()
        assert again.open(case) == ["fill_details"]
    finally:
        again.close()
