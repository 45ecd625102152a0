"""State registries of enterprises: the port and its adapters."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from handlers.shared.dated import read_duration
from handlers.shared.http import NoAnswer, check_address, exchange
from handlers.shared.ports import port

Record = Mapping[str, Any]

_TODAY_LESS = "today-"


class RegistryUnavailable(Exception):
    """A registry gives no answer now. This says nothing about the enterprise: ask again later."""

    def __init__(self, registry: str, reason: str) -> None:
        super().__init__(f"Expected an answer from registry {registry}, but {reason}")
        self.registry = registry
        self.reason = reason


@port
class EnterpriseRegistry(Protocol):
    """Asks state registries about one enterprise or individual entrepreneur."""

    def ask(self, registry: str, identifier: str) -> Record | None:
        """What the registry (by its name, `business_register`) holds of a BIN or IIN.

        None: the registry answers that it holds nothing. Raises RegistryUnavailable.
        """


class FileRegistry:
    """Registries in one JSON file: `{identifier: {registry: record}}`, read anew at every question.

    A record `{"unavailable": "reason"}` stands for a registry that is down. A value `today-P90D`
    stands for the day so long before today, so that a file need not age.
    """

    def __init__(self, path: Path, today: Callable[[], date]) -> None:
        self._path = path
        self._today = today

    def ask(self, registry: str, identifier: str) -> Record | None:
        """See EnterpriseRegistry."""
        try:
            enterprises = json.loads(self._path.read_bytes())
        except (OSError, ValueError) as error:
            raise RegistryUnavailable(registry, f"its file can't be read: {error}") from error
        record = enterprises.get(identifier, {}).get(registry)
        if record is not None and "unavailable" in record:
            raise RegistryUnavailable(registry, str(record["unavailable"]))
        return record and {name: self._resolved(value) for name, value in record.items()}

    def _resolved(self, value: object) -> object:
        if isinstance(value, str) and value.startswith(_TODAY_LESS):
            return (self._today() - read_duration(value.removeprefix(_TODAY_LESS))).isoformat()
        return value


class HttpRegistry:
    """Registries behind an HTTP gateway: `GET <address>/<registry>/<identifier>`.

    200 with a JSON object is the record, 404 means that the registry holds nothing; everything
    else is no answer. `timeout` is in seconds; `token` is sent as a bearer token.
    """

    def __init__(self, address: str, *, timeout: float = 10.0, token: str | None = None) -> None:
        self._address = check_address(address)
        self._timeout = timeout
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, registry: str, identifier: str) -> Record | None:
        """See EnterpriseRegistry."""
        url = f"{self._address}/{quote(registry, safe='')}/{quote(identifier, safe='')}"
        try:
            status, record = exchange("GET", url, timeout=self._timeout, headers=self._headers)
        except NoAnswer as error:
            raise RegistryUnavailable(registry, str(error)) from error
        if status == 404:
            return None
        if status != 200 or not isinstance(record, dict):
            raise RegistryUnavailable(registry, f"it answered {status} without a record")
        return record
