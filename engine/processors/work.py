"""What a processor works with: the transaction, the actor, the engine's surroundings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from engine.completion_check import Check
from engine.dated_tables import DatedTables
from engine.decisions import DecisionDefinitions
from engine.definitions import Definitions
from engine.errors import NotAllowed, SignatureRefused
from engine.external_task import Handler
from engine.forms import NO_OPTIONS, Options, OptionsByDay
from engine.identity import Actor, Directory
from engine.retention import Retention
from engine.settings import EngineSettings
from engine.signatures import Evidence, Expectation
from engine.store.jobs import JobRecord
from engine.store.unit_of_work import UnitOfWork


class ExaminedSignature(Protocol):
    """A signature that holds, whoever was to sign (see `signatures.Examined`)."""

    @property
    def evidence(self) -> Evidence:
        """What is known of it; complete once it is accepted."""
        ...

    def accept(self, expect: Expectation) -> Evidence:
        """The evidence that it is the signature of `expect`. Raises SignatureRefused."""
        ...


class SignatureVerifier(Protocol):
    """Verifies a signature (see `signatures`).

    In two steps, so that no transaction waits for a slow service or a hostile signature: it is
    examined first, then accepted in the transaction of the completion.
    """

    def examine(self, cms: bytes, content: bytes, at: datetime) -> ExaminedSignature:
        """Called outside any transaction; may take as long as other systems do.

        Raises SignatureRefused.
        """
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
    options: OptionsByDay = NO_OPTIONS
    tables: DatedTables = field(default_factory=DatedTables)
    retention: Retention = field(default_factory=Retention)


@dataclass
class Work:
    """One command being carried out. `job` is the engine's own job behind it, if one is;
    `examined` what was found beforehand of the signature that the command carries."""

    uow: UnitOfWork
    around: Surroundings
    actor: Actor
    now: datetime
    job: JobRecord | None = None
    added_jobs: bool = field(default=False)
    examined: ExaminedSignature | SignatureRefused | None = None

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

    @property
    def options(self) -> Options:
        """The classifiers in force today, as forms choose from them."""
        return self.around.options.on(self.today, self.connection)

    def require(self, groups: frozenset[str], what: str) -> None:
        """Raises NotAllowed unless the actor is the system or in one of the groups."""
        if not self.actor.is_system and not self.actor.groups & groups:
            raise NotAllowed(
                f"Expected {self.actor.user} to {what}, "
                f"but that takes one of the roles {', '.join(sorted(groups))}"
            )
