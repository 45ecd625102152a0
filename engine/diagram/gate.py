"""The deploy gate: a diagram is executed as BPMN says, or refused with its reasons."""

from __future__ import annotations

from engine.diagram.facts import Diagram
from engine.diagram.problems import Problem
from engine.diagram.rules import RULES
from engine.diagram.surroundings import Surroundings


def check_diagram(diagram: Diagram, surroundings: Surroundings) -> list[Problem]:
    """Every problem that any rule finds, by line; a diagram without errors may be compiled."""
    found = [problem for rule in RULES for problem in rule.problems(diagram, surroundings)]
    return sorted(found, key=lambda problem: (problem.line or 0, problem.rule, problem.message))
