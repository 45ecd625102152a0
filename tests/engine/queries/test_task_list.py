"""The task list: tabs, order, search, pages, counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.commands import AssignTask, ClaimTask, SetTaskDueDate
from engine.errors import BadCommand
from engine.queries.task_list import TaskCounts
from tests.support.diagrams import (
    Element,
    end_event,
    parallel_gateway,
    path,
    process,
    start_event,
    user_task,
)
from tests.support.house import OPERATOR, House, person

AIGUL = person("aigul", "staff")
BOLAT = person("bolat", "staff", "director")


def ids(house: House, actor: object, tab: str, **keywords: object) -> list[str]:
    return [row.id for row in house.engine.queries.task_list(actor, tab, **keywords).rows]


def counts(house: House, actor: object) -> TaskCounts:
    return house.engine.queries.task_counts(actor)


def test_a_task_goes_from_the_groups_list_to_the_assignees_and_away(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task())
    task = house.tasks(house.start(), "a")[0]
    assert ids(house, AIGUL, "group") == ids(house, BOLAT, "group") == [task]
    assert counts(house, AIGUL) == TaskCounts(mine=0, group=1, overdue=0)
    house.execute(ClaimTask(task), AIGUL)
    assert ids(house, AIGUL, "mine") == [task]
    assert (
        ids(house, AIGUL, "group") == ids(house, BOLAT, "group") == ids(house, BOLAT, "mine") == []
    )
    assert counts(house, AIGUL) == TaskCounts(mine=1, group=0, overdue=0)
    house.complete(house.rows("user_task")[0].instance_id, "a", actor=AIGUL)
    assert ids(house, AIGUL, "mine") == []
    assert counts(house, AIGUL) == TaskCounts(0, 0, 0)


def test_a_row_says_what_the_list_shows(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            user_task(
                "a",
                candidate_groups="staff,director",
                candidate_users="dana",
                due_date="${due}",
                priority="7",
                properties={"source": "MAP 2.2; MAP 2.3", "status": "being_checked"},
                names={"kk": "Тексеру", "en": "Check"},
                attributes={"name": "Проверка"},
            ),
            end_event("e"),
            *path("s", "a", "e"),
            properties={"title": "${name}", "unit": "${centre}", "party": "${bin}"},
            names={"en": "Applications"},
            attributes={"name": "Заявки"},
        )
    )
    values = {"due": "2026-03-03T18:00:00+05:00", "name": "Bakery", "centre": "c1", "bin": "123"}
    instance_id = house.start("p", values, business_key="A-1")
    row = house.engine.queries.task_list(AIGUL, "group").rows[0]
    assert row.names == {"kk": "Тексеру", "ru": "Проверка", "en": "Check"}
    assert row.process_names["ru"] == "Заявки"
    assert (row.instance_id, row.process_id, row.business_key) == (instance_id, "p", "A-1")
    assert (row.title, row.unit, row.party) == ("Bakery", "c1", "123")
    assert row.candidate_groups == ("staff", "director")
    assert row.candidate_users == ("dana",)
    assert row.sources == ("MAP 2.2", "MAP 2.3")
    assert (row.status, row.priority, row.overdue) == ("being_checked", 7, False)
    assert row.due_at.isoformat() == "2026-03-03T13:00:00+00:00"
    assert row.created_at == house.clock.now


def test_a_task_of_two_of_my_groups_and_mine_by_name_is_listed_and_counted_once(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task(candidate_groups="staff,director", candidate_users="bolat"))
    task = house.tasks(house.start(), "a")[0]
    due = house.clock.now
    house.execute(SetTaskDueDate(task, due), OPERATOR)
    house.clock.advance(hours=1)
    assert ids(house, BOLAT, "group") == ids(house, BOLAT, "overdue") == [task]
    assert counts(house, BOLAT) == TaskCounts(mine=0, group=1, overdue=1)


def test_a_candidate_by_name_needs_no_labels(
    house: House, one_task: Callable[..., Element]
) -> None:
    labels = {"unit": "${u}", "party": "${p}"}
    house.deploy(one_task(candidate_groups="staff", candidate_users="dana", properties=labels))
    house.start()
    nobodys = {"units": frozenset[str](), "parties": frozenset[str]()}
    assert len(ids(house, person("dana", "staff", **nobodys), "group")) == 1
    assert ids(house, person("erlan", "staff", **nobodys), "group") == []


def test_overdue_is_of_mine_and_my_group_and_begins_with_the_longest_overdue(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task(), one_task("q", candidate_groups="director"))
    tasks = [house.tasks(house.start(), "a")[0] for _ in range(4)]
    foreign = house.tasks(house.start("q"), "a")[0]
    for place, task in enumerate([*tasks[:3], foreign]):
        house.clock.advance(hours=-1)
        house.execute(SetTaskDueDate(task, house.clock.now), OPERATOR)
        assert place < 4
    house.clock.advance(hours=10)
    house.execute(AssignTask(tasks[0], "aigul"), OPERATOR)
    house.execute(AssignTask(tasks[1], "bolat"), OPERATOR)
    assert ids(house, AIGUL, "overdue") == [tasks[2], tasks[0]]
    assert ids(house, BOLAT, "overdue") == [foreign, tasks[2], tasks[1]]
    assert counts(house, AIGUL).overdue == 2
    assert counts(house, BOLAT).overdue == 3
    assert [row.overdue for row in house.engine.queries.task_list(AIGUL, "mine").rows] == [True]


def test_overdue_respects_labels(house: House, one_task: Callable[..., Element]) -> None:
    house.deploy(one_task(properties={"unit": "${centre}"}, due_date="2026-03-01"))
    house.start("p", {"centre": "c1"})
    house.start("p", {"centre": "c2"})
    first = person("aigul", "staff", units=frozenset({"c1"}))
    assert [row.unit for row in house.engine.queries.task_list(first, "overdue").rows] == ["c1"]
    assert counts(house, first) == TaskCounts(mine=0, group=1, overdue=1)


@pytest.mark.parametrize("tab", ["mine", "group", "overdue"])
def test_leafing_there_and_back_shows_every_task_once(
    house: House, one_task: Callable[..., Element], tab: str
) -> None:
    assignee = {"assignee": "aigul"} if tab == "mine" else {}
    house.deploy(one_task(due_date="2026-03-01", **assignee))
    for _ in range(7):
        house.start()
    everything = ids(house, AIGUL, tab, limit=100)
    assert len(everything) == 7
    queries = house.engine.queries
    first = queries.task_list(AIGUL, tab, limit=3)
    second = queries.task_list(AIGUL, tab, limit=3, after=first.next)
    third = queries.task_list(AIGUL, tab, limit=3, after=second.next)
    assert [row.id for page in (first, second, third) for row in page.rows] == everything
    assert first.previous is None
    assert third.next is None
    back = queries.task_list(AIGUL, tab, limit=3, before=third.previous)
    assert back == second


def test_a_page_goes_on_where_it_was_although_tasks_have_gone(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task())
    instances = [house.start() for _ in range(4)]
    everything = ids(house, AIGUL, "group")
    first = house.engine.queries.task_list(AIGUL, "group", limit=2)
    house.complete(instances[0], "a")
    house.complete(instances[1], "a")
    assert ids(house, AIGUL, "group", after=first.next) == everything[2:]


def test_search_finds_by_key_title_and_bin(house: House, one_task: Callable[..., Element]) -> None:
    house.deploy(one_task(properties={"title": "${name}", "party": "${bin}"}))
    for key, name, party in (
        ("FK-001", "Наубайхана «Дән»", "120340000001"),
        ("FK-002", "Bakery 100%", "120340000002"),
    ):
        house.start("p", {"name": name, "bin": party}, business_key=key)

    def found(text: str) -> list[str | None]:
        page = house.engine.queries.task_list(AIGUL, "group", search=text)
        return [row.business_key for row in page.rows]

    assert found("fk-00") == ["FK-001", "FK-002"]
    assert found("001") == ["FK-001"]
    assert found("наубай") == found("Дән") == ["FK-001"]
    assert found(" bakery ") == found("100%") == ["FK-002"]
    assert found("120340000002") == ["FK-002"]
    assert found("%") == ["FK-002"]
    assert found("0340") == found("_") == []


def test_search_also_narrows_mine_and_overdue(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task(assignee="aigul", due_date="2026-03-01"))
    for key in ("one", "two"):
        house.start(business_key=key)
    for tab in ("mine", "overdue"):
        page = house.engine.queries.task_list(AIGUL, tab, search="two")
        assert [row.business_key for row in page.rows] == ["two"]


def test_a_process_narrows_the_list(house: House, one_task: Callable[..., Element]) -> None:
    house.deploy(one_task(), one_task("q"))
    house.start("p")
    house.start("q")
    page = house.engine.queries.task_list(AIGUL, "group", process_id="q")
    assert [row.process_id for row in page.rows] == ["q"]


def test_parallel_tasks_of_one_instance_are_rows_of_their_own(house: House) -> None:
    house.deploy(
        process(
            "p",
            start_event("s"),
            parallel_gateway("split"),
            user_task("a", candidate_groups="staff"),
            user_task("b", candidate_groups="staff"),
            parallel_gateway("join"),
            end_event("e"),
            *path("s", "split", "a", "join", "e"),
            *path("split", "b", "join"),
        )
    )
    house.start()
    rows = house.engine.queries.task_list(AIGUL, "group").rows
    assert sorted(row.element_id for row in rows) == ["a", "b"]


@pytest.mark.parametrize(
    ("tab", "keywords"),
    [
        ("theirs", {}),
        ("group", {"limit": 0}),
        ("overdue", {"after": "nonsense"}),
        ("overdue", {"after": "2026-03-01T00:00:00~x"}),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    house: House, tab: str, keywords: dict[str, object]
) -> None:
    with pytest.raises(BadCommand):
        house.engine.queries.task_list(AIGUL, tab, **keywords)
