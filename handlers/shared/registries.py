"""State registries of enterprises: the port and its adapters."""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import ClassVar, Protocol
from urllib.parse import quote

from handlers.shared.circuit_breaker import BreakerLimits, CircuitBreaker, CircuitOpen
from handlers.shared.dated import read_duration
from handlers.shared.http import Limits, NoAnswer, check_address, exchange, read_json
from handlers.shared.ports import port
from handlers.shared.recovery import Back, Recovery
from handlers.shared.registry_answers import Record, RegistryUnavailable, read_answer
from handlers.shared.texts import show_moment

__all__ = [
    "EnterpriseRegistry",
    "FileRegistry",
    "HttpRegistry",
    "Record",
    "RegistryUnavailable",
]

log = logging.getLogger(__name__)

_TODAY_LESS = "today-"
_ALL_OTHERS = "*"
_FIRST_PAUSE = 0.2
_REFUSED = frozenset({401, 403})
_NOT_THIS_NUMBER = frozenset({400, 422})


@port
class EnterpriseRegistry(Protocol):
    """Asks state registries about one enterprise or individual entrepreneur."""

    def ask(self, registry: str, identifier: str) -> Record | None:
        """What the registry (by its name, `business_register`) holds of a BIN or IIN.

        None: the registry answers that it holds nothing. Raises RegistryUnavailable. Several
        threads may ask at once.
        """

    def end_rest(self, registry: str) -> None:
        """A person says that it may be back: if it was left in peace, it is so no longer."""

    def when_back(self, back: Back) -> None:
        """Has `back` told each registry's first answer after a failure, and since the start."""


class FileRegistry:
    """Registries in one JSON file, read anew at every question: `{identifier: {registry: record}}`.

    A record `null` says that the registry holds nothing of this number, `{"unavailable": "reason"}`
    that it is down. The identifier `*` stands for every number whose record is not there: `{"*":
    {"terrorism_financing": null}}` says that all who are on this list are in the file. Where the
    file says nothing there is no answer: it may have been written for others.

    A value `today-P90D` stands for the day so long before today, so that a file need not age.
    """

    def __init__(self, path: Path, today: Callable[[], date]) -> None:
        self._path = path
        self._today = today
        self._recovery = Recovery()

    def ask(self, registry: str, identifier: str) -> Record | None:
        """See EnterpriseRegistry."""
        try:
            record = self._held(registry, identifier)
        except RegistryUnavailable as error:
            if not error.number_only:
                self._recovery.failed(registry)
            raise
        self._recovery.answered(registry)
        return record

    def end_rest(self, registry: str) -> None:
        """See EnterpriseRegistry; a file is never left in peace."""

    def when_back(self, back: Back) -> None:
        """See EnterpriseRegistry."""
        self._recovery.listen(back)

    def _held(self, registry: str, identifier: str) -> Record | None:
        enterprises = self._read(registry)
        for number in (identifier, _ALL_OTHERS):
            records = enterprises.get(number, {})
            if not isinstance(records, Mapping):
                raise RegistryUnavailable(registry, "its file has no records by registry")
            if registry in records:
                return self._record(registry, records[registry])
        raise RegistryUnavailable(
            registry, "its file says nothing of this number", number_only=True
        )

    def _read(self, registry: str) -> Mapping[str, object]:
        try:
            enterprises = read_json(self._path.read_bytes())
        except (OSError, NoAnswer) as error:
            raise RegistryUnavailable(registry, f"its file can't be read: {error}") from error
        if not isinstance(enterprises, Mapping):
            raise RegistryUnavailable(registry, "its file has no enterprises by number")
        return enterprises

    def _record(self, registry: str, record: object) -> Record | None:
        if record is None:
            return None
        if not isinstance(record, Mapping):
            raise RegistryUnavailable(registry, "its file has something else than a record")
        if "unavailable" in record:
            raise RegistryUnavailable(registry, str(record["unavailable"]))
        return {name: self._resolved(value) for name, value in record.items()}

    def _resolved(self, value: object) -> object:
        if isinstance(value, str) and value.startswith(_TODAY_LESS):
            return (self._today() - read_duration(value.removeprefix(_TODAY_LESS))).isoformat()
        return value


class HttpRegistry:
    """Registries behind an HTTP gateway: `GET <address>/<registry>/<identifier>`.

    What it answers: see `registry_answers`. Everything else is no answer. `token` is sent as a
    bearer token.

    One question is put up to `tries` times, with a short random pause between, where the fault
    may pass at once: a question changes nothing, so putting it again is safe. Each registry has
    a circuit breaker of its own: one that has failed again and again is not asked for a while,
    and one that asks for a pause (`Retry-After`) gets it. That a number is not taken (400, 422)
    is no failure of the registry. That this installation is not accepted (401, 403) is logged as
    an error once, until it is accepted everywhere again.
    """

    LIMITS: ClassVar[Limits] = Limits(connect=3.0, read=10.0, whole=20.0, answer=1_000_000)
    TRIES: ClassVar[int] = 3
    BREAKER: ClassVar[BreakerLimits] = BreakerLimits(failures=5, rest=timedelta(seconds=30))

    def __init__(
        self,
        address: str,
        *,
        clock: Callable[[], datetime],
        token: str | None = None,
        limits: Limits = LIMITS,
        tries: int = TRIES,
        breaker: BreakerLimits = BREAKER,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if tries < 1:
            raise ValueError(f"Expected at least one try, but found {tries}")
        self._address = check_address(address)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._limits = limits
        self._tries = tries
        self._clock = clock
        self._sleep = sleep
        self._new_breaker = lambda: CircuitBreaker(clock, breaker)
        self._breakers: dict[str, CircuitBreaker] = {}
        self._recovery = Recovery()
        self._refusing: set[str] = set()
        self._guard = threading.Lock()

    def ask(self, registry: str, identifier: str) -> Record | None:
        """See EnterpriseRegistry."""
        try:
            came = self.breaker(registry).call(lambda: self._asked(registry, identifier))
        except CircuitOpen as circuit:
            raise RegistryUnavailable(
                registry,
                f"it has not answered since {show_moment(circuit.since)} and is left in peace "
                f"until {show_moment(circuit.until)}",
                retry_at=circuit.until,
                asked=False,
            ) from circuit
        except RegistryUnavailable:
            self._recovery.failed(registry)
            raise
        self._recovery.answered(registry)
        if isinstance(came, RegistryUnavailable):
            raise came
        return came

    def end_rest(self, registry: str) -> None:
        """See EnterpriseRegistry."""
        self.breaker(registry).end_rest()

    def when_back(self, back: Back) -> None:
        """See EnterpriseRegistry."""
        self._recovery.listen(back)

    def breaker(self, registry: str) -> CircuitBreaker:
        """The circuit breaker of one registry."""
        with self._guard:
            if registry not in self._breakers:
                self._breakers[registry] = self._new_breaker()
            return self._breakers[registry]

    def _asked(self, registry: str, identifier: str) -> Record | RegistryUnavailable | None:
        """Gives what speaks against one number alone; raises what speaks against the registry."""
        url = f"{self._address}/{quote(registry, safe='')}/{quote(identifier, safe='')}"
        try:
            status, answer = self._answered(url)
        except NoAnswer as error:
            raise self._unavailable(registry, error) from error
        self._note_acceptance(registry, status)
        if status in _REFUSED:
            raise RegistryUnavailable(
                registry,
                f"it answered {status}: it does not accept this installation "
                "(see QADAM_REGISTRY_TOKEN)",
            )
        if status in _NOT_THIS_NUMBER:
            reason = f"it answered {status}: it refuses this number"
            return RegistryUnavailable(registry, reason, number_only=True)
        return read_answer(registry, identifier, status, answer)

    def _unavailable(self, registry: str, error: NoAnswer) -> RegistryUnavailable:
        if error.retry_after is None:
            return RegistryUnavailable(registry, str(error))
        retry_at = self._clock() + error.retry_after
        self.breaker(registry).rest_until(retry_at)
        reason = f"{error} and asks to be left in peace until {show_moment(retry_at)}"
        return RegistryUnavailable(registry, reason, retry_at)

    def _note_acceptance(self, registry: str, status: int) -> None:
        with self._guard:
            before = bool(self._refusing)
            if status in _REFUSED:
                self._refusing.add(registry)
            else:
                self._refusing.discard(registry)
            after = bool(self._refusing)
        if after and not before:
            log.error(
                "the gateway of the registries does not accept this installation: registry %s "
                "answered %s; checks of employers wait until it does (QADAM_REGISTRY_TOKEN)",
                registry,
                status,
            )
        if before and not after:
            log.warning("the gateway of the registries accepts this installation again")

    def _answered(self, url: str) -> tuple[int, object]:
        tried = 0
        while True:
            tried += 1
            try:
                return exchange("GET", url, limits=self._limits, headers=self._headers)
            except NoAnswer as error:
                if not error.passing or tried >= self._tries:
                    raise
            longest = _FIRST_PAUSE * 2**tried
            self._sleep(random.uniform(longest / 4, longest))
