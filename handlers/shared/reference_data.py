"""The port through which handlers read the data files and templates beside their diagram."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from engine.completion_check import Completion
from engine.errors import EngineError
from handlers.shared.dated import DatedTable
from handlers.shared.ports import port


class TablesInForce(Protocol):
    """Dated tables as they hold here: as deployed, and as staff have edited them."""

    def __call__(self, name: str, connection: Any | None = None) -> bytes | None:
        """The table as a file, read on the connection where there is one; None: not deployed."""


class ReferenceDataMissing(EngineError):
    """No file of this name belongs to the process applications."""


@port
class ReferenceData:
    """Files by their path below `bpmn/` (`fk_b03/terms.json`), read anew at every use.

    `read` gives the bytes of a file, or raises KeyError. `in_force` gives dated tables as they
    hold, with what staff have edited; without it, or where it has none, they are the files.
    """

    def __init__(
        self,
        read: Callable[[str], bytes],
        in_force: TablesInForce | None = None,
        connection: Any | None = None,
    ) -> None:
        self._read = read
        self._in_force = in_force
        self._connection = connection
        self._tables: dict[str, tuple[bytes, DatedTable]] = {}

    @classmethod
    def from_directory(cls, directory: Path) -> ReferenceData:
        """The files below a directory, mostly `bpmn/`."""
        root = directory.resolve()

        def read(name: str) -> bytes:
            path = (root / name).resolve()
            if not path.is_relative_to(root) or not path.is_file():
                raise KeyError(name)
            return path.read_bytes()

        return cls(read)

    @classmethod
    def from_resources(cls, resources: Mapping[str, bytes]) -> ReferenceData:
        """The resources of a deployment."""
        return cls(resources.__getitem__)

    def overlaid(self, other: ReferenceData) -> ReferenceData:
        """The same files, but those that `other` has are taken from there."""

        def read(name: str) -> bytes:
            try:
                return other._read(name)
            except KeyError:
                return self._read(name)

        return ReferenceData(read, self._in_force, self._connection)

    def edited(self, in_force: TablesInForce | None) -> ReferenceData:
        """The same files, with dated tables as they hold in an installation."""
        return ReferenceData(self._read, in_force, self._connection)

    def within(self, connection: Any) -> ReferenceData:
        """The same data as a transaction sees it; what was read before is kept."""
        seen = ReferenceData(self._read, self._in_force, connection)
        seen._tables = self._tables
        return seen

    def file(self, name: str) -> bytes:
        """The bytes of a file: a template, say. Raises ReferenceDataMissing."""
        try:
            return self._read(name)
        except KeyError:
            raise ReferenceDataMissing(
                f"Expected file {name} beside the diagrams, but there is none"
            ) from None

    def table(self, name: str) -> DatedTable:
        """The dated table `<name>.json`, by name without the ending, with what staff edited.

        Raises ReferenceDataMissing, DatedTableError.
        """
        held = None if self._in_force is None else self._in_force(name, self._connection)
        data = self.file(f"{name}.json") if held is None else held
        known = self._tables.get(name)
        if known is None or known[0] != data:
            known = (data, DatedTable.read(name, data))
            self._tables[name] = known
        return known[1]

    def field_label(self, forms: Iterable[str], field: str) -> dict[str, str]:
        """What the first of the forms that has a field calls it, by language; else its name.

        `forms` are paths below `bpmn/`. Raises ReferenceDataMissing.
        """
        for form in forms:
            described = json.loads(self.file(form)).get("properties", {}).get(field, {})
            if described.get("x-label"):
                return dict(described["x-label"])
        return {"kk": field, "ru": field, "en": field}

    def option_label(self, form: str, field: str, value: object) -> dict[str, str]:
        """What a form calls one choice of a field, by language; the value itself if it does not.

        `form` is the form's path below `bpmn/`; its labels are the one place where a choice is
        named, so documents and messages take them from there. Raises ReferenceDataMissing.
        """
        schema = json.loads(self.file(form))
        for option in _options(schema.get("properties", {}).get(field, {})):
            if option.get("const") == value:
                return dict(option.get("x-label") or {})
        plain = str(value)
        return {"kk": plain, "ru": plain, "en": plain}


def reference_data_of(completion: Completion) -> ReferenceData:
    """The data files, as the transaction of a completion sees them."""
    reference_data = completion.ports[ReferenceData]
    if not isinstance(reference_data, ReferenceData):
        raise TypeError(f"Expected a ReferenceData port, but found {reference_data!r}")
    return reference_data


def _options(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [
        option
        for keyword in ("oneOf", "anyOf")
        for option in schema.get(keyword, ())
        if isinstance(option, Mapping)
    ]
