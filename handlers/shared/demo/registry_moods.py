"""How each registry of a demonstration behaves at the moment: a file that a person changes.

`{"social_payments": "down"}`: those that are not named answer. The registry server reads it anew
at every question, so it may be changed by hand or on a page while both run.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args

Mood = Literal["answers", "slow", "silent", "down"]
"""answers: at once. slow: after some seconds. silent: not in time. down: only that it can't."""

MOODS: tuple[Mood, ...] = get_args(Mood)


class MoodsUnreadable(Exception):
    """The file does not say in a readable way how the registries behave."""


class RegistryMoods:
    """The file, and the registries (by name, with their names by language) it may speak of."""

    def __init__(self, path: Path, registries: Mapping[str, Mapping[str, str]]) -> None:
        self._path = path
        self._guard = threading.Lock()
        self.registries = registries

    @classmethod
    def of_demo(cls, path: Path, registries: Path) -> RegistryMoods:
        """The moods in a file, of the registries that another one names."""
        return cls(path, json.loads(registries.read_bytes()))

    def read(self) -> dict[str, Mood]:
        """The mood of every registry. Raises MoodsUnreadable."""
        try:
            given = json.loads(self._path.read_bytes()) if self._path.exists() else {}
            moods: dict[str, Mood] = {name: given.get(name, "answers") for name in self.registries}
        except (OSError, ValueError, AttributeError) as error:
            raise MoodsUnreadable(f"Expected moods in {self._path}, but {error}") from error
        for name, mood in moods.items():
            if mood not in MOODS:
                raise MoodsUnreadable(
                    f"Expected {name} in {self._path} to be one of {', '.join(MOODS)}, "
                    f"but found {mood!r}"
                )
        return moods

    def change(self, changes: Mapping[str, str]) -> None:
        """Gives some registries another mood. Raises ValueError for one that is not known."""
        for name, mood in changes.items():
            if name not in self.registries or mood not in MOODS:
                raise ValueError(f"Expected a registry and one of {MOODS}, but found {name} {mood}")
        with self._guard:
            moods = {**self._readable(), **changes}
            self._path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = self._path.with_suffix(f".{os.getpid()}.part")
            unfinished.write_text(json.dumps(moods, indent=2) + "\n", encoding="utf-8")
            unfinished.replace(self._path)

    def _readable(self) -> Mapping[str, str]:
        """What the file says; a file that can't be read is written anew."""
        try:
            return self.read()
        except MoodsUnreadable:
            return {}
