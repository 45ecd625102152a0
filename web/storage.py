"""The database of an installation, for what the web reads and keeps beside the engine."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol


class Readable(Protocol):
    """A database that can be read."""

    def reading(self) -> AbstractContextManager[Any]: ...


class Storage(Readable, Protocol):
    """A database that can be read and written."""

    def transaction(self) -> AbstractContextManager[Any]: ...
