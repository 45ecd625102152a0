"""What a registry's gateway answers, read strictly.

    {"registry": "heads", "number": "150140000012", "found": true, "record": {…}}
    {"registry": "heads", "number": "150140000012", "found": false}

That a registry holds nothing is a fact with consequences for an enterprise, so it is taken only
from an answer that says so of this registry and this number: a wrong route answers 404, too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

Record = Mapping[str, Any]


class RegistryUnavailable(Exception):
    """A registry gives no answer now. This says nothing about the enterprise: ask again later.

    `retry_at`: where it is known before when asking again is of no use. `asked` False: the
    question was not put at all. `number_only`: it speaks against this number, not against the
    registry.
    """

    def __init__(
        self,
        registry: str,
        reason: str,
        retry_at: datetime | None = None,
        *,
        asked: bool = True,
        number_only: bool = False,
    ) -> None:
        super().__init__(f"Expected an answer from registry {registry}, but {reason}")
        self.registry = registry
        self.reason = reason
        self.retry_at = retry_at
        self.asked = asked
        self.number_only = number_only


def read_answer(registry: str, number: str, status: int, answer: object) -> Record | None:
    """The record in an answer; None: it says that nothing is held. Raises RegistryUnavailable."""
    if status not in (200, 404) or not isinstance(answer, Mapping):
        raise RegistryUnavailable(
            registry, f"it answered {status} without saying what it holds (a wrong route?)"
        )
    repeated = answer.get("registry"), answer.get("number")
    if repeated != (registry, number):
        raise RegistryUnavailable(
            registry,
            f"its answer ({status}) is not of the registry and number asked for, "
            f"but of {repeated[0]!r} and {_masked(repeated[1])}",
        )
    found, record = answer.get("found"), answer.get("record")
    if found is False and record is None:
        return None
    if found is True and status == 200 and isinstance(record, Mapping):
        return record
    raise RegistryUnavailable(
        registry, f"its answer ({status}) says neither that it found a record nor that it did not"
    )


def _masked(number: object) -> str:
    """A number that nobody asked for: it may be anybody's, so its end is enough to tell it by."""
    return f"…{number[-4:]}" if isinstance(number, str) and len(number) == 12 else "no number"
