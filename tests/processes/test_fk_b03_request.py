"""The request for the check of FK-B.03: who signs it and when, what it fixes, what stops it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.commands import CompleteTask, DatedRow, EditDatedTable
from engine.errors import InvalidSubmission, SignatureRefused
from engine.queries.instance_detail import InstanceDetail
from tests.processes.fk_b03 import ANSWERS, FAILS_SOCIAL_PAYMENTS, SYSTEM, TO_SENT, Office

SIGN = ANSWERS["request_check"]
WINDOW = date(2025, 12, 1)


def detail(office: Office, case: str) -> InstanceDetail:
    return office.queries.instance(SYSTEM, case)


def set_window(office: Office, last: date, first: date = WINDOW) -> None:
    """Applications for 2026 are taken on these days."""
    owner = office.person("owner-1").actor
    row = DatedRow(first, last, True)
    office.engine.execute(
        EditDatedTable("fk_b03/windows", "2026", "a test", row=row, replaces=WINDOW), owner
    )


def attempt(office: Office, case: str, user: str = "employer-1") -> Any:
    """Signs the request; gives what is refused."""
    person, task = office.task(case, "request_check", user)
    with pytest.raises(InvalidSubmission) as refused:
        office.engine.execute(office.signed(person, task.id, SIGN), person.actor)
    assert office.open(case) == ["request_check"], "nothing is lost"
    return refused.value.fields[""]


def test_the_moment_of_signing_is_the_time_of_filing(office: Office) -> None:
    case = office.begin()
    assert office.outcome(case) == ("active", "check_not_requested")
    assert office.open(case) == ["request_check"]
    assert detail(office, case).variables["requested_at"] is None
    office.clock.advance(hours=2)
    office.do(case, "request_check")
    assert office.outcome(case) == ("active", "not_sent")
    assert detail(office, case).variables["requested_at"] == "2026-03-02T06:00:00+00:00"
    (request,) = (
        each for each in detail(office, case).documents if each.name.startswith("check request")
    )
    assert [signed.signer for signed in request.signatures] == ["employer-1"]


def test_the_request_is_not_taken_without_a_signature_nor_with_anothers(office: Office) -> None:
    case = office.begin()
    person, task = office.task(case, "request_check")
    with pytest.raises(SignatureRefused) as refused:
        office.engine.execute(CompleteTask(task.id, SIGN), person.actor)
    assert refused.value.check == "presence"
    stranger = office.person("employer-1", iin="900101300037")
    with pytest.raises(SignatureRefused) as refused:
        office.engine.execute(office.signed(stranger, task.id, SIGN), person.actor)
    assert refused.value.check == "signer"
    assert office.outcome(case) == ("active", "check_not_requested")


def test_a_window_that_closes_before_the_signature_leaves_the_request_as_it_is(
    office: Office,
) -> None:
    case = office.begin()
    office.clock.advance(days=1)
    set_window(office, date(2026, 3, 2))
    set_again = DatedRow(date(2026, 5, 1), date(2026, 9, 30), True)
    owner = office.person("owner-1").actor
    office.engine.execute(EditDatedTable("fk_b03/windows", "2026", "a test", row=set_again), owner)
    told = attempt(office, case)
    assert set(told) == {"kk", "ru", "en"}
    assert "01.05.2026 – 30.09.2026" in told["ru"]
    office.clock.advance(days=60)
    office.do(case, "request_check")
    assert office.outcome(case) == ("active", "not_sent")


def test_a_window_that_closes_after_the_signature_stops_neither_form_nor_sending(
    office: Office,
) -> None:
    case = office.start()
    office.clock.advance(days=7)
    set_window(office, date(2026, 3, 4))
    with pytest.raises(InvalidSubmission):
        office.begin()
    office.walk(case, *TO_SENT)
    assert office.outcome(case) == ("active", "under_review")
    variables = detail(office, case).variables
    assert variables["requested_at"].startswith("2026-03-02")
    assert variables["filing"]["filed_at"].startswith("2026-03-09")


def test_of_two_requests_the_second_is_locked_out_by_the_failed_check_of_the_first(
    office: Office,
) -> None:
    first, second = (office.begin("employer-4", bin=FAILS_SOCIAL_PAYMENTS) for _ in range(2))
    office.do(first, "request_check", "employer-4")
    assert office.outcome(first) == ("completed", "check_not_passed")
    assert "12.03.2026 09:00:00" in attempt(office, second, "employer-4")["ru"]
    office.clock.advance(days=10)
    office.do(second, "request_check", "employer-4")
    assert office.outcome(second) == ("completed", "check_not_passed")


def test_at_the_counter_the_written_request_goes_straight_to_the_check(office: Office) -> None:
    case = office.begin("specialist-1")
    assert office.outcome(case) == ("active", "not_sent")
    found = detail(office, case)
    assert "request_check" not in found.taken.elements
    assert found.variables["requested_at"] == "2026-03-02T04:00:00+00:00"
    assert any("в письменном виде" in note["text"]["ru"] for note in found.variables["case_notes"])
    (request,) = (each for each in found.documents if each.name.startswith("check request"))
    assert request.signatures == ()
