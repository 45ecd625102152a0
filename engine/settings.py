"""Settings of the engine, read once and passed as an argument."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True)
class EngineSettings:
    """What can be set.

    database_url: where the store is. zone: the time zone of working days and local dates.
    step_budget: transitions that one step may make before it counts as a loop that never waits.
    retries: how often a job is tried. backoff: the wait before the second try; each further one
    waits five times as long. nonce_lifetime: how long a prepared signature may take.
    command_result_lifetime: how long a command that is sent again is answered as the first time.
    upload_bytes, upload_lifetime: how large a file of a form may be, and how long it is kept before
    the form is accepted.
    operators, owners, supervisors, workers: the groups that handle incidents, deploy, reassign
    tasks, and work off external tasks from outside.
    """

    database_url: str = "sqlite:///data/qadam.sqlite"
    zone: str = "Asia/Almaty"
    step_budget: int = 1000
    retries: int = 3
    backoff: timedelta = timedelta(seconds=5)
    nonce_lifetime: timedelta = timedelta(minutes=30)
    command_result_lifetime: timedelta = timedelta(days=30)
    upload_bytes: int = 5 * 1024 * 1024
    upload_lifetime: timedelta = timedelta(days=30)
    operators: frozenset[str] = frozenset({"operator"})
    owners: frozenset[str] = frozenset({"process_owner"})
    supervisors: frozenset[str] = frozenset({"unit_head"})
    workers: frozenset[str] = frozenset({"worker"})
