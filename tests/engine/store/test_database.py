"""One writer in turn, safe settings, and one serving process."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.errors import StoreLocked
from engine.store.database import Database, FairLock
from engine.store.lease import ServingLease
from engine.store.migrations import migrate

NOW = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path):
    opened = Database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    with opened.transaction() as connection:
        migrate(connection)
    yield opened
    opened.close()


def test_sqlite_keeps_what_it_acknowledged(database: Database) -> None:
    with database.transaction() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_transaction_that_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO history_stream VALUES ('x', 1, 'y')")
        _ = 1 / 0
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM history_stream").scalar() == 0


def test_the_lock_serves_in_the_order_of_asking() -> None:
    lock, order = FairLock(), []
    threads = []
    with lock:
        for number in range(8):
            thread = threading.Thread(target=lambda n=number: take(lock, order, n))
            thread.start()
            threads.append(thread)
            while len(lock._waiting) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == list(range(8))


def take(lock: FairLock, order: list[int], number: int) -> None:
    with lock:
        order.append(number)


def test_a_second_serving_process_is_told_who_serves(database: Database) -> None:
    first, second = ServingLease(database), ServingLease(database)
    first.acquire(NOW)
    with pytest.raises(StoreLocked, match="process"):
        second.acquire(NOW)
    first.release()
    second.acquire(NOW)
    second.release()


def test_the_lease_of_a_killed_process_is_free_at_once(database: Database) -> None:
    code = (
        "import sys, time; from datetime import datetime, UTC;"
        "from engine.store.database import Database; from engine.store.lease import ServingLease;"
        "lease = ServingLease(Database(sys.argv[1])); lease.acquire(datetime.now(UTC));"
        "print('held', flush=True); time.sleep(60)"
    )
    url = str(database.url)
    holder = subprocess.Popen([sys.executable, "-c", code, url], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "held"
    lease = ServingLease(database)
    with pytest.raises(StoreLocked):
        lease.acquire(NOW)
    holder.kill()
    holder.wait()
    holder.stdout.close()
    lease.acquire(NOW)
    lease.release()
