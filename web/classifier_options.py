"""Classifiers as forms choose from them: where `engine.forms` meets the editions."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.forms import Option
from handlers.shared.classifiers import (
    Classifiers,
    ClassifiersOnDay,
    Entry,
    with_all_languages,
)


class ClassifierOptions:
    """The port that the engine and the pages are given."""

    def __init__(self, classifiers: Classifiers) -> None:
        self._classifiers = classifiers

    def on(self, day: date, connection: Any) -> OptionsOnDay:
        """The options of a day."""
        return OptionsOnDay(self._classifiers.on(day, connection))


class OptionsOnDay:
    """What the editions in force on one day offer."""

    def __init__(self, classifiers: ClassifiersOnDay) -> None:
        self._classifiers = classifiers

    def offered(
        self, classifier: str, level: str | None, below: str | None
    ) -> tuple[Option, ...] | None:
        """See engine.forms.Options."""
        edition = self._classifiers.find(classifier)
        if edition is None:
            return None
        return tuple(map(_option, edition.at(level, below)))

    def named(self, classifier: str, code: str) -> Option | None:
        """See engine.forms.Options."""
        entry = self._classifiers.known(classifier, code)
        return None if entry is None else _option(entry)


def _option(entry: Entry) -> Option:
    names = with_all_languages(entry.names, entry.code)
    return Option(entry.code, names, attributes=entry.attributes)
