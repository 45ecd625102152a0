"""The process application of the errands: one handler, which keeps a ledger outside the database.

The ledger is where a handler's effect would be: a line when a try begins, a line when it is done.
"""

from __future__ import annotations

import json
import os
import time
import uuid
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypedDict

from engine.external_task import ExternalTask, external_task
from handlers.shared.ports import port

BEGUN, DONE = "begun", "done"


@dataclass(frozen=True)
class Entry:
    """One line: a try of the job with this idempotency key."""

    event: str
    key: str
    instance_id: str
    element_id: str
    receipt: str


@port
class Ledger:
    """An append-only file; a line is written at once or not at all."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def write(self, entry: Entry) -> None:
        """Appends a line."""
        line = json.dumps(asdict(entry)).encode() + b"\n"
        descriptor = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)

    def read(self) -> list[Entry]:
        """Every line."""
        if not self._file.exists():
            return []
        return [Entry(**json.loads(line)) for line in self._file.read_text().splitlines()]


def cut_off(entries: list[Entry]) -> set[str]:
    """The keys of tries that began and were never done."""
    done = {entry.receipt for entry in entries if entry.event == DONE}
    return {entry.key for entry in entries if entry.receipt not in done}


class Carried(TypedDict):
    """What an errand's step gives: the receipt of the try whose result counts."""

    receipt: str


@external_task("errand.carry")
def carry(task: ExternalTask, ledger: Ledger, pause: float) -> Carried:
    """Notes the try under its idempotency key, takes `pause` seconds, notes that it is done."""
    receipt = uuid.uuid4().hex
    place = (task.idempotency_key, task.instance_id, task.element_id, receipt)
    ledger.write(Entry(BEGUN, *place))
    time.sleep(pause)
    ledger.write(Entry(DONE, *place))
    return {"receipt": receipt}
