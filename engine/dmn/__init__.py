"""Decision models (DMN 1.1 to 1.5): read, compiled, evaluated, explained.

`read_model` reads a file, `compile_models` compiles those that belong together, `Decisions`
evaluates. Expressions are FEEL; functions in Java and PMML are never run.
"""

from engine.dmn.decisions import Decisions, Outcome, compile_models
from engine.dmn.explanation import DecisionStep, MatchedRule, Notice
from engine.dmn.model import (
    Decision,
    DecisionService,
    DecisionTable,
    InputData,
    KnowledgeModel,
    Model,
)
from engine.dmn.problems import DecisionError, DmnRefused
from engine.dmn.reading import read_model

__all__ = [
    "Decision",
    "DecisionError",
    "DecisionService",
    "DecisionStep",
    "DecisionTable",
    "Decisions",
    "DmnRefused",
    "InputData",
    "KnowledgeModel",
    "MatchedRule",
    "Model",
    "Notice",
    "Outcome",
    "compile_models",
    "read_model",
]
