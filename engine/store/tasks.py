"""Rows of user tasks and of who may take them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from engine.store.codec import load_json
from engine.store.instances import lock_owner
from engine.store.tables import task_candidate, user_task
from engine.store.unit_of_work import UnitOfWork

OPEN, COMPLETED, CANCELLED = "open", "completed", "cancelled"
GROUP, USER = "group", "user"
EVERYONE = "*"
"""The unit or party of a task whose process declares none: only its candidates count."""


@dataclass
class TaskRecord:
    """One row of `user_task`. `candidates` is JSON: {"group": […], "user": […]}.

    `draft_version` counts the drafts that were saved; the others say by whom, when and on which
    page the last one was (see `SaveTaskDraft`).
    """

    id: str
    instance_id: str
    definition_id: str
    process_id: str
    tenant: str
    element_id: str
    token: int
    scope: int
    loop_counter: int | None
    business_key: str | None
    title: str | None
    unit: str | None
    party: str | None
    assignee: str | None
    candidates: bytes
    priority: int
    created_at: datetime
    due_at: datetime | None
    due_expression: str | None
    follow_up_at: datetime | None
    follow_up_expression: str | None
    state: str
    ended_at: datetime | None
    ended_by: str | None
    draft: bytes | None
    draft_version: int = 0
    draft_at: datetime | None = None
    draft_by: str | None = None
    draft_editor: str | None = None

    def candidate_groups(self) -> frozenset[str]:
        """The roles that may take the task."""
        return frozenset(load_json(self.candidates).get(GROUP, ()))

    def candidate_users(self) -> frozenset[str]:
        """The people that may take the task."""
        return frozenset(load_json(self.candidates).get(USER, ()))


_SELECT = select(user_task).where(user_task.c.id == bindparam("b_id")).with_for_update()
_END = (
    update(user_task)
    .where(user_task.c.id == bindparam("b_id"))
    .values(
        state=bindparam("n_state"),
        ended_at=bindparam("n_at"),
        ended_by=bindparam("n_by"),
        assignee=bindparam("n_assignee"),
        draft=None,
    )
)
_END_BY_TOKEN = (
    update(user_task)
    .where(
        user_task.c.instance_id == bindparam("b_instance"),
        user_task.c.token == bindparam("b_token"),
        user_task.c.state == OPEN,
    )
    .values(state=CANCELLED, ended_at=bindparam("n_at"), ended_by=bindparam("n_by"), draft=None)
)
_DROP_CANDIDATES = delete(task_candidate).where(task_candidate.c.task_id == bindparam("b_id"))
_DROP_CANDIDATES_BY_TOKEN = delete(task_candidate).where(
    task_candidate.c.task_id.in_(
        select(user_task.c.id).where(
            user_task.c.instance_id == bindparam("b_instance"),
            user_task.c.token == bindparam("b_token"),
        )
    )
)
_SET_CLAIMED = (
    update(task_candidate)
    .where(task_candidate.c.task_id == bindparam("b_id"))
    .values(claimed=bindparam("n_claimed"))
)


def load(uow: UnitOfWork, task_id: str) -> TaskRecord | None:
    """Reads and locks a task's row, after its instance's."""
    lock_owner(uow, user_task, task_id)
    row = uow.connection.execute(_SELECT, {"b_id": task_id}).one_or_none()
    return None if row is None else TaskRecord(**row._mapping)


def add(uow: UnitOfWork, record: TaskRecord) -> None:
    """Writes a new open task and its candidates."""
    uow.insert(user_task, vars(record))
    for kind, names in load_json(record.candidates).items():
        for name in names:
            uow.insert(
                task_candidate,
                {
                    "task_id": record.id,
                    "kind": kind,
                    "name": name,
                    "tenant": record.tenant,
                    "unit": record.unit,
                    "party": record.party,
                    "due_at": record.due_at,
                    "claimed": record.assignee is not None,
                    "instance_id": record.instance_id,
                },
            )


def end(uow: UnitOfWork, record: TaskRecord, state: str, at: datetime, by: str) -> None:
    """Ends a task, completed or cancelled, by someone."""
    assignee = by if state == COMPLETED else record.assignee
    uow.connection.execute(
        _END,
        {"b_id": record.id, "n_state": state, "n_at": at, "n_by": by, "n_assignee": assignee},
    )
    uow.connection.execute(_DROP_CANDIDATES, {"b_id": record.id})
    record.state, record.ended_at, record.ended_by = state, at, by


def cancel_by_token(
    uow: UnitOfWork, instance_id: str, tokens: Iterable[int], at: datetime, by: str
) -> None:
    """Cancels the open tasks of tokens that are gone."""
    places = [{"b_instance": instance_id, "b_token": token} for token in tokens]
    if places:
        uow.connection.execute(_DROP_CANDIDATES_BY_TOKEN, places)
        uow.connection.execute(
            _END_BY_TOKEN, [{**place, "n_at": at, "n_by": by} for place in places]
        )


def change(uow: UnitOfWork, task_id: str, values: Mapping[str, Any]) -> None:
    """Sets columns of a task; its candidates follow where they carry them."""
    uow.connection.execute(update(user_task).where(user_task.c.id == task_id).values(**values))
    if "assignee" in values:
        claimed = values["assignee"] is not None
        uow.connection.execute(_SET_CLAIMED, {"b_id": task_id, "n_claimed": claimed})
    if "due_at" in values:
        uow.connection.execute(
            update(task_candidate)
            .where(task_candidate.c.task_id == task_id)
            .values(due_at=values["due_at"])
        )


def relabel(uow: UnitOfWork, instance_id: str, labels: Mapping[str, str | None]) -> None:
    """Copies changed labels (unit, party, title) of an instance to its open tasks."""
    uow.connection.execute(
        update(user_task)
        .where(user_task.c.instance_id == instance_id, user_task.c.state == OPEN)
        .values(**labels)
    )
    on_candidates = {name: labels[name] for name in ("unit", "party") if name in labels}
    if on_candidates:
        uow.connection.execute(
            update(task_candidate)
            .where(task_candidate.c.instance_id == instance_id)
            .values(**on_candidates)
        )


def open_at_token(uow: UnitOfWork, instance_id: str, token: int) -> TaskRecord | None:
    """The open task of a token, if it has one."""
    row = uow.connection.execute(
        select(user_task).where(
            user_task.c.instance_id == instance_id,
            user_task.c.token == token,
            user_task.c.state == OPEN,
        )
    ).one_or_none()
    return None if row is None else TaskRecord(**row._mapping)


def open_with_follow_up_expression(uow: UnitOfWork) -> list[TaskRecord]:
    """Open tasks whose follow-up date is computed from an expression."""
    rows = uow.connection.execute(
        select(user_task).where(
            user_task.c.state == OPEN, user_task.c.follow_up_expression.is_not(None)
        )
    )
    return [TaskRecord(**row._mapping) for row in rows]


def open_with_due_expression(uow: UnitOfWork) -> list[TaskRecord]:
    """Open tasks whose due date was computed from an expression, with due dates still set."""
    rows = uow.connection.execute(
        select(user_task).where(
            user_task.c.state == OPEN,
            user_task.c.due_at.is_not(None),
            user_task.c.due_expression.is_not(None),
        )
    )
    return [TaskRecord(**row._mapping) for row in rows]
