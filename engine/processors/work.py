"""What a processor works with: the transaction, the actor, the engine's surroundings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from engine.completion_check import Check
from engine.decisions import DecisionDefinitions
from engine.definitions import Definitions
from engine.errors import NotAllowed
from engine.external_task import Handler
from engine.identity import Actor, Directory
from engine.settings import EngineSettings
from engine.store.jobs import JobRecord
from engine.store.unit_of_work import UnitOfWork


class SignatureVerifier(Protocol):
    """Verifies a signature and says what was checked (see `signatures`)."""

    def verify(
        self, cms: bytes, content: bytes, actor: Actor, party: str | None, at: datetime
    ) -> Mapping[str, Any]:
        """The evidence as JSON. Raises SignatureRefused."""
        ...


@dataclass(frozen=True)
class Surroundings:
    """What the engine was opened with; the same for every command."""

    settings: EngineSettings
    handlers: Mapping[str, Handler]
    checks: Mapping[str, Check]
    ports: Mapping[type, object]
    directory: Directory
    clock: Callable[[], datetime]
    definitions: Definitions
    decisions: DecisionDefinitions
    signatures: SignatureVerifier | None = None


@dataclass
class Work:
    """One command being carried out. `job` is the engine's own job behind it, if one is."""

    uow: UnitOfWork
    around: Surroundings
    actor: Actor
    now: datetime
    job: JobRecord | None = None
    added_jobs: bool = field(default=False)

    @property
    def connection(self) -> Any:
        """The connection of the command's transaction."""
        return self.uow.connection

    @property
    def zone(self) -> ZoneInfo:
        """The zone of local dates."""
        return ZoneInfo(self.around.settings.zone)

    @property
    def today(self) -> date:
        """The local date by the engine's clock."""
        return self.now.astimezone(self.zone).date()

    def require(self, groups: frozenset[str], what: str) -> None:
        """Raises NotAllowed unless the actor is the system or in one of the groups."""
        if not self.actor.is_system and not self.actor.groups & groups:
            raise NotAllowed(
                f"Expected {self.actor.user} to {what}, "
                f"but that takes one of the roles {', '.join(sorted(groups))}"
            )
