"""The status of an application in words, as its process application names it."""

from __future__ import annotations

from engine.queries.application_data import Status
from engine.queries.instance_list import InstanceRow
from engine.queries.task_list import TaskRow
from web.context import actor, queries, surroundings

REQUEST_CHECK = "request_check"
"""The press that asks for a check of the enterprise."""


def status_of(row: InstanceRow) -> Status | None:
    """The status of an instance (names, tone, what the employer may do); None where it has none."""
    return _named(row, row.status)


def may_request_check(row: InstanceRow) -> bool:
    """Whether the check of the enterprise is still to be asked for."""
    return goes_on_with_check(row, row.status)


def goes_on_with_check(row: InstanceRow, earlier: str | None) -> bool:
    """Whether an instance that goes on had, earlier, a status that lets a check be asked for.

    Never where no process application checks enterprises.
    """
    if row.state != "active" or surroundings().checks is None:
        return False
    status = _named(row, earlier)
    return status is not None and REQUEST_CHECK in status.allows


def is_request_for_check(task: TaskRow) -> bool:
    """Whether a task is of a case whose check is still to be asked for."""
    if surroundings().checks is None or not task.status:
        return False
    status = queries().statuses(actor(), task.process_id).get(task.status)
    return status is not None and REQUEST_CHECK in status.allows


def _named(row: InstanceRow, code: str | None) -> Status | None:
    if not code:
        return None
    return queries().statuses(actor(), row.process_id, row.version).get(code)
