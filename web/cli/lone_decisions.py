"""Decisions for one run of one handler: from the files of diagrams, with nothing deployed."""

from __future__ import annotations

from collections.abc import Mapping

from engine.decided import Binding, Decide, Decided, DecisionFailed, MatchedRule
from engine.decisions import check_decisions
from engine.dmn import DecisionError, Decisions

THIS_EDITION = 0
"""Where a handler asks for the version: that of a file that is not deployed."""


def lone_decisions(resources: Mapping[str, bytes]) -> Decide:
    """Makes the decisions of the `.dmn` files among `resources`, whichever version is asked for."""
    checked = check_decisions(resources)
    made_by = {
        each.id: (file.name, compiled)
        for file, compiled in ((file, file.compile()) for file in checked.files.values())
        for each in file.model.decisions
    }

    def decide(
        decision: str,
        inputs: Mapping[str, object],
        _binding: Binding,
        _version: int | None,
        _version_tag: str | None,
    ) -> Decided:
        if decision not in made_by:
            said = "; ".join(problem.message for problem in checked.problems) or "no file has it"
            raise DecisionFailed(f"Expected a decision {decision} beside the diagrams, but {said}")
        file_name, compiled = made_by[decision]
        return _decided(file_name, compiled, decision, inputs)

    return decide


def _decided(
    file_name: str, compiled: Decisions, decision: str, inputs: Mapping[str, object]
) -> Decided:
    outcome = compiled.evaluate(decision, inputs)
    try:
        outcome.check()
    except DecisionError as error:
        raise DecisionFailed(f"{error}; in {file_name}") from error
    own = next((step.rules for step in reversed(outcome.steps) if step.decision == decision), ())
    rules = tuple(MatchedRule(rule.number, rule.id, rule.annotations) for rule in own)
    return Decided(outcome.value, decision, THIS_EDITION, rules)
