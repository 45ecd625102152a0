"""Inquiries: registries asked at once, and what is kept until all have answered."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from handlers.shared.asking import Round
from handlers.shared.inquiries import (
    AnswersMissing,
    DatabaseInquiries,
    Inquiries,
    Inquiry,
    RememberedInquiries,
    inquire,
)
from handlers.shared.inquiry_records import ASKING
from handlers.shared.outage_records import Outage, keys_awaiting, outages
from handlers.shared.patience import Patience
from handlers.shared.ports import Begin
from handlers.shared.progress_records import InquiryProgress, progress_of
from handlers.shared.registries import Record, RegistryUnavailable

NAMES = {
    "heads": {"kk": "Басшылар", "ru": "Руководители", "en": "Heads"},
    "insolvency": {"kk": "Банкроттық", "ru": "Банкротство", "en": "Insolvency"},
    "taxes": {"kk": "Салықтар", "ru": "Налоги", "en": "Taxes"},
}
FRESH = timedelta(days=1)
MINUTE = timedelta(minutes=1)
PATIENCE = Patience((MINUTE, 10 * MINUTE, 60 * MINUTE), lasts=timedelta(days=3))
PATIENTLY: Any = {"patience": PATIENCE, "tries_left": 3}


class Registries:
    """Each holds its name; those that are `down` do not answer. Counts the questions."""

    def __init__(self, *down: str) -> None:
        self.down = set(down)
        self.asked: list[str] = []
        self.retry_at: datetime | None = None
        self.asking = True

    def ask(self, name: str) -> Record | None:
        self.asked.append(name)
        if name in self.down:
            raise RegistryUnavailable(name, "it is down", self.retry_at, asked=self.asking)
        return None if name == "insolvency" else {"name": name}

    def taken(self) -> list[str]:
        asked, self.asked = sorted(self.asked), []
        return asked


@pytest.fixture
def inquiry(now: datetime) -> Callable[..., Inquiry]:
    def at(moment: datetime = now, key: str = "job-1", instance: str = "instance-1") -> Inquiry:
        return Inquiry(key, instance, "A-1", "150140000012", NAMES, moment, moment - FRESH)

    return at


@pytest.fixture
def inquiries(begin: Begin) -> DatabaseInquiries:
    return DatabaseInquiries(begin)


@pytest.fixture(params=["database", "remembered"])
def either(request: pytest.FixtureRequest, begin: Begin) -> Inquiries:
    """Each adapter in turn."""
    return DatabaseInquiries(begin) if request.param == "database" else RememberedInquiries()


@pytest.fixture
def progress(begin: Begin) -> Callable[..., InquiryProgress | None]:
    def read(instance: str = "instance-1") -> InquiryProgress | None:
        with begin() as connection:
            return progress_of(connection, [instance]).get(instance)

    return read


def test_all_that_answer_at_once_leave_nothing_behind(
    inquiry: Any, inquiries: DatabaseInquiries, progress: Any, now: datetime
) -> None:
    registries = Registries()
    answers = inquire(inquiry(), registries.ask, inquiries, **PATIENTLY)
    assert {name: each.record for name, each in answers.items()} == {
        "heads": {"name": "heads"},
        "insolvency": None,
        "taxes": {"name": "taxes"},
    }
    assert {each.answered_at for each in answers.values()} == {now}
    assert progress() is None


def test_who_is_awaited_is_told_by_name_since_when_and_until_when(
    inquiry: Any, inquiries: DatabaseInquiries, progress: Any, now: datetime
) -> None:
    with pytest.raises(AnswersMissing, match="taxes, but it is down") as error:
        inquire(inquiry(), Registries("taxes").ask, inquiries, **PATIENTLY)
    wait = error.value.retry_after
    assert wait is not None
    assert 0.8 * MINUTE <= wait <= MINUTE
    told = progress()
    assert (told.state, told.next_try_at, told.began_at) == ("waiting", now + wait, now)
    assert (told.business_key, told.identifier) == ("A-1", "150140000012")
    (awaited,) = told.awaited
    assert (awaited.registry, awaited.names, awaited.since) == ("taxes", NAMES["taxes"], now)
    assert (awaited.reason, awaited.failures) == ("it is down", 1)
    assert [each.registry for each in told.answered] == ["heads", "insolvency"]


def test_a_retry_asks_only_what_is_missing_and_since_stays(
    inquiry: Any, inquiries: DatabaseInquiries, progress: Any, now: datetime
) -> None:
    registries = Registries("taxes", "heads")
    with pytest.raises(AnswersMissing):
        inquire(inquiry(), registries.ask, inquiries, **PATIENTLY)
    assert registries.taken() == sorted(NAMES)
    registries.down = {"taxes"}
    later = now + timedelta(hours=2)
    with pytest.raises(AnswersMissing):
        inquire(inquiry(later), registries.ask, inquiries, **PATIENTLY)
    assert registries.taken() == ["heads", "taxes"]
    (awaited,) = progress().awaited
    assert (awaited.since, awaited.failures) == (now, 2)
    registries.down = set()
    last = now + timedelta(hours=5)
    answers = inquire(inquiry(last), registries.ask, inquiries, **PATIENTLY)
    assert registries.taken() == ["taxes"]
    assert {name: each.answered_at for name, each in answers.items()} == {
        "heads": later,
        "insolvency": now,
        "taxes": last,
    }
    assert answers["insolvency"].record is None
    assert progress() is not None, "until whoever used the answers has ended it"
    inquiries.end("job-1")
    assert progress() is None


def test_an_answer_that_is_no_longer_fresh_is_asked_for_again(
    inquiry: Any, inquiries: DatabaseInquiries, progress: Any, now: datetime, begin: Begin
) -> None:
    registries = Registries("taxes")
    with pytest.raises(AnswersMissing):
        inquire(inquiry(), registries.ask, inquiries, **PATIENTLY)
    registries.taken()
    later = now + FRESH
    registries.down = {"taxes", "heads"}
    with pytest.raises(AnswersMissing):
        inquire(inquiry(later), registries.ask, inquiries, **PATIENTLY)
    assert registries.taken() == sorted(NAMES)
    awaited = {each.registry: (each.since, each.failures) for each in progress().awaited}
    assert awaited == {"taxes": (now, 2), "heads": (later, 1)}, "it had answered until then"


def test_who_answered_meanwhile_is_asked_as_soon_as_at_first_when_it_fails_again(
    inquiry: Any, inquiries: DatabaseInquiries, progress: Any, now: datetime
) -> None:
    registries = Registries("taxes", "heads")
    for hours in (0, 1, 2):
        with pytest.raises(AnswersMissing):
            inquire(inquiry(now + timedelta(hours=hours)), registries.ask, inquiries, **PATIENTLY)
    registries.down = {"taxes"}
    with pytest.raises(AnswersMissing):
        inquire(inquiry(now + timedelta(hours=3)), registries.ask, inquiries, **PATIENTLY)
    registries.down = {"heads"}
    later = now + timedelta(hours=3) + FRESH
    with pytest.raises(AnswersMissing) as error:
        inquire(inquiry(later), registries.ask, inquiries, **PATIENTLY)
    assert error.value.retry_after <= MINUTE
    assert [(each.since, each.failures) for each in progress().awaited] == [(later, 1)]


def test_answers_to_others_are_fresh_for_as_long_as_their_own_process_says(
    inquiry: Any, inquiries: DatabaseInquiries, progress: Any, now: datetime
) -> None:
    with pytest.raises(AnswersMissing):
        inquire(inquiry(), Registries("taxes").ask, inquiries, **PATIENTLY)
    other = inquiry(now + 2 * FRESH, key="job-2", instance="instance-2")
    with pytest.raises(AnswersMissing):
        inquire(other, Registries("taxes").ask, inquiries, **PATIENTLY)
    assert len(progress().answered) == 2
    assert len(progress("instance-2").answered) == 2


def test_waits_grow_and_no_try_counts_until_it_has_lasted_too_long(
    inquiry: Any, inquiries: DatabaseInquiries, progress: Any, now: datetime
) -> None:
    registries, moment, waits = Registries("taxes"), now, []
    while moment < now + PATIENCE.lasts:
        with pytest.raises(AnswersMissing) as error:
            inquire(inquiry(moment), registries.ask, inquiries, patience=PATIENCE, tries_left=1)
        assert not error.value.counts
        assert progress().state == "waiting"
        waits.append(error.value.retry_after)
        moment = progress().next_try_at
    assert [round(wait / waits[0]) for wait in waits[:4]] == [1, 10, 60, 60]
    assert len(waits) < 3 * 24 * 60 / 40
    for left, state in ((3, "waiting"), (2, "waiting"), (1, "operator")):
        with pytest.raises(AnswersMissing) as error:
            inquire(inquiry(moment), registries.ask, inquiries, patience=PATIENCE, tries_left=left)
        assert error.value.counts
        assert progress().state == state
    assert error.value.retry_after is None
    assert (progress().next_try_at, progress().awaited[0].since) == (None, now)


def test_who_fails_at_one_moment_comes_back_at_many(
    inquiry: Any, inquiries: DatabaseInquiries, progress: Any, now: datetime
) -> None:
    waits = []
    for number in range(40):
        with pytest.raises(AnswersMissing) as error:
            own = inquiry(key=f"job-{number}", instance=f"instance-{number}")
            inquire(own, Registries("taxes").ask, inquiries, **PATIENTLY)
        waits.append(error.value.retry_after)
    assert all(0.8 * MINUTE <= wait <= MINUTE for wait in waits)
    assert max(waits) - min(waits) > 0.15 * MINUTE
    assert len(set(waits)) == 40


@pytest.mark.parametrize(("rest", "least", "most"), [(10, 48, 60), (600, 600, 605)])
def test_what_is_left_in_peace_is_not_asked_before(
    inquiry: Any, inquiries: DatabaseInquiries, now: datetime, rest: int, least: int, most: int
) -> None:
    registries = Registries("taxes")
    registries.retry_at = now + timedelta(seconds=rest)
    with pytest.raises(AnswersMissing) as error:
        inquire(inquiry(), registries.ask, inquiries, **PATIENTLY)
    assert least <= error.value.retry_after.total_seconds() <= most


def test_a_try_in_which_nobody_was_asked_costs_nothing(
    inquiry: Any, either: Inquiries, now: datetime
) -> None:
    registries = Registries("taxes")
    with pytest.raises(AnswersMissing):
        inquire(inquiry(), registries.ask, either, **PATIENTLY)
    later = now + 2 * PATIENCE.lasts
    registries.asking, registries.retry_at = False, later + timedelta(seconds=20)
    with pytest.raises(AnswersMissing) as error:
        inquire(inquiry(later), registries.ask, either, patience=PATIENCE, tries_left=1)
    assert not error.value.counts
    assert 20 <= error.value.retry_after.total_seconds() <= 25
    assert either.awaited("job-1")["taxes"].failures == 1
    assert either.awaited("job-1")["taxes"].since == now


def test_an_answer_that_others_contradict_is_awaited_anew(
    inquiry: Any, either: Inquiries, now: datetime
) -> None:
    registries = Registries("taxes")
    with pytest.raises(AnswersMissing):
        inquire(inquiry(), registries.ask, either, **PATIENTLY)
    registries.down, registries.asked = set(), []

    def contradicted(records: Any) -> dict[str, RegistryUnavailable]:
        assert set(records) == set(NAMES)
        return {"heads": RegistryUnavailable("heads", "it can't be")}

    with pytest.raises(AnswersMissing, match="it can't be") as error:
        inquire(
            inquiry(now + MINUTE),
            registries.ask,
            either,
            **PATIENTLY,
            contradictions=contradicted,
        )
    assert list(error.value.missing) == ["heads"]
    registries.asked = []
    answers = inquire(inquiry(now + 2 * MINUTE), registries.ask, either, **PATIENTLY)
    assert registries.asked == ["heads"]
    assert set(answers) == set(NAMES)


def test_outages_are_told_by_registry(
    inquiry: Any, inquiries: DatabaseInquiries, begin: Begin, now: datetime
) -> None:
    def told() -> tuple[Outage, ...]:
        with begin() as connection:
            return outages(connection)

    assert told() == ()
    inquiries.note(inquiry(key="job-0", instance="i-0"), Round(pending={"heads"}), ASKING)
    assert told() == (), "nobody has failed yet"
    for number, down in enumerate((("taxes",), ("taxes", "heads"))):
        own = inquiry(now + number * MINUTE, key=f"job-{number + 1}", instance=f"i-{number + 1}")
        with pytest.raises(AnswersMissing):
            inquire(own, Registries(*down).ask, inquiries, **PATIENTLY)
    taxes, heads = told()
    assert (taxes.registry, taxes.names, taxes.since) == ("taxes", NAMES["taxes"], now)
    assert (taxes.inquiries, taxes.with_operator, taxes.reason) == (2, 0, "it is down")
    assert taxes.next_try_at is not None
    assert now < taxes.next_try_at <= now + MINUTE
    assert (heads.registry, heads.inquiries, heads.since) == ("heads", 1, now + MINUTE)
    with begin() as connection:
        assert keys_awaiting(connection, "taxes") == ["job-1", "job-2"]
        assert keys_awaiting(connection, "heads") == ["job-2"], "who asks just now is not told to"
    last = inquiry(now + 2 * PATIENCE.lasts, key="job-2", instance="i-2")
    with pytest.raises(AnswersMissing):
        inquire(last, Registries("taxes").ask, inquiries, patience=PATIENCE, tries_left=1)
    (taxes,) = told()
    assert (taxes.inquiries, taxes.with_operator) == (2, 1)
    with begin() as connection:
        assert keys_awaiting(connection, "taxes") == ["job-1", "job-2"]


def test_a_slow_registry_delays_nobody_and_the_others_are_seen_meanwhile(
    inquiry: Any, inquiries: DatabaseInquiries, progress: Any, now: datetime
) -> None:
    go_on = threading.Event()

    def ask(name: str) -> Record | None:
        if name == "taxes":
            assert go_on.wait(30)
        if name == "heads":
            raise RegistryUnavailable(name, "it is down")
        return {}

    came: list[object] = []

    def run() -> None:
        try:
            inquire(inquiry(), ask, inquiries, **PATIENTLY)
        except AnswersMissing as error:
            came.append(sorted(error.missing))

    thread = threading.Thread(target=run)
    thread.start()
    give_up = time.monotonic() + 30
    while progress() is None and time.monotonic() < give_up:
        time.sleep(0.02)
    told = progress()
    assert told.state == ASKING
    assert [each.registry for each in told.answered] == ["insolvency"]
    assert [each.registry for each in told.awaited] == ["heads", "taxes"]
    go_on.set()
    thread.join(30)
    assert came == [["heads"]]
    assert progress().awaited[0].failures == 1, "one failure counts once, however often noted"


def test_both_adapters_keep_alike(inquiry: Any, now: datetime, either: Inquiries) -> None:
    assert either.kept("job-1", now) is None
    either.note(inquiry(), Round(answers={"heads": {}}, pending={"taxes"}), ASKING)
    assert set(either.kept("job-1", now - FRESH) or ()) == {"heads"}
    assert either.kept("job-1", now) == {}
    either.end("job-1")
    assert either.kept("job-1", now - FRESH) is None


def test_no_wait_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one wait"):
        Patience((), lasts=MINUTE)
