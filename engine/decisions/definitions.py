"""Deployed versions of decisions, compiled once and kept while they are used."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, TypeAlias

from engine.decisions.files import DECISIONS, DecisionFile, read_file
from engine.dmn import Decision, Decisions
from engine.store import deployments
from engine.store.decisions import DecisionRecord

MOST = 256
"""Files that are kept compiled; the one that was used least lately goes first."""

Place: TypeAlias = tuple[str, str]
"""The id of a deployment, and the name of a file in it."""


@dataclass(frozen=True)
class DecisionDefinition:
    """One version of a decision, with the compiled file that it is in."""

    record: DecisionRecord
    file: DecisionFile
    decisions: Decisions

    @property
    def address(self) -> str:
        """What finds the decision among those of the file and of all that it imports."""
        return f"{self.file.model.namespace}#{self.record.decision_id}"

    @property
    def decision(self) -> Decision:
        """The decision as its file says it."""
        return self.file.decision(self.record.decision_id)


class DecisionDefinitions:
    """The compiled files of deployments. A deployment never changes, so each is read once."""

    def __init__(self, most: int = MOST) -> None:
        self._lock = threading.Lock()
        self._most = most
        self._read: OrderedDict[Place, DecisionFile] = OrderedDict()
        self._compiled: OrderedDict[Place, Decisions] = OrderedDict()

    def of(self, connection: Any, record: DecisionRecord) -> DecisionDefinition:
        """The version of this row. Raises DmnRefused where an older engine let in what is none."""
        place = (record.deployment_id, record.resource_name)
        with self._lock:
            file = self._file(connection, place)
            decisions = self._compiled.get(place)
            if decisions is None:
                decisions = self._compiled[place] = file.compile()
            self._keep(self._compiled, place)
        return DecisionDefinition(record, file, decisions)

    def file(self, connection: Any, deployment_id: str, name: str) -> DecisionFile:
        """A file of a deployment as it says it, not compiled. Raises DmnRefused."""
        with self._lock:
            return self._file(connection, (deployment_id, name))

    def _file(self, connection: Any, place: Place) -> DecisionFile:
        found = self._read.get(place)
        if found is None:
            deployment_id, name = place
            resources = deployments.files_ending(connection, deployment_id, DECISIONS)
            found = self._read[place] = read_file(resources, name)
        self._keep(self._read, place)
        return found

    def _keep(self, known: OrderedDict[Place, Any], place: Place) -> None:
        """Makes this the one that was used last; those that were used least lately go."""
        known.move_to_end(place)
        while len(known) > self._most:
            known.popitem(last=False)
