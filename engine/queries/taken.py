"""Which sequence flows tokens have taken, inferred from what activity instances tell.

Sequence flows leave no rows. A token that leaves an element enters the next one in the same step,
so: a flow was taken where its source was completed at the very moment at which its target began,
later in order. Behind an exclusive gateway only the first such target counts, for each passing.
Into a join any completed source counts: the join's row begins with whichever token came first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.diagram import FlowFacts, ProcessFacts
from engine.queries.steps import Step

_JOINS = ("parallelGateway", "inclusiveGateway")
_CHOICES = ("exclusiveGateway", "eventBasedGateway")


@dataclass(frozen=True)
class Taken:
    """Ids of elements and sequence flows that tokens have passed, in the order they did."""

    elements: tuple[str, ...]
    flows: tuple[str, ...]


def taken(process: ProcessFacts, steps: Sequence[Step]) -> Taken:
    """What was passed. `steps` are in the order in which they began."""
    order = {step.id: place for place, step in enumerate(steps)}
    begun: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        begun[step.element_id].append(step)
    outgoing: dict[str, list[FlowFacts]] = defaultdict(list)
    for flow in process.flows.values():
        outgoing[flow.source].append(flow)
    flows: dict[str, None] = {}
    for step in steps:
        if step.outcome != "completed":
            continue
        found = [
            (order[target.id], flow.id)
            for flow in outgoing[step.element_id]
            for target in _targets(process, flow, step, begun[flow.target], order)
        ]
        element = process.elements.get(step.element_id)
        if element is not None and element.type in _CHOICES:
            found = sorted(found)[:1]
        flows.update(dict.fromkeys(flow_id for _place, flow_id in found))
    return Taken(tuple(_completed(steps)), tuple(flows))


def _completed(steps: Iterable[Step]) -> dict[str, None]:
    return dict.fromkeys(step.element_id for step in steps if step.outcome == "completed")


def _targets(
    process: ProcessFacts,
    flow: FlowFacts,
    source: Step,
    candidates: Sequence[Step],
    order: dict[str, int],
) -> list[Step]:
    """The first activity instance of the flow's target that this passing may have led to."""
    target = process.elements.get(flow.target)
    joins = target is not None and target.type in _JOINS and len(target.incoming) > 1
    if joins:
        return list(candidates[:1])
    later = (
        step
        for step in candidates
        if step.started_at == source.ended_at and order[step.id] > order[source.id]
    )
    return [step for step in [next(later, None)] if step is not None]
