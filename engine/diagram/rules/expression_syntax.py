"""Every expression can be parsed: an error in it shows at deployment, not in a running instance."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.expressions import expressions_of
from engine.diagram.facts import Diagram
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings
from engine.feel import ExpressionSyntaxError, find_expressions

WORDING = Wording(
    en="Expected {place} of {id} to be an expression that can be read, but: {reason}.",
    ru="Ожидалось выражение ({place} у {id}), которое можно прочитать, но: {reason}.",
    kk="{id} элементінің {place} өрнегі оқылуы керек, бірақ: {reason}.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each text with an expression that can't be parsed."""
    for process in diagram.executable:
        for use in expressions_of(process):
            try:
                find_expressions(use.text)
            except ExpressionSyntaxError as error:
                yield at(use, WORDING, place=use.place, reason=error)


RULE = Rule("expression-syntax", check)
