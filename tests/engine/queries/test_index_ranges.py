"""Lists read ranges of indexes: what SQLite plans for each statement that they send."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.diagrams import Element
from tests.support.house import OPERATOR, House, person

Plans = Callable[[Callable[[], object]], list[str]]

EVERYWHERE = person("aigul", "staff", "director")
AT_A_CENTRE = person("aigul", "staff", units=frozenset({"c1", "c2"}))
AT_A_CENTRE_FOR_ONE = person("aigul", "staff", units=frozenset({"c1"}), parties=frozenset({"b1"}))
ENTERPRISE = person("erlan", "employer", parties=frozenset({"b1"}))


@pytest.fixture
def filled(house: House, one_task: Callable[..., Element]) -> House:
    house.deploy(one_task(properties={"unit": "${u}", "party": "${b}"}, due_date="2026-03-01"))
    house.start("p", {"u": "c1", "b": "b1"})
    return house


def of_table(lines: list[str], table: str) -> list[str]:
    return [line for line in lines if f" {table} " in f"{line} "]


@pytest.mark.parametrize(
    ("actor", "index"),
    [
        (EVERYWHERE, "ix_task_candidate_list"),
        (AT_A_CENTRE, "ix_task_candidate_unit"),
        (AT_A_CENTRE_FOR_ONE, "ix_task_candidate_unit"),
        (ENTERPRISE, "ix_task_candidate_party"),
    ],
)
def test_a_groups_list_reads_one_covering_range_for_each_group_and_label(
    filled: House, plans: Plans, actor: object, index: str
) -> None:
    queries = filled.engine.queries
    for ask in (
        lambda: queries.task_list(actor, "group", limit=2),
        lambda: queries.task_list(actor, "group", after="0"),
        lambda: queries.task_list(actor, "group", before="z"),
    ):
        lines = plans(ask)
        ranges = of_table(lines, "task_candidate")
        assert ranges
        assert all("SEARCH" in line and "COVERING INDEX" in line for line in ranges)
        assert any(index in line for line in ranges)
        assert not any("TEMP B-TREE" in line for line in lines)


@pytest.mark.parametrize("actor", [EVERYWHERE, AT_A_CENTRE, AT_A_CENTRE_FOR_ONE, ENTERPRISE])
def test_overdue_reads_the_range_of_due_dates(filled: House, plans: Plans, actor: object) -> None:
    cursor = "2026-02-01T00:00:00+00:00~t"
    for after in (None, cursor):
        lines = plans(
            lambda after=after: filled.engine.queries.task_list(actor, "overdue", after=after)
        )
        ranges = of_table(lines, "task_candidate")
        assert ranges
        assert all("COVERING INDEX ix_task_candidate_due" in line for line in ranges)
        assert all("due_at" in line for line in ranges)


@pytest.mark.parametrize("actor", [EVERYWHERE, AT_A_CENTRE, AT_A_CENTRE_FOR_ONE, ENTERPRISE])
def test_counts_are_counted_in_indexes(filled: House, plans: Plans, actor: object) -> None:
    lines = plans(lambda: filled.engine.queries.task_counts(actor))
    read = of_table(lines, "task_candidate") + of_table(lines, "user_task")
    assert len(read) >= 3
    assert all("SEARCH" in line and "COVERING INDEX" in line for line in read)


def test_my_list_reads_the_index_of_open_tasks(filled: House, plans: Plans) -> None:
    lines = plans(lambda: filled.engine.queries.task_list(EVERYWHERE, "mine"))
    assert any("COVERING INDEX ix_user_task_mine (assignee=?)" in line for line in lines)
    assert not any("TEMP B-TREE" in line for line in lines)


@pytest.mark.parametrize(
    ("actor", "index"),
    [
        (OPERATOR, "ix_process_instance_list"),
        (EVERYWHERE, "ix_process_instance_list"),
        (AT_A_CENTRE, "ix_process_instance_unit"),
        (ENTERPRISE, "ix_process_instance_party"),
    ],
)
@pytest.mark.parametrize("state", ["running", "ended", "all"])
def test_the_list_of_instances_reads_ranges_in_their_order(
    filled: House, plans: Plans, actor: object, index: str, state: str
) -> None:
    lines = plans(lambda: filled.engine.queries.instance_list(actor, state=state, limit=1))
    ranges = [line for line in of_table(lines, "process_instance") if "(id=?)" not in line]
    assert any(index in line for line in ranges)
    assert all("SEARCH" in line for line in ranges)
    assert not any("SCAN process_instance" in line for line in lines)


def test_no_list_scans_a_table_of_instances_or_tasks(filled: House, plans: Plans) -> None:
    queries = filled.engine.queries
    actors = (OPERATOR, EVERYWHERE, AT_A_CENTRE, ENTERPRISE)
    grown = ("process_instance", "user_task", "task_candidate", "activity_instance", "variable")
    grown += ("job", "event_subscription", "document", "signature", "history_event", "incident")
    task_id = filled.rows("user_task")[0].id
    instance_id = filled.rows("process_instance")[0].id
    for actor in actors:
        lines = plans(
            lambda actor=actor: [
                *(queries.task_list(actor, tab) for tab in ("mine", "group", "overdue")),
                queries.task_counts(actor),
                *(queries.instance_list(actor, state=state) for state in ("running", "all")),
                queries.instance(OPERATOR, instance_id),
                queries.task(OPERATOR, task_id),
                queries.history(OPERATOR, instance_id),
                queries.definitions(actor),
                queries.incidents(actor),
                queries.startable_processes(actor),
            ]
        )
        scans = [line for line in lines if line.startswith("SCAN")]
        assert not [line for line in scans for table in grown if line == f"SCAN {table}"]
