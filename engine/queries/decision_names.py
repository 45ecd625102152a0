"""What decisions, their inputs and their outputs are called, in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.decisions import DecisionDefinitions, DecisionFile
from engine.definitions import LANGUAGES
from engine.dmn import Decision, DecisionTable, DmnRefused, InputData
from engine.dmn.model import Translations
from engine.queries.names import Names


@dataclass(frozen=True)
class DecisionNames:
    """The names in one file and in what it imports.

    `decisions` are by id (by name for those that have none), `inputs` by the name under which a
    decision reads them, `outputs` by decision and name of a table's column.
    """

    decisions: Mapping[str, Names]
    inputs: Mapping[str, Names]
    outputs: Mapping[tuple[str, str], Names]

    def decision(self, decision_id: str, name: str) -> Names:
        """The names of a decision, `name` where the file has none."""
        return self.decisions.get(decision_id) or in_every_language(name, ())

    def input(self, name: str) -> Names | None:
        """The names of an input, None for what the file does not declare."""
        return self.inputs.get(name)

    def output(self, decision_id: str | None, name: str) -> Names | None:
        """The names of the output of a decision's table, else of another table's; None for what
        no table gives."""
        found = self.outputs.get((decision_id or "", name))
        others = (names for (_, each), names in self.outputs.items() if each == name)
        return found or next(others, None)

    def has_table(self, decision_id: str) -> bool:
        """Whether the decision is a table."""
        return any(each == decision_id for each, _ in self.outputs)


NO_DECISION_NAMES = DecisionNames({}, {}, {})


def in_every_language(name: str, translations: Translations) -> Names:
    """A text for each language: the translation where there is one, else the name."""
    known = dict(translations)
    return {code: known.get(code) or name for code in LANGUAGES}


def names_in(
    connection: Any, known: DecisionDefinitions, deployment_id: str, resource_name: str
) -> DecisionNames:
    """The names in a deployed file; none where it can't be read any more."""
    try:
        file = known.file(connection, deployment_id, resource_name)
    except DmnRefused:
        return NO_DECISION_NAMES
    return DecisionNames(
        {
            each.id or each.name: in_every_language(each.name, each.translations)
            for model in reversed(file.models)
            for each in model.decisions
        },
        dict(_inputs(file)),
        dict(_outputs(file)),
    )


def _inputs(file: DecisionFile) -> Iterator[tuple[str, Names]]:
    for model in reversed(file.models):
        elements: tuple[InputData | Decision, ...] = (*model.inputs, *model.decisions)
        for each in elements:
            yield each.variable.name, in_every_language(each.name, each.translations)


def _outputs(file: DecisionFile) -> Iterator[tuple[tuple[str, str], Names]]:
    for model in reversed(file.models):
        for each in model.decisions:
            if not isinstance(each.expression, DecisionTable):
                continue
            for clause in each.expression.outputs:
                name = clause.name or ""
                names = in_every_language(clause.label or name, clause.translations)
                yield (each.id or each.name, name), names
