"""A task's follow-up date: reminds once before it is due, moves with it, ends with the task."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from engine.commands import CalendarRow, EditCalendar, SetTaskDueDate
from engine.errors import StepFailed
from engine.external_task import TemporaryFailure
from tests.support.consistency import require_consistent
from tests.support.diagrams import Element, end_event, path, process, start_event, user_task
from tests.support.house import OPERATOR, House

BEFORE_DUE = "${workdays_before(1, due_date())}"
REMINDER = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)
"""The task opens on Monday, 2 March, and is due on Thursday; reminded of on Wednesday at 9:00."""


def with_reminder(topic: str | None = "remind", **keywords: str) -> Element:
    task = {"due_date": "${workdays(3)}", "follow_up_date": BEFORE_DUE, **keywords}
    return process(
        "p",
        start_event("s"),
        user_task("a", candidate_groups="staff, employer", **task),
        end_event("e"),
        *path("s", "a", "e"),
        properties={} if topic is None else {"followUpTopic": topic},
    )


@pytest.fixture
def reminded() -> list[dict[str, Any]]:
    return []


@pytest.fixture
def home(make_house: Callable[..., House], reminded: list[dict[str, Any]]) -> House:
    def remind(user_task: dict, places: int = 0) -> None:
        reminded.append(user_task | {"places": places})

    return make_house(handlers={"remind": remind})


def reminders(house: House, instance: str) -> list[datetime]:
    return [row.due_at for row in house.rows("job", instance_id=instance, kind="follow_up")]


def set_due(house: House, instance: str, due: datetime | None) -> None:
    task = house.tasks(instance, "a")[0]
    house.execute(SetTaskDueDate(task, due, "asked for"), OPERATOR)
    house.work()


def test_its_listener_is_told_once_when_the_date_has_come(
    home: House, reminded: list[dict[str, Any]]
) -> None:
    home.deploy(with_reminder())
    instance = home.start(variables={"places": 3})
    assert reminders(home, instance) == [REMINDER]
    require_consistent(home, [instance])
    home.clock.now = REMINDER
    home.work()
    home.clock.advance(days=5)
    home.work()
    (told,) = reminded
    assert (told["element"], told["places"], told["assignee"]) == ("a", 3, None)
    assert told["candidate_groups"] == ["staff", "employer"]
    assert datetime.fromisoformat(told["due_at"]).date() == date(2026, 3, 5)
    (event,) = home.events(instance, "TaskFollowUpDue")
    assert event["task"] == told["id"]
    assert home.open(instance) == ["a"]
    require_consistent(home, [instance])


def test_a_task_that_is_done_reminds_nobody(home: House, reminded: list[dict[str, Any]]) -> None:
    home.deploy(with_reminder())
    instance = home.start()
    home.complete(instance, "a")
    assert home.rows("job") == []
    home.clock.advance(days=9)
    home.work()
    assert reminded == []


def test_a_task_done_while_its_reminder_waits_for_another_try_reminds_nobody(
    make_house: Callable[..., House],
) -> None:
    def remind(user_task: dict) -> None:
        raise TemporaryFailure("not now")

    home = make_house(handlers={"remind": remind})
    home.deploy(with_reminder())
    instance = home.start()
    home.clock.now = REMINDER
    home.work()
    assert [row.kind for row in home.rows("job")] == ["listener"]
    require_consistent(home, [instance])
    home.complete(instance, "a")
    assert home.rows("job") == []
    assert home.incidents() == []


def test_it_moves_with_the_due_date_and_comes_again_after_an_extension(
    home: House, reminded: list[dict[str, Any]]
) -> None:
    home.deploy(with_reminder())
    instance = home.start()
    set_due(home, instance, datetime(2026, 3, 12, 18, tzinfo=UTC))
    assert reminders(home, instance) == [datetime(2026, 3, 11, 4, tzinfo=UTC)]
    home.clock.now = datetime(2026, 3, 11, 4, tzinfo=UTC)
    home.work()
    assert len(reminded) == 1
    set_due(home, instance, datetime(2026, 3, 20, 18, tzinfo=UTC))
    assert reminders(home, instance) == [datetime(2026, 3, 19, 4, tzinfo=UTC)]


def test_a_due_date_brought_forward_past_the_reminder_reminds_at_once(
    home: House, reminded: list[dict[str, Any]]
) -> None:
    home.deploy(with_reminder())
    instance = home.start()
    set_due(home, instance, datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert len(reminded) == 1
    assert reminders(home, instance) == []


def test_without_a_due_date_there_is_no_reminder(home: House) -> None:
    home.deploy(with_reminder())
    instance = home.start()
    set_due(home, instance, None)
    assert reminders(home, instance) == []
    assert home.rows("user_task")[0].follow_up_at is None
    set_due(home, instance, datetime(2026, 3, 12, 18, tzinfo=UTC))
    assert reminders(home, instance) == [datetime(2026, 3, 11, 4, tzinfo=UTC)]


def test_a_date_that_has_passed_when_the_task_opens_reminds_nobody(home: House) -> None:
    home.deploy(with_reminder(due_date="${workdays(1)}"))
    instance = home.start()
    assert reminders(home, instance) == []
    assert home.rows("user_task")[0].follow_up_at is not None


def test_it_moves_with_the_calendar(home: House) -> None:
    home.deploy(with_reminder())
    instance = home.start()
    day_off = CalendarRow(date(2026, 3, 4), False, {"ru": "Выходной"})
    home.execute(EditCalendar(rows=(day_off,)), OPERATOR)
    assert home.rows("user_task")[0].due_at.date() == date(2026, 3, 6)
    assert reminders(home, instance) == [datetime(2026, 3, 5, 4, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-10", datetime(2026, 3, 9, 19, tzinfo=UTC)),
        ("PT48H", datetime(2026, 3, 4, 4, tzinfo=UTC)),
        ("= workdays_before(2, due_date())", datetime(2026, 3, 3, 4, tzinfo=UTC)),
        ("${workday_start(1)}", datetime(2026, 3, 3, 4, tzinfo=UTC)),
    ],
)
def test_it_is_written_as_due_dates_are(home: House, text: str, expected: datetime) -> None:
    home.deploy(with_reminder(follow_up_date=text))
    assert reminders(home, home.start()) == [expected]


def test_one_that_is_no_moment_fails_the_step(home: House) -> None:
    home.deploy(with_reminder(follow_up_date="soon"))
    with pytest.raises(StepFailed, match="soon"):
        home.start()


def test_without_a_listener_history_tells_of_it(home: House) -> None:
    home.deploy(with_reminder(topic=None))
    instance = home.start()
    home.clock.now = REMINDER
    home.work()
    assert len(home.events(instance, "TaskFollowUpDue")) == 1
    assert home.rows("job") == []
