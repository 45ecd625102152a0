"""A sequence flow joins two nodes of the same process and sub-process (BPMN 2.0, 7.6.1).

A flow with a missing end is dropped in silence; one across the border of a sub-process would let
a token enter or leave it without starting or ending it.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.diagram.facts import Diagram, ProcessFacts
from engine.diagram.parts import FlowFacts
from engine.diagram.problems import Wording
from engine.diagram.rule import Finding, Rule, at
from engine.diagram.surroundings import Surroundings

DANGLING = Wording(
    en="Expected the flow {id} to join two nodes of process {process}, but '{end}' is none.",
    ru="Ожидалось, что поток {id} соединяет два узла процесса {process}, но «{end}» не узел.",
    kk="{id} ағыны {process} процесінің екі түйінін қосуы керек, бірақ «{end}» түйін емес.",
)
CROSSING = Wording(
    en="Expected the flow {id} to stay within one sub-process, but it crosses its border.",
    ru="Ожидалось, что поток {id} не выходит за границу подпроцесса, но он её пересекает.",
    kk="{id} ағыны ішкі процестің шегінен шықпауы керек, бірақ ол шекараны кесіп өтеді.",
)


def check(diagram: Diagram, _surroundings: Surroundings) -> Iterator[Finding]:
    """One finding for each flow that doesn't join two nodes of one scope."""
    for process in diagram.executable:
        for flow in process.flows.values():
            yield from _check_flow(process, flow)


def _check_flow(process: ProcessFacts, flow: FlowFacts) -> Iterator[Finding]:
    for end in (flow.source, flow.target):
        if end not in process.elements:
            yield at(flow, DANGLING, process=process.id, end=end)
            return
    if process.elements[flow.source].parent != process.elements[flow.target].parent:
        yield at(flow, CROSSING)


RULE = Rule("sequence-flow", check)
