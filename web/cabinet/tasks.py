"""What is asked of the person now."""

from __future__ import annotations

from collections.abc import Iterable

from flask import url_for

from engine.queries.instance_list import InstanceRow
from engine.queries.task_list import TaskRow
from engine.queries.waiting import Waiting
from web.context import actor, queries
from web.statuses import is_request_for_check

_MOST = 50


def own_tasks() -> list[TaskRow]:
    """Open tasks that the person may do, the most urgent first."""
    found: dict[str, TaskRow] = {}
    for row in queries().task_list(actor(), "mine", limit=_MOST).rows:
        found[row.id] = row
    for row in queries().task_list(actor(), "group", limit=_MOST).rows:
        found[row.id] = row
    return sorted(
        found.values(), key=lambda task: (task.due_at is None, task.due_at or task.created_at)
    )


def page_of(task: TaskRow) -> str:
    """The address of the page where a task is done: where it asks for a check, that of the check,
    with the conditions to study first."""
    if is_request_for_check(task):
        return url_for("cabinet.check", instance_id=task.instance_id)
    return url_for("tasklist.task", task_id=task.id)


def elsewhere(row: InstanceRow, related: InstanceRow | None) -> list[TaskRow]:
    """The person's tasks in the case that this one belongs to: its contract, say."""
    if related is None or related.id == row.id:
        return []
    return [task for task in own_tasks() if task.instance_id == related.id]


def asked_of(groups: frozenset[str], user: str, waiting: Iterable[Waiting]) -> list[Waiting]:
    """Those things that an instance waits for which this person may do."""
    return [
        each
        for each in waiting
        if each.task_id is not None
        and (
            each.assignee == user
            or (
                each.assignee is None
                and (user in each.candidate_users or not groups.isdisjoint(each.candidate_groups))
            )
        )
    ]
