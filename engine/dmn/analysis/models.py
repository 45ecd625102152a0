"""The analysis of a whole decision model."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from engine.dmn.analysis.findings import Finding, Place, of_problem
from engine.dmn.analysis.kinds import ALWAYS_NULL, UNKNOWN_FUNCTION, UNKNOWN_NAME
from engine.dmn.analysis.null_parts import null_parts
from engine.dmn.analysis.observing import Observed, ObservedCompilation, Seen, tables_within
from engine.dmn.analysis.tables import analyse_table
from engine.dmn.model import Element, Filter, Model
from engine.dmn.places import in_words
from engine.dmn.requirements import DecisionNode
from engine.dmn.texts import elements_within
from engine.feel.built_ins import BUILT_INS
from engine.near_names import or_meant

_SHOWN = 60
"""Characters of a text that a finding shows."""

CLOCK = frozenset({"now", "today"})


def analyse(
    model: Model, imported: Sequence[Model] = (), functions: Collection[str] = CLOCK
) -> list[Finding]:
    """The findings about a model, in the order of its decisions and functions.

    `imported` are the models that it imports, `functions` the names of those that the engine gives
    to expressions. What makes a model refused is among the findings, with severity "error"; tables
    of a decision with such an error are not judged.
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
    is_open = isinstance(node, DecisionNode) and node.is_open
    matches = _filter_matches(node.element)
    for seen in scope.seen:
        if id(seen.source) not in matches:
            yield from _unknown_names(seen, place, functions, is_open)
        yield from _always_null(seen, place)
    if scope.problems:
        return
    for table, within in tables_within(node.element, scope):
        yield from analyse_table(table, within, place)


def _unknown_names(
    seen: Seen, place: Place, functions: Collection[str], is_open: bool
) -> Iterator[Finding]:
    """Where all that is given is seen, a name may be given; a function never is."""
    variables = seen.scope.variables
    names = () if is_open else seen.compiled.names
    read = ((UNKNOWN_NAME, name, variables.keys()) for name in names)
    there = {*BUILT_INS, *functions, *variables}
    called = ((UNKNOWN_FUNCTION, name, there) for name in seen.compiled.functions)
    for kind, name, known in (*read, *called):
        if name not in variables and name not in functions:
            what, near = in_words(seen.what), or_meant(name, known)
            yield place.finding(kind, (), seen.source.line, None, what=what, name=name, near=near)


def _always_null(seen: Seen, place: Place) -> Iterator[Finding]:
    for position, reason in null_parts(seen.compiled.tree, seen.scope.variables):
        text = seen.source.text[position : position + _SHOWN]
        what = in_words(seen.what)
        yield place.finding(
            ALWAYS_NULL, (), seen.source.line, None, what=what, text=text, reason=reason
        )


def _filter_matches(part: Element) -> set[int]:
    """The texts of conditions of filters, by identity: names there may be members of the items."""
    filters = (each for each in elements_within(part) if isinstance(each, Filter))
    return {id(text) for each in filters for text in elements_within(each.match)}
