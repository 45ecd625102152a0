"""Who acts, and who exists: the actor of a command and the directory port."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

SYSTEM_USER = "system"


@dataclass(frozen=True)
class Actor:
    """Who sends a command or asks a query.

    `groups` are roles (candidate groups). `units` (career centres) and `parties` (enterprises, by
    BIN or IIN) limit what the actor sees; None means every one, the empty set means none.
    """

    user: str
    groups: frozenset[str] = frozenset()
    units: frozenset[str] | None = frozenset()
    parties: frozenset[str] | None = frozenset()
    tenant: str = ""
    iin: str | None = None
    bins: frozenset[str] = frozenset()
    is_system: bool = False

    @classmethod
    def system(cls, tenant: str = "") -> Actor:
        """The engine's own actor: executors, the command line of an administrator."""
        return cls(SYSTEM_USER, frozenset(), None, None, tenant, is_system=True)


class Directory(Protocol):
    """Which users and groups exist; None where the directory can't list them."""

    def groups(self) -> frozenset[str] | None: ...

    def users(self) -> frozenset[str] | None: ...


@dataclass(frozen=True)
class OpenDirectory:
    """A directory that can't be listed: every name is taken as existing."""

    def groups(self) -> frozenset[str] | None:
        return None

    def users(self) -> frozenset[str] | None:
        return None
