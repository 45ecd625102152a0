"""Completed tasks per second with one thread and with four, beside what the disk can do."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.two_tasks import TwoTasks

BYTES = 4096
THREADS = (1, 4)


def commits_per_second(folder: Path, commits: int) -> float:
    """Commits of one row of 4 KB each, synced to the disk, by the bare driver."""
    database = sqlite3.connect(folder / "disk.sqlite", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE written (id INTEGER PRIMARY KEY, content BLOB)")
    begun = time.perf_counter()
    for _commit in range(commits):
        database.execute("INSERT INTO written (content) VALUES (?)", (bytes(BYTES),))
    taken = time.perf_counter() - begun
    database.close()
    return commits / taken


def tasks_per_second(folder: Path, threads: int, tasks: int) -> float:
    """User tasks of as many instances, completed by so many threads at once."""
    processes = TwoTasks(folder / f"threads_{threads}.sqlite")
    task_ids = [processes.start({"reason": "x" * 100}) for _task in range(tasks)]

    def complete(share: Sequence[str]) -> None:
        for task_id in share:
            processes.complete(task_id, {"decision": "approve"})

    workers = [
        threading.Thread(target=complete, args=(task_ids[place::threads],))
        for place in range(threads)
    ]
    begun = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    taken = time.perf_counter() - begun
    processes.engine.close()
    return tasks / taken


def report(folder: Path, quick: bool) -> Iterator[str]:
    """The figures in words."""
    number = 20 if quick else 1000
    yield f"the disk: {commits_per_second(folder, number):,.0f} synced commits per second"
    for threads in THREADS:
        speed = tasks_per_second(folder, threads, number)
        yield f"{threads} threads: {speed:,.0f} completed tasks per second"
