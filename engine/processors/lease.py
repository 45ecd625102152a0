"""Leases of workers that are known to be dead."""

from __future__ import annotations

from engine.commands import ReleaseLeases
from engine.errors import NotAllowed
from engine.processors.work import Work
from engine.results import LeasesReleased
from engine.store import jobs


def release_leases(work: Work, command: ReleaseLeases) -> LeasesReleased:
    """Makes their jobs run again now; their fencing tokens stay, so a late result is refused."""
    if not work.actor.is_system:
        raise NotAllowed(f"Expected the system to release leases, but it was {work.actor.user}")
    freed = jobs.release_leases(work.uow, command.workers)
    work.added_jobs = freed > 0
    return LeasesReleased(freed)
