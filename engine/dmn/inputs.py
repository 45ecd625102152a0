"""Given inputs: found by name, also those of imported models, and made values of their types."""

from __future__ import annotations

from collections.abc import Mapping

from engine.dmn.types import bare
from engine.feel.built_ins import BUILT_INS
from engine.feel.types import (
    DATE,
    DATE_TIME,
    DAYS_TIME,
    TIME,
    YEARS_MONTHS,
    ContextOf,
    FeelType,
    ListOf,
)

MISSING = object()
"""What is found under a name that is not given."""

_READERS: Mapping[FeelType, str] = {
    DATE: "date",
    TIME: "time",
    DATE_TIME: "date and time",
    DAYS_TIME: "duration",
    YEARS_MONTHS: "duration",
}


class Inputs:
    """Values by name. Those of an imported model are a context under the import's name, or have
    `import name.` in front; else they are found by their own names."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.values = values

    def find(self, name: str) -> object:
        return self.values.get(name, MISSING)

    def within(self, import_name: str) -> Inputs:
        """The inputs of an imported model; these themselves where it has none of its own."""
        given = self.values.get(import_name)
        own = dict(given) if isinstance(given, dict) else {}
        prefix = f"{import_name}."
        for name, value in self.values.items():
            if name.startswith(prefix):
                own[name.removeprefix(prefix)] = value
        return Inputs(own) if own else self


def read_texts(value: object, feel_type: FeelType) -> object:
    """The value with texts read as dates, times and durations where the type wants these.

    JSON has no other way to write them. Raises Unfit for a text that is none.
    """
    wanted = bare(feel_type)
    if isinstance(value, str) and wanted in _READERS:
        return BUILT_INS[_READERS[wanted]].invoke([value])
    if isinstance(value, list):
        item = wanted.item if isinstance(wanted, ListOf) else wanted
        return [read_texts(each, item) for each in value]
    if isinstance(wanted, ListOf):
        return read_texts(value, wanted.item)
    if isinstance(value, dict) and isinstance(wanted, ContextOf):
        members = dict(wanted.members)
        return {
            name: read_texts(each, members[name]) if name in members else each
            for name, each in value.items()
        }
    return value
