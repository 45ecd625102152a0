"""Expressions call only functions that exist."""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.expressions import BUSINESS_KEY, FOLLOW_UP_DATE, expressions_of
from engine.diagram.facts import Diagram
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import FOLLOW_UP_FUNCTIONS, KEY_FUNCTIONS, Surroundings
from engine.diagram.variables import readable_expressions
from engine.near_names import or_meant

WORDING = Wording(
    en="Expected {place} of {id} to call functions that there are, but there is no "
    "{function}{near}",
    ru="Ожидались существующие функции ({place} у {id}), но функции {function} нет{near}",
    kk="{id} элементінің {place} өрнегі бар функцияларды шақыруы керек, "
    "бірақ {function} функциясы жоқ{near}",
)


def check(diagram: Diagram, surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each unknown function in a text."""
    for process in diagram.executable:
        for use in expressions_of(process):
            known = surroundings.functions
            if use.place == BUSINESS_KEY:
                known |= KEY_FUNCTIONS
            elif use.place == FOLLOW_UP_DATE:
                known |= FOLLOW_UP_FUNCTIONS
            for expression in readable_expressions(use.text):
                there = known | expression.built_ins
                for name in sorted(expression.functions - there):
                    near = or_meant(name, there)
                    yield at(use, WORDING, place=use.place, function=name, near=near)


RULE = Rule("expression-function", check)
