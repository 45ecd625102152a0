"""Values to choose from that are not in the form: what a classifier or a dated table offers.

Forms don't know where these are kept: who draws or checks a form brings `Options` along.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from engine.forms.definition import Field, Option
from engine.forms.option_sources import TableSource


@dataclass(frozen=True)
class Period:
    """Days on which a key holds, both included; `last` None: without an end."""

    key: Option
    first: date
    last: date | None


@dataclass(frozen=True)
class TableKeys:
    """The keys of a dated table on one day: those in force, all others that it has, and the
    period that begins next, if one is known."""

    in_force: tuple[Option, ...]
    others: tuple[Option, ...] = ()
    coming: Period | None = None


class Options(Protocol):
    """The classifiers and dated tables as they are in force on one day."""

    def offered(
        self, classifier: str, level: str | None, below: str | None
    ) -> Sequence[Option] | None:
        """Entries in their order: of a level where one is named, below a code where one is given.

        None where there is no edition of the classifier.
        """
        ...

    def named(self, classifier: str, code: str) -> Option | None:
        """The entry of a code in the newest edition that has it, in force or not."""
        ...

    def keys(self, table: str) -> TableKeys | None:
        """The keys of a dated table, texts all of them; None where there is no such table."""
        ...


class OptionsByDay(Protocol):
    """The port that an engine is opened with."""

    def on(self, day: date, connection: Any) -> Options:
        """Those of a day, read on the connection of a command's transaction."""
        ...


class NoOptions:
    """No classifier, no table, on no day: every field that asks for one is refused, never let
    through."""

    def offered(self, classifier: str, level: str | None, below: str | None) -> None:
        """See Options."""

    def named(self, classifier: str, code: str) -> None:
        """See Options."""

    def keys(self, table: str) -> None:
        """See Options."""

    def on(self, day: date, connection: Any) -> NoOptions:
        """See OptionsByDay."""
        return self


NO_OPTIONS = NoOptions()


def offered_for(
    asked: Field, values: Mapping[str, object], options: Options
) -> Sequence[Option] | None:
    """What a field offers beside these values of the fields before it.

    Its own options where it names no classifier and no table; none as long as nothing is chosen in
    the field that it follows; None where the classifier has no edition, or the table is not there.
    """
    if asked.table is not None:
        known = keys_for(asked.table, options)
        return None if known is None else known.in_force
    source = asked.source
    if source is None:
        return asked.options
    if source.parent is None:
        return options.offered(source.classifier, source.level, None)
    above = values.get(source.parent)
    if not isinstance(above, str) or not above:
        return ()
    return options.offered(source.classifier, source.level, above)


def keys_for(source: TableSource, options: Options) -> TableKeys | None:
    """The keys of a field's table as values that the field takes; None where there is no table."""
    known = options.keys(source.name)
    if known is None:
        return None
    return TableKeys(
        tuple(_taken(source, known.in_force)), tuple(_taken(source, known.others)), known.coming
    )


def _taken(source: TableSource, keys: Sequence[Option]) -> Iterator[Option]:
    for each in keys:
        value = source.value_of(each.posted)
        if not source.is_number or isinstance(value, int):
            yield replace(each, value=value)


def has_nothing_below(asked: Field, values: Mapping[str, object], options: Options) -> bool:
    """Whether there is nothing to choose below what was chosen: then the field is not asked for.

    A city's district has no settlements, for instance.
    """
    source = asked.source
    if source is None or source.parent is None or not values.get(source.parent):
        return False
    return offered_for(asked, values, options) == ()


def fill_names(
    fields: Sequence[Field], values: Mapping[str, object], options: Options
) -> dict[str, object]:
    """The values with the names of what was chosen in the fields that a choice fills.

    What a person wrote there is kept; the name of another entry is replaced.
    """
    filled = dict(values)
    for each in fields:
        source, code = each.source, values.get(each.name)
        if source is None or not source.fills or not isinstance(code, str):
            continue
        offered = offered_for(each, values, options) or ()
        chosen = next((option for option in offered if option.value == code), None)
        if chosen is None:
            continue
        for target, language in source.fills.items():
            names = {option.label(language) for option in offered}
            if not filled.get(target) or filled[target] in names:
                filled[target] = chosen.label(language)
    return filled
