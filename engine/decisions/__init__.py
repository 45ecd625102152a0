"""Deployed decisions: files of a deployment, compiled versions, and making a decision."""

from engine.decisions.definitions import DecisionDefinition, DecisionDefinitions
from engine.decisions.files import DECISIONS, DecisionFile
from engine.decisions.gate import CheckedDecisions, check_decisions
from engine.decisions.making import asked_version, find_decision, inputs_of, make_decision
from engine.decisions.results import map_results, results_of

__all__ = [
    "DECISIONS",
    "CheckedDecisions",
    "DecisionDefinition",
    "DecisionDefinitions",
    "DecisionFile",
    "asked_version",
    "check_decisions",
    "find_decision",
    "inputs_of",
    "make_decision",
    "map_results",
    "results_of",
]
