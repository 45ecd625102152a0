"""Removing what has expired: nonces, uploads, results of commands, and what applications keep."""

from __future__ import annotations

from functools import partial

from engine.commands import CleanUp
from engine.processors.work import Work
from engine.results import CleanedUp
from engine.retention import Cleanup
from engine.store import erasure


def clean_up(work: Work, command: CleanUp) -> CleanedUp:
    """Removes at most `limit` rows of each kind. Raises NotAllowed."""
    settings = work.around.settings
    work.require(settings.owners | settings.operators, "clean up")
    cleanup = Cleanup(
        work.now, command.limit, partial(erasure.jobs_left, work.uow), work.connection
    )
    old = work.now - settings.command_result_lifetime
    counts = (
        erasure.remove_nonces(work.uow, work.now, command.limit),
        erasure.remove_uploads(work.uow, work.now, command.limit),
        erasure.remove_command_results(work.uow, old, command.limit),
        *(prune(cleanup) for prune in work.around.retention.prunings),
    )
    nonces, uploads, results, *others = counts
    return CleanedUp(
        nonces=nonces,
        uploads=uploads,
        command_results=results,
        of_applications=sum(others),
        is_done=max(counts) < command.limit,
    )
