"""The dated tables of applications as they hold: the deployed files under staff's edits."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from engine.dated import (
    Description,
    Edit,
    Head,
    Row,
    file_rows,
    holding,
    is_table,
    merged,
    read_head,
    row_of,
)
from engine.diagram import read_map
from engine.errors import NotFound
from engine.store import dated_rows, deployments
from engine.store.codec import dump_canonical, load_json

_TABLE = ".json"
_KEPT = 64


@dataclass(frozen=True)
class TableFile:
    """A dated table as it was deployed. `name` is its path below `bpmn/` without the ending."""

    name: str
    deployment_id: str
    content: Mapping[str, Any]
    head: Head
    rows: tuple[Row, ...]
    key_names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class DatedTable:
    """A dated table as it holds. `version` tells one state of it from another."""

    file: TableFile
    edits: tuple[Edit, ...]

    @property
    def name(self) -> str:
        """As `fk_b03/terms`."""
        return self.file.name

    @property
    def head(self) -> Head:
        """What the table is."""
        return self.file.head

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """What holds on which days."""
        return merged(self.file.rows, self.edits)

    @property
    def version(self) -> str:
        """Another one after every edit and every deployment of another file."""
        last = self.edits[-1].id if self.edits else ""
        return hashlib.sha256(f"{self.file.deployment_id} {last}".encode()).hexdigest()[:16]

    def in_force(self, day: date) -> dict[str, Row]:
        """The rows that hold on a day, by key."""
        return {row.key: row for row in self.rows if row.span.has(day)}

    def holding(self, key: str, day: date) -> Row | None:
        """The row of the key that holds on the day, None where none does."""
        return holding(self.rows, key, day)

    def as_file(self) -> bytes:
        """The table as a file that had the edits in it."""
        return dump_canonical({**self.file.content, "rows": [row_of(row) for row in self.rows]})


class DatedTables:
    """The tables of the newest deployments. A deployment never changes: it is read once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, dict[str, TableFile]] = {}

    def all(self, connection: Any, tenant: str) -> list[DatedTable]:
        """Every dated table by name."""
        edited = dated_rows.last_ids(connection, tenant)
        found = []
        for name, file in sorted(self._files(connection, tenant, None).items()):
            edits = dated_rows.of_table(connection, tenant, name) if name in edited else ()
            found.append(DatedTable(file, edits))
        return found

    def get(
        self, connection: Any, tenant: str, name: str, known_at: datetime | None = None
    ) -> DatedTable:
        """A table as it holds, or as it was known at a moment. Raises NotFound."""
        file = self._files(connection, tenant, known_at).get(name)
        if file is None:
            raise NotFound(f"Expected a dated table {name}, but there is none")
        return DatedTable(file, dated_rows.of_table(connection, tenant, name, known_at))

    def head(self, connection: Any, tenant: str, table: DatedTable) -> Head:
        """The table's head, with the choices that are the keys of another table filled in.

        Raises NotFound where there is no such table.
        """

        def filled(description: Description) -> Description:
            if description.options_from is None:
                return description
            folder = PurePosixPath(table.name).parent
            other = self.get(connection, tenant, f"{folder}/{description.options_from}")
            return replace(description, options=_options(other))

        head = table.head
        return replace(
            head,
            description=None if head.description is None else filled(head.description),
            descriptions={key: filled(each) for key, each in head.descriptions.items()},
        )

    def _files(
        self, connection: Any, tenant: str, known_at: datetime | None
    ) -> dict[str, TableFile]:
        found: dict[str, TableFile] = {}
        for diagram, newest in dated_rows.applications(connection, tenant, known_at).items():
            folder = PurePosixPath(diagram).stem
            of_application = {
                name: file
                for name, file in self._of_deployment(connection, newest).items()
                if name.startswith(f"{folder}/")
            }
            found.update(of_application)
        return found

    def _of_deployment(self, connection: Any, deployment_id: str) -> dict[str, TableFile]:
        with self._lock:
            if deployment_id not in self._known:
                if len(self._known) >= _KEPT:
                    self._known.clear()
                resources = deployments.files_ending(connection, deployment_id, _TABLE)
                self._known[deployment_id] = _read_tables(deployment_id, resources)
            return self._known[deployment_id]


class TablesInForce:
    """Dated tables for handlers and completion checks, as files with the edits in them.

    `reading` opens a consistent view of the database; a caller in a transaction gives its own
    connection.
    """

    def __init__(
        self, reading: Callable[[], AbstractContextManager[Any]], tenant: str = ""
    ) -> None:
        self._reading = reading
        self._tenant = tenant
        self._tables = DatedTables()
        self._files: dict[str, tuple[str, bytes]] = {}

    def __call__(self, name: str, connection: Any | None = None) -> bytes | None:
        """The table of this name (`fk_b03/terms`); None where none is deployed."""
        view = self._reading() if connection is None else nullcontext(connection)
        with view as seen:
            try:
                table = self._tables.get(seen, self._tenant, name)
            except NotFound:
                return None
        known = self._files.get(name)
        if known is None or known[0] != table.version:
            known = (table.version, table.as_file())
            self._files[name] = known
        return known[1]


def _read_tables(deployment_id: str, resources: Mapping[str, bytes]) -> dict[str, TableFile]:
    found = {}
    for path, data in resources.items():
        if path.count("/") != 1:
            continue
        content = load_json(data)
        try:
            if not is_table(content):
                continue
            rows, head = file_rows(content), read_head(content)
        except (ValueError, KeyError):
            continue  # deployed before tables had heads: it is read by those who ask for it
        name = path.removesuffix(_TABLE)
        names = _key_names(head, resources.get(f"{PurePosixPath(path).parent}/{head.map}"))
        found[name] = TableFile(name, deployment_id, content, head, rows, names)
    return found


def _options(table: DatedTable) -> dict[str, Mapping[str, str]]:
    """The keys of a table as choices, called as the names in their values call them."""
    found: dict[str, Mapping[str, str]] = {}
    for row in table.rows:
        named = row.value.get("name") if isinstance(row.value, Mapping) else None
        names = named if isinstance(named, Mapping) else table.file.key_names.get(row.key, {})
        found[row.key] = names
    return found


def _key_names(head: Head, map_file: bytes | None) -> dict[str, Mapping[str, str]]:
    """What keys are called: by the rows of the functional map, and as the head says instead."""
    rows = () if map_file is None else read_map(map_file).rows
    own = {key: texts for key, texts in head.keys.items() if texts}
    return {**{row.number: row.names for row in rows}, **own}
