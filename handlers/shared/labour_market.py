"""The labour market system (АИС РТ / ЕН ААЖ): where vacancies are entered and closed."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ClassVar, Protocol
from urllib.parse import quote

from handlers.shared.http import Limits, NoAnswer, check_address, exchange
from handlers.shared.ports import port


class LabourMarketUnavailable(Exception):
    """The labour market system did not confirm the entry: enter it again with the same key."""


@port
class LabourMarket(Protocol):
    """Enters vacancies into the labour market system."""

    def register(self, vacancy: Mapping[str, Any], key: str) -> None:
        """Enters a vacancy (plain data, `id` among it) once per `key`.

        Raises LabourMarketUnavailable.
        """

    def close(self, vacancy_id: str, outcome: str, key: str) -> None:
        """Enters that a vacancy is over (`filled`, `withdrawn`, `expired`), once per `key`.

        Raises LabourMarketUnavailable.
        """


class FileLabourMarket:
    """A file of JSON lines, one per entry: `{"key", "action", …}`.

    Entries are appended under a lock and are on the disk before `register` returns. A line cut
    off by a crash was never confirmed; it is removed before the next entry.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def register(self, vacancy: Mapping[str, Any], key: str) -> None:
        """See LabourMarket."""
        self._enter({"key": key, "action": "register", "vacancy": dict(vacancy)})

    def close(self, vacancy_id: str, outcome: str, key: str) -> None:
        """See LabourMarket."""
        self._enter({"key": key, "action": "close", "vacancy_id": vacancy_id, "outcome": outcome})

    def entries(self) -> list[dict[str, Any]]:
        """All entries in the order they were made; [] where there is no file yet."""
        if not self._path.exists():
            return []
        complete = self._path.read_bytes().rpartition(b"\n")[0]
        return [json.loads(line) for line in complete.splitlines()]

    def _enter(self, entry: Mapping[str, Any]) -> None:
        line = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode() + b"\n"
        try:
            with self._locked() as descriptor:
                _remove_torn_line(self._path, descriptor)
                if any(known["key"] == entry["key"] for known in self.entries()):
                    return
                _write_all(descriptor, line)
                os.fsync(descriptor)
        except OSError as error:
            raise LabourMarketUnavailable(
                f"Expected to write to {self._path}, but {error}"
            ) from error

    @contextmanager
    def _locked(self) -> Iterator[int]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield descriptor
        finally:
            os.close(descriptor)


class HttpLabourMarket:
    """The labour market system over HTTP.

    `PUT <address>/vacancies/<id>` enters, `PUT <address>/vacancies/<id>/outcome` closes; both
    carry the header `Idempotency-Key`. 2xx confirms, 409 says that it is there already.
    """

    LIMITS: ClassVar[Limits] = Limits(connect=5.0, read=20.0, whole=40.0)

    def __init__(self, address: str, *, limits: Limits = LIMITS, token: str | None = None) -> None:
        self._address = check_address(address)
        self._limits = limits
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def register(self, vacancy: Mapping[str, Any], key: str) -> None:
        """See LabourMarket."""
        self._put(f"vacancies/{quote(str(vacancy['id']), safe='')}", dict(vacancy), key)

    def close(self, vacancy_id: str, outcome: str, key: str) -> None:
        """See LabourMarket."""
        path = f"vacancies/{quote(vacancy_id, safe='')}/outcome"
        self._put(path, {"outcome": outcome}, key)

    def _put(self, path: str, body: object, key: str) -> None:
        try:
            status, _ = exchange(
                "PUT",
                f"{self._address}/{path}",
                body=body,
                limits=self._limits,
                headers={**self._headers, "Idempotency-Key": key},
            )
        except NoAnswer as error:
            raise LabourMarketUnavailable(
                f"Expected the labour market system to take an entry, but {error}"
            ) from error
        if not (200 <= status < 300 or status == 409):
            raise LabourMarketUnavailable(
                f"Expected the labour market system to take an entry, but it answered {status}"
            )


def _remove_torn_line(path: Path, descriptor: int) -> None:
    data = path.read_bytes()
    if data and not data.endswith(b"\n"):
        os.ftruncate(descriptor, len(data.rpartition(b"\n")[0]) + (1 if b"\n" in data else 0))


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
