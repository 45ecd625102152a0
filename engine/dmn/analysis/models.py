"""The analysis of a whole decision model."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from engine.dmn.analysis.findings import Finding, Place, of_problem
from engine.dmn.analysis.kinds import UNKNOWN_NAME
from engine.dmn.analysis.observing import Observed, ObservedCompilation, Seen, tables_within
from engine.dmn.analysis.tables import analyse_table
from engine.dmn.model import Element, Filter, Model
from engine.dmn.requirements import DecisionNode
from engine.dmn.texts import elements_within

CLOCK = frozenset({"now", "today"})


def analyse(
    model: Model, imported: Sequence[Model] = (), functions: Collection[str] = CLOCK
) -> list[Finding]:
    """The findings about a model, in the order of its decisions and functions.

    `imported` are the models that it imports, `functions` the names of those that the engine gives
    to expressions. What makes a model refused is among the findings, with severity "error".
    """
    compilation = ObservedCompilation([model, *imported])
    findings = [of_problem(problem, None) for problem in compilation.problems]
    for observed in compilation.observed:
        if observed.node.model is model:
            findings.extend(_findings(observed, functions))
    return findings


def _findings(observed: Observed, functions: Collection[str]) -> Iterator[Finding]:
    node, scope = observed.node, observed.scope
    place = Place(node.element.id, node.element.name)
    yield from (of_problem(problem, place.decision_id) for problem in scope.problems)
    if not (isinstance(node, DecisionNode) and node.is_open):
        matches = _filter_matches(node.element)
        for seen in scope.seen:
            if id(seen.source) not in matches:
                yield from _unknown_names(seen, place, functions)
    for table, within in tables_within(node.element, scope):
        yield from analyse_table(table, within, place)


def _filter_matches(part: Element) -> set[int]:
    """The texts of conditions of filters, by identity: names there may be members of the items."""
    filters = (each for each in elements_within(part) if isinstance(each, Filter))
    return {id(text) for each in filters for text in elements_within(each.match)}


def _unknown_names(seen: Seen, place: Place, functions: Collection[str]) -> Iterator[Finding]:
    for name in (*seen.compiled.names, *seen.compiled.functions):
        if name not in seen.scope.variables and name not in functions:
            yield place.finding(UNKNOWN_NAME, (), seen.source.line, None, what=seen.what, name=name)
