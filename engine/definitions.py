"""Deployed versions of processes, read once and kept: facts, token specification, files."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from engine.dated import Edit, Row, file_rows, holding, merged
from engine.diagram import Diagram, ElementFacts, ProcessFacts, read_diagram
from engine.errors import NotFound
from engine.forms import Form, FormDataField, form_from_fields, load_form, with_fields_of
from engine.spiff import Specification, compile_process
from engine.store import deployments
from engine.store.codec import load_json
from engine.store.deployments import DefinitionRecord

LANGUAGES = ("kk", "ru", "en")


@dataclass
class Definition:
    """One version of a process. Immutable but for what it has worked out and keeps."""

    record: DefinitionRecord
    diagram: Diagram
    specification: Specification
    resources: Mapping[str, bytes]
    _forms: dict[str, Form | None] = field(default_factory=dict)
    _tables: dict[str, Any] = field(default_factory=dict)
    _rows: dict[str, tuple[Row, ...]] = field(default_factory=dict)
    _names: dict[str | None, Mapping[str, str]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The id of the version."""
        return self.record.id

    @property
    def process_id(self) -> str:
        """The process id, the same in every version."""
        return self.record.process_id

    @property
    def facts(self) -> ProcessFacts:
        """What the diagram says of the process."""
        return self.diagram.processes[self.record.process_id]

    def element(self, element_id: str) -> ElementFacts:
        """An element of the process."""
        return self.facts.elements[element_id]

    def names(self, element_id: str | None = None) -> Mapping[str, str]:
        """The name of an element, or of the process, in each language."""
        if element_id not in self._names:
            named: ElementFacts | ProcessFacts = self.facts
            if element_id is not None:
                named = self.facts.elements[element_id]
            self._names[element_id] = {language: named.name(language) for language in LANGUAGES}
        return self._names[element_id]

    def form(self, element_id: str) -> Form | None:
        """The form of a user task or start event, None where it has none."""
        if element_id not in self._forms:
            self._forms[element_id] = self._load_form(self.element(element_id))
        return self._forms[element_id]

    def none_start(self) -> ElementFacts | None:
        """The start event that StartProcessInstance begins with."""
        start = self.specification.none_start
        return None if start is None else self.element(start)

    def data(self, name: str) -> Any:
        """The JSON file `<key>/<name>.json` of the process application, None where it has none."""
        if name not in self._tables:
            content = self.resources.get(f"{self.diagram.key}/{name}.json")
            self._tables[name] = None if content is None else load_json(content)
        return self._tables[name]

    def dated(self, table: str, key: str, today: date, edits: Iterable[Edit] = ()) -> object:
        """The value of `key` in a dated table on a day, under staff's edits of the key.

        Raises LookupError where there is none.
        """
        if table not in self._rows:
            self._rows[table] = file_rows(self.data(table))
        found = holding(merged(self._rows[table], edits), key, today)
        if found is None:
            raise LookupError(f"Expected a row {key} valid on {today} in table {table}")
        return found.value

    def _load_form(self, element: ElementFacts) -> Form | None:
        if element.form_key is not None:
            key = element.form_key
            return load_form(key, with_fields_of(key, self.resources[key], self.resources))
        if element.form_fields:
            return form_from_fields(
                element.id, [FormDataField.from_facts(item) for item in element.form_fields]
            )
        return None


class Definitions:
    """The versions that were asked for. A version never changes, so each is read once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, Definition] = {}
        self._numbered: dict[tuple[str, str, int], Definition] = {}
        self._diagrams: dict[tuple[str, str], tuple[Diagram, Mapping[str, bytes]]] = {}

    def get(self, connection: Any, definition_id: str) -> Definition:
        """The version with this id. Raises NotFound."""
        known = self._known.get(definition_id)
        if known is not None:
            return known
        record = deployments.definition(connection, definition_id)
        if record is None:
            raise NotFound(f"Expected process definition {definition_id}, but it does not exist")
        return self.of(connection, record)

    def numbered(
        self, connection: Any, tenant: str, process_id: str, version: int | None
    ) -> Definition | None:
        """A version of a process by its number, or the newest; None where there is none.

        Only for what is committed: in a transaction that is given up a number may come back.
        """
        known = None if version is None else self._numbered.get((tenant, process_id, version))
        if known is not None:
            return known
        record = deployments.version_of(connection, tenant, process_id, version)
        if record is None:
            return None
        found = self.of(connection, record)
        self._numbered[tenant, process_id, record.version] = found
        return found

    def of(self, connection: Any, record: DefinitionRecord) -> Definition:
        """The version of this row."""
        with self._lock:
            known = self._known.get(record.id)
            if known is None:
                diagram, resources = self._diagram(connection, record)
                known = Definition(
                    record,
                    diagram,
                    compile_process(diagram.root, record.process_id),
                    resources,
                )
                self._known[record.id] = known
            return known

    def _diagram(
        self, connection: Any, record: DefinitionRecord
    ) -> tuple[Diagram, Mapping[str, bytes]]:
        place = (record.deployment_id, record.resource_name)
        if place not in self._diagrams:
            resources = deployments.resources(connection, record.deployment_id)
            diagram = read_diagram(resources[record.resource_name], record.resource_name)
            self._diagrams[place] = (diagram, resources)
        return self._diagrams[place]
