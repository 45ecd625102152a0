"""The port that says what people are called: documents name them, variables hold their codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from handlers.shared.ports import port
from handlers.shared.texts import Texts, same

NamesOf = Callable[[str], Mapping[str, str]]
"""The names of a user by language; empty for a user who is not known."""


@port
class PeopleNames(Protocol):
    """What people are called."""

    def of(self, user: str) -> Texts:
        """The user's name by language; the code itself where nobody knows a name."""


class NamesFromDirectory:
    """The names that a directory of people has."""

    def __init__(self, names_of: NamesOf) -> None:
        self._names_of = names_of

    def of(self, user: str) -> Texts:
        """See PeopleNames."""
        return {**same(user), **self._names_of(user)}
