"""What the queries need of the engine's surroundings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from engine.dated_tables import DatedTables
from engine.decisions import DecisionDefinitions
from engine.definitions import Definitions
from engine.forms import OptionsByDay
from engine.settings import EngineSettings


class Surroundings(Protocol):
    """What the engine was opened with, as far as queries ask for it."""

    @property
    def settings(self) -> EngineSettings: ...

    @property
    def clock(self) -> Callable[[], datetime]: ...

    @property
    def definitions(self) -> Definitions: ...

    @property
    def options(self) -> OptionsByDay: ...

    @property
    def tables(self) -> DatedTables: ...

    @property
    def decisions(self) -> DecisionDefinitions: ...
