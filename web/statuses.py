"""The status of an application in words, as its process application names it."""

from __future__ import annotations

from engine.queries.application_data import Status
from engine.queries.instance_list import InstanceRow
from web.context import actor, queries


def status_of(row: InstanceRow) -> Status | None:
    """The status of an instance (names, tone, what the employer may do); None where it has none."""
    if not row.status:
        return None
    return queries().statuses(actor(), row.process_id, row.version).get(row.status)
