"""What the employer of FK-B.03 is told on the way: every change of status once, and reminders."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.commands import SetTaskDueDate
from engine.identity import Actor
from tests.processes.fk_b03 import BIN, TO_APPROVED, TO_CONCLUDED, TO_SENT, Office
from tests.web.cabinet import standing
from web.configuration import ROOT
from web.post import Post


def notices(office: Office, number: str | None = None) -> list[str]:
    """The notices to the first employer (about one case), oldest first."""
    actor = office.person("employer-1").actor
    post = office.installation.post
    if number is not None:
        found = post.of_case(actor, number)
    else:
        found = [each.message for each in post.received(actor)]
    return [message.notice for message in reversed(found)]


def mails(office: Office) -> list[tuple[str, str]]:
    """(address, language) of what landed in the mailbox."""
    office.installation.outbox.deliver_due()
    mailbox = office.installation.post.mailbox
    assert mailbox is not None
    return [(mail.to, mail.language) for mail in mailbox.newest()]


def returned(office: Office) -> str:
    """An application with a remark that is to be answered until Tuesday, 10 March, 23:59:59."""
    case = office.start()
    office.walk(case, *TO_SENT, "form_demand_supply")
    office.do(case, "review_application", review="remark")
    office.walk(case, "enter_remark", "advise_employer")
    return case


def test_every_change_of_status_is_told_once(office: Office) -> None:
    case = office.start()
    number = office.row(case).business_key
    office.walk(case, *TO_APPROVED)
    (contract,) = office.contracts()
    office.walk(contract, *TO_CONCLUDED)
    office.walk(case, "publish_vacancy", "report_vacancy")
    told = Counter(notices(office, number))
    assert told == Counter(
        {
            "status/check_not_requested": 1,
            "status/being_checked": 1,
            "status/not_sent": 1,
            "sent": 1,
            "decision/approve": 1,
            "status/contract_signing": 1,
            "contract_concluded": 1,
            "vacancy_published": 1,
            "vacancy_over/filled": 1,
        }
    )
    assert Counter(notices(office, office.row(contract).business_key)) == Counter(
        {
            "status/contract_drafting": 1,
            "status/contract_with_customer": 1,
            "contract_to_sign": 1,
        }
    )


@pytest.mark.parametrize("outcome", ["filled", "withdrawn", "expired"])
def test_the_end_of_a_vacancy_is_told_as_it_ended(office: Office, outcome: str) -> None:
    case = office.concluded()
    office.do(case, "publish_vacancy")
    if outcome == "expired":
        office.clock.advance(days=92)
        office.work()
    else:
        office.do(case, "report_vacancy", vacancy_outcome=outcome)
    told = notices(office, office.row(case).business_key)
    assert [each for each in told if each.startswith("vacancy_over")] == [f"vacancy_over/{outcome}"]


def test_e_mails_go_out_in_the_language_that_the_enterprise_chose(office: Office) -> None:
    case = office.start()
    office.walk(case, *TO_SENT)
    assert mails(office) == [("demo@example.kz", "kk")], "before, no address was known"
    employer = office.person("employer-1").actor
    office.installation.post.choose_languages(employer, {BIN: "ru"}, office.clock())
    office.start()
    assert Counter(language for _to, language in mails(office)) == {"kk": 1, "ru": 3}


def test_the_employer_is_reminded_once_a_working_day_before_the_answer_is_due(
    office: Office,
) -> None:
    case = returned(office)
    before = notices(office)
    office.clock.now = datetime(2026, 3, 6, 3, 59, tzinfo=UTC)
    office.work()
    assert notices(office) == before
    office.clock.now = datetime(2026, 3, 6, 4, 0, tzinfo=UTC)
    office.work()
    assert notices(office) == [*before, "reminder"], "Monday, 9 March, is a day off"
    office.clock.advance(hours=5)
    office.do(case, "answer_remark")
    office.clock.advance(hours=5)
    office.work()
    assert notices(office).count("reminder") == 1


def test_who_has_answered_is_not_reminded(office: Office) -> None:
    case = returned(office)
    office.walk(case, "answer_remark", "correct_details", "correct_form", "sign_again")
    office.clock.now = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
    office.work()
    assert "reminder" not in notices(office)


def test_a_reminder_moves_with_the_due_date_that_a_supervisor_sets(office: Office) -> None:
    case = returned(office)
    _person, task = office.task(case, "answer_remark")
    head = next(each for each in office.installation.people if "unit_head" in each.groups)
    due = datetime(2026, 3, 13, 12, 0, tzinfo=UTC)
    office.engine.execute(SetTaskDueDate(task.id, due, "asked for"), head.actor)
    moved = office.task(case, "answer_remark")[1].follow_up_at
    assert moved == datetime(2026, 3, 12, 4, 0, tzinfo=UTC)


def test_staff_are_not_written_to_and_see_a_mark(office: Office) -> None:
    case = office.start()
    office.walk(case, *TO_SENT, "form_demand_supply")
    before = notices(office)
    person, task = office.task(case, "review_application")
    office.clock.now = task.follow_up_at
    office.work()
    assert notices(office) == before
    assert office.queries.task(person.actor, task.id).follow_up_at == office.clock.now


# -- every status, in the cabinet, on the timeline of its case, and by e-mail


STATUSES = json.loads((ROOT / "bpmn/fk_b03/statuses.json").read_text(encoding="utf-8"))
TOLD = json.loads((ROOT / "bpmn/fk_b03/notices.json").read_text(encoding="utf-8"))["told_by"]
CABINET_ONLY = {"contract_signing"}
"""Of an application: its contract's e-mail tells it. Enterprises but the first left no address."""


@pytest.fixture(scope="module")
def everywhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, dict[str, str]]]:
    """A case in every status; one of the enterprises is written to in Russian."""
    opened = Office(tmp_path_factory.mktemp("office"))
    user = opened.person("employer-1").actor
    opened.installation.post.choose_languages(user, {BIN: "ru"}, opened.clock())
    yield opened, {status: bring(opened) for status, bring in standing.STANDING.items()}
    opened.close()


def notice_of(process_id: str, status: str) -> str:
    return str(TOLD[process_id].get(status, f"status/{status}"))


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_is_told_once_in_the_cabinet_on_the_timeline_and_by_e_mail(
    everywhere: tuple[Office, dict[str, str]], status: str
) -> None:
    office, cases = everywhere
    row = office.row(cases[status])
    actor, post = reader(office, row.party), office.installation.post
    office.installation.outbox.deliver_due()
    notice = notice_of(row.process_id, status)
    (told,) = [each for each in post.of_case(actor, row.business_key) if each.notice == notice]
    assert all(told.subject[language] and told.body[language] for language in ("kk", "ru", "en"))
    (received,) = [each for each in pages_of(post, actor) if each.message == told]
    if status in CABINET_ONLY:
        assert received.email is None
        return
    assert received.email is not None
    if row.party != BIN:
        assert received.email.state == "no_address"
        return
    assert (received.email.language, received.email.state) == ("ru", "sent")


@pytest.mark.parametrize("status", STATUSES)
def test_no_event_of_a_case_is_told_twice(
    everywhere: tuple[Office, dict[str, str]], status: str
) -> None:
    office, cases = everywhere
    row = office.row(cases[status])
    actor = reader(office, row.party)
    told = [each.notice for each in office.installation.post.of_case(actor, row.business_key)]
    assert len(told) == len(set(told)), told


def reader(office: Office, party: str | None) -> Actor:
    """Someone of the enterprise."""
    people = office.installation.people
    return next(each.actor for each in people if party in (each.parties or ()))


def pages_of(post: Post, actor: Actor) -> list[Any]:
    """All messages of an actor, over every page."""
    found: list[Any] = []
    page = list(post.received(actor))
    while page:
        found += page
        page = list(post.received(actor, page[-1].message.id))
    return found
