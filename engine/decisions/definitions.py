"""Deployed versions of decisions, compiled once and kept while they are used."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from engine.decisions.files import DECISIONS, DecisionFile, read_file
from engine.dmn import Decision, Decisions
from engine.store import deployments
from engine.store.decisions import DecisionRecord

MOST = 256
"""Files that are kept compiled; the one that was used least lately goes first."""


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
        self._compiled: OrderedDict[tuple[str, str], tuple[DecisionFile, Decisions]] = OrderedDict()

    def of(self, connection: Any, record: DecisionRecord) -> DecisionDefinition:
        """The version of this row. Raises DmnRefused where an older engine let in what is none."""
        file, decisions = self._file(connection, record.deployment_id, record.resource_name)
        return DecisionDefinition(record, file, decisions)

    def _file(
        self, connection: Any, deployment_id: str, name: str
    ) -> tuple[DecisionFile, Decisions]:
        place = (deployment_id, name)
        with self._lock:
            found = self._compiled.get(place)
            if found is None:
                resources = deployments.files_ending(connection, deployment_id, DECISIONS)
                file = read_file(resources, name)
                found = self._compiled[place] = (file, file.compile())
                while len(self._compiled) > self._most:
                    self._compiled.popitem(last=False)
            self._compiled.move_to_end(place)
            return found
