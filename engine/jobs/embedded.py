"""The embedded executor: one thread leases jobs, a few run them, all in the serving process."""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

from engine.commands import CleanUp, ExtendLock, FetchAndLockJobs
from engine.errors import EngineError, LeaseLost
from engine.identity import Actor
from engine.jobs.working import Execute, JobRunner
from engine.results import LockedJob, LockedJobs

log = logging.getLogger(__name__)

EMBEDDED = "embedded-"
"""How the ids of embedded executors begin."""

_LEASE = timedelta(seconds=60)
_LONGEST_REST = 5.0
_REST_AFTER_FAULT = 1.0
_CLEANUP_REST = timedelta(hours=1)
_CLEANUP_GOES_ON = timedelta(seconds=1)


class EmbeddedExecutor:
    """Works off due jobs until stopped; `wake` makes it look at once. Every hour it cleans up.

    Jobs it holds when the process dies run again when their lease is over, with the same
    idempotency key.
    """

    def __init__(
        self,
        execute: Execute,
        runner: JobRunner,
        actor: Actor,
        clock: Callable[[], datetime],
        threads: int = 4,
    ) -> None:
        self._execute = execute
        self._runner = runner
        self._actor = actor
        self._clock = clock
        self._threads = threads
        self._worker_id = f"{EMBEDDED}{uuid.uuid4().hex[:12]}"
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._running: dict[str, tuple[LockedJob, Future[None], datetime]] = {}
        self._thread: threading.Thread | None = None
        self._next_cleanup: datetime | None = None

    def start(self) -> None:
        """Begins to work in a thread of its own."""
        self._thread = threading.Thread(target=self._loop, name="qadam-executor", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finishes the jobs at hand and ends."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def wake(self) -> None:
        """Says that there may be jobs to do now."""
        self._wake.set()

    def run_until_idle(self, limit: int = 10_000) -> int:
        """Works off all that is due, in this thread; returns how many jobs were run."""
        done = 0
        while done < limit:
            leased: LockedJobs = self._fetch(self._threads)
            if not leased.jobs:
                return done
            for job in leased.jobs:
                self._runner.run(job)
                done += 1
        raise EngineError(f"Expected the jobs to come to an end, but ran {limit}")

    def _loop(self) -> None:
        with ThreadPoolExecutor(self._threads, "qadam-job") as pool:
            while not self._stopping.is_set():
                self._wake.clear()
                try:
                    rest = self._turn(pool)
                except Exception:
                    log.exception("the executor could not lease jobs; it goes on")
                    rest = _REST_AFTER_FAULT
                self._clean_up_when_due()
                self._wake.wait(rest)

    def _turn(self, pool: ThreadPoolExecutor) -> float:
        """Leases what can be run now; returns how many seconds to rest at most."""
        self._forget_finished()
        self._extend_leases()
        free = self._threads * 2 - len(self._running)
        if free <= 0:
            return _LONGEST_REST
        leased = self._fetch(free)
        for job in leased.jobs:
            future = pool.submit(self._runner.run, job)
            self._running[job.id] = (job, future, job.locked_until)
            future.add_done_callback(lambda _finished: self._wake.set())
        if leased.next_due is None or leased.jobs:
            return 0.0 if len(leased.jobs) == free else _LONGEST_REST
        until_due = (leased.next_due - self._clock()).total_seconds()
        return min(max(until_due, 0.05), _LONGEST_REST)

    def _clean_up_when_due(self) -> None:
        """Removes what has expired; a thousand rows at a time, so that nobody waits for long."""
        now = self._clock()
        if self._next_cleanup is not None and now < self._next_cleanup:
            return
        self._next_cleanup = now + _CLEANUP_REST
        try:
            done = self._execute(CleanUp(), self._actor)
        except Exception:
            log.exception("what has expired could not be removed; it is tried again in an hour")
            return
        if not done.is_done:
            self._next_cleanup = now + _CLEANUP_GOES_ON

    def _fetch(self, count: int) -> Any:
        return self._execute(FetchAndLockJobs(self._worker_id, count, _LEASE), self._actor)

    def _forget_finished(self) -> None:
        for job_id, (_job, future, _until) in list(self._running.items()):
            if future.done():
                del self._running[job_id]
                fault = future.exception()
                if fault is not None:
                    log.error("job %s could not be reported", job_id, exc_info=fault)

    def _extend_leases(self) -> None:
        """Prolongs the leases of jobs whose handlers take long."""
        for job_id, (job, future, until) in list(self._running.items()):
            if future.done() or until - self._clock() > _LEASE / 2:
                continue
            try:
                changed = self._execute(ExtendLock(job_id, job.fencing_token, _LEASE), self._actor)
            except LeaseLost as lost:
                log.info("job %s: %s", job_id, lost)
            else:
                self._running[job_id] = (job, future, changed.locked_until)
