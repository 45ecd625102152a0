"""How much of a diagram was taken: which elements and flows, measured by their ids."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.diagram.facts import ProcessFacts


@dataclass(frozen=True)
class Coverage:
    """What of a process was taken at least once. Ids are in the order of the diagram."""

    process_id: str
    elements_taken: tuple[str, ...]
    elements_missed: tuple[str, ...]
    flows_taken: tuple[str, ...]
    flows_missed: tuple[str, ...]

    @property
    def taken(self) -> int:
        """How many elements and flows were taken."""
        return len(self.elements_taken) + len(self.flows_taken)

    @property
    def total(self) -> int:
        """How many elements and flows there are."""
        return self.taken + len(self.elements_missed) + len(self.flows_missed)

    @property
    def percentage(self) -> float:
        """The share that was taken, 0 to 100; 100 for a process without elements."""
        return 100.0 * self.taken / self.total if self.total else 100.0

    @property
    def missed(self) -> tuple[str, ...]:
        """The ids of the elements and flows that were not taken."""
        return self.elements_missed + self.flows_missed

    def __str__(self) -> str:
        line = f"{self.process_id}: {self.taken} of {self.total} ({self.percentage:.1f} %)"
        return f"{line}, missed: {', '.join(self.missed)}" if self.missed else line


def measure_coverage(
    process: ProcessFacts, elements: Iterable[str], flows: Iterable[str] = ()
) -> Coverage:
    """Compares a process with the ids of the elements, and of the flows, that were taken.

    Flows that are known only by their ends (see `flows_between`) are given by their ids too. Ids
    of other processes are left out.
    """
    seen_elements, seen_flows = set(elements), set(flows)
    return Coverage(
        process.id,
        tuple(each for each in process.elements if each in seen_elements),
        tuple(each for each in process.elements if each not in seen_elements),
        tuple(each for each in process.flows if each in seen_flows),
        tuple(each for each in process.flows if each not in seen_flows),
    )


def flows_between(process: ProcessFacts, steps: Iterable[tuple[str, str]]) -> set[str]:
    """The ids of the flows that lead from one element to the next, for (source, target) pairs.

    A pair that two flows join covers both: which one was taken can't be seen from its ends.
    """
    pairs = set(steps)
    return {flow.id for flow in process.flows.values() if (flow.source, flow.target) in pairs}
