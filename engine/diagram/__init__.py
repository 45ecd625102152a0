"""Reading diagrams, and the gate that they pass before they may run."""

from engine.diagram.coverage import Coverage, flows_between, measure_coverage
from engine.diagram.facts import (
    Diagram,
    ElementFacts,
    ProcessFacts,
)
from engine.diagram.gate import check_diagram
from engine.diagram.map_report import MapReport, report_map
from engine.diagram.parts import (
    EventDefinition,
    FlowFacts,
    FormField,
    LaneFacts,
    MultiInstance,
    Timer,
    VariableMapping,
)
from engine.diagram.problems import DiagramRefused, Problem
from engine.diagram.reading import read_diagram
from engine.diagram.resource_gate import resource_problems
from engine.diagram.resources import FunctionalMap, MapRow, read_map
from engine.diagram.surroundings import (
    ENGINE_FUNCTIONS,
    DecisionFacts,
    DecisionInput,
    Surroundings,
)

__all__ = [
    "ENGINE_FUNCTIONS",
    "Coverage",
    "DecisionFacts",
    "DecisionInput",
    "Diagram",
    "DiagramRefused",
    "ElementFacts",
    "EventDefinition",
    "FlowFacts",
    "FormField",
    "FunctionalMap",
    "LaneFacts",
    "MapReport",
    "MapRow",
    "MultiInstance",
    "Problem",
    "ProcessFacts",
    "Surroundings",
    "Timer",
    "VariableMapping",
    "check_diagram",
    "flows_between",
    "measure_coverage",
    "read_diagram",
    "read_map",
    "report_map",
    "resource_problems",
]
