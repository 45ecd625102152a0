"""What a business rule task makes of a decision's value: Camunda's four mappings.

A decision's result is a list with an object for each rule that counts: its outputs by name. Where
the hit policy lets one rule count there is one object, or none where no rule matched; with an
aggregation there is one, of the one number. A decision that is no table has one result with one
entry, under the name of its variable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.decided import DecisionEvaluation
from engine.dmn import Decision, DecisionTable
from engine.errors import DecisionFailed

LISTS = frozenset({"COLLECT", "RULE ORDER", "OUTPUT ORDER"})
"""Hit policies that let several rules count."""

Results = Sequence[Mapping[str, object]]


def results_of(decision: Decision, evaluation: DecisionEvaluation) -> Results:
    """One object for each result, outputs by name."""
    table, value = decision.expression, evaluation.value
    if not isinstance(table, DecisionTable):
        return [{decision.variable.name: value}]
    if value is None and not (evaluation.rules and _is_single(table)):
        return []
    values = value if gives_list(table) and isinstance(value, list) else [value]
    return [_entries(decision, table, each) for each in values]


def gives_list(table: DecisionTable) -> bool:
    """Whether a table has a result for each rule that matches."""
    return table.hit_policy in LISTS and table.aggregation is None


def _is_single(table: DecisionTable) -> bool:
    """Whether a rule that matched may have given null itself."""
    return table.hit_policy not in LISTS


def _entries(decision: Decision, table: DecisionTable, value: object) -> Mapping[str, object]:
    """The outputs of one rule by name; a single output without a name has the decision's."""
    if len(table.outputs) > 1:
        if isinstance(value, Mapping):
            return value
        return {output.name or str(place): None for place, output in enumerate(table.outputs, 1)}
    name = table.outputs[0].name if table.outputs else None
    return {name or decision.variable.name: value}


def map_results(mapping: str, results: Results) -> object:
    """The value of the result variable. Raises DecisionFailed where the results do not fit.

    singleEntry: the one output of the one result, null without a result. singleResult: the outputs
    of the one result as an object, null without. collectEntries: a list of the one output of each.
    resultList: a list of objects.
    """
    if mapping == "singleEntry":
        return _single_entry(_single_result(mapping, results))
    if mapping == "singleResult":
        return _single_result(mapping, results)
    if mapping == "collectEntries":
        return _collected(results)
    if mapping == "resultList":
        return list(results)
    raise DecisionFailed(
        "Expected mapDecisionResult to be singleEntry, singleResult, collectEntries or "
        f"resultList, but it is {mapping}"
    )


def _single_result(mapping: str, results: Results) -> Mapping[str, object] | None:
    if len(results) > 1:
        raise DecisionFailed(
            f"Expected one result at most for {mapping}, but there are {len(results)}"
        )
    return results[0] if results else None


def _single_entry(result: Mapping[str, object] | None) -> object:
    if not result:
        return None
    if len(result) > 1:
        raise DecisionFailed(f"Expected one output for singleEntry, but there are {_named(result)}")
    return next(iter(result.values()))


def _collected(results: Results) -> list[object]:
    names = dict.fromkeys(name for result in results for name in result)
    if len(names) > 1:
        raise DecisionFailed(
            f"Expected one output for collectEntries, but there are {_named(names)}"
        )
    return [value for result in results for value in result.values()]


def _named(names: Mapping[str, object]) -> str:
    return f"{len(names)}: {', '.join(names)}"
