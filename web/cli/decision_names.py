"""What decisions, their inputs and columns are called in the language that was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from engine.dmn import Decision, InputData, Model
from engine.dmn.model import InputClause, KnowledgeModel, OutputClause, Translations


def titled(name: str, translations: Translations, language: str) -> str:
    """The name in `language`, as it is written where it has no other."""
    return dict(translations).get(language) or name


class Names:
    """The names in models that belong together; without a language those that FEEL reads."""

    def __init__(self, models: Sequence[Model], language: str | None = None) -> None:
        self._language = language
        self._decisions: dict[str, Decision | KnowledgeModel] = {}
        self._values: dict[str, InputData | Decision] = {}
        for model in models:
            for decision in model.decisions:
                self._decisions.setdefault(decision.id or decision.name, decision)
                self._values.setdefault(decision.variable.name, decision)
            for function in model.knowledge_models:
                self._decisions.setdefault(function.id or function.name, function)
            for given in model.inputs:
                self._values.setdefault(given.variable.name, given)

    def decision(self, decision: str, name: str) -> str:
        """A decision or knowledge model by id, by name where it has none."""
        found = self._decisions.get(decision)
        return name if found is None else self._of(name, found.translations)

    def value(self, name: str) -> str:
        """An input or required decision, by the name of its variable."""
        found = self._values.get(name)
        return name if found is None else self._of(name, found.translations)

    def input_column(self, clause: InputClause) -> str:
        """A column of conditions."""
        return self._of(clause.label or clause.expression.text, clause.translations)

    def output_column(self, clause: OutputClause) -> str:
        """A column of results."""
        return self._of(clause.name or clause.label or "", clause.translations)

    def _of(self, name: str, translations: Translations) -> str:
        return name if self._language is None else titled(name, translations, self._language)
