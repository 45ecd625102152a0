"""Which elements a token can come to: the flows of one scope as a graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.diagram.facts import ElementFacts, ProcessFacts
from engine.diagram.parts import SCOPES

Edges = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Scope:
    """The elements directly in one sub-process (`host`) or in the process itself (None).

    `after` leads from an element to those that follow it, a host leads to its boundary events.
    Flows with an end outside the scope are left out.
    """

    process: ProcessFacts
    host: ElementFacts | None
    elements: Mapping[str, ElementFacts]
    after: Edges

    @property
    def before(self) -> Edges:
        """The same edges backwards."""
        backwards: dict[str, list[str]] = {element: [] for element in self.elements}
        for element, followers in self.after.items():
            for follower in followers:
                backwards[follower].append(element)
        return {element: tuple(found) for element, found in backwards.items()}


def scopes(process: ProcessFacts) -> Iterator[Scope]:
    """The process itself and each of its sub-processes, as graphs."""
    inside: dict[str | None, dict[str, ElementFacts]] = {None: {}}
    for element in process.elements.values():
        inside.setdefault(element.parent, {})[element.id] = element
        if element.type in SCOPES:
            inside.setdefault(element.id, {})
    for host, elements in inside.items():
        yield Scope(
            process,
            process.elements[host] if host is not None else None,
            elements,
            _edges(process, elements),
        )


def _edges(process: ProcessFacts, elements: Mapping[str, ElementFacts]) -> Edges:
    after: dict[str, list[str]] = {element: [] for element in elements}
    for flow in process.flows.values():
        if flow.source in elements and flow.target in elements:
            after[flow.source].append(flow.target)
    for element in elements.values():
        if element.attached_to is not None and element.attached_to in elements:
            after[element.attached_to].append(element.id)
    return {element: tuple(followers) for element, followers in after.items()}


def reachable(edges: Edges, starts: Iterable[str]) -> set[str]:
    """The starts and all that can be come to from them."""
    reached: set[str] = set()
    _reach(edges, starts, reached)
    return reached


def _reach(edges: Edges, starts: Iterable[str], reached: set[str]) -> None:
    """Adds to `reached` what can be come to without passing what is in it already."""
    open_ends = list(starts)
    while open_ends:
        element = open_ends.pop()
        if element not in reached:
            reached.add(element)
            open_ends.extend(edges[element])


def heads(edges: Edges, among: Iterable[str]) -> Iterator[str]:
    """The fewest elements of `among` from which all of it can be come to, in its order."""
    left = list(among)
    followers = {follower for element in left for follower in edges[element]}
    first = [element for element in left if element not in followers]
    covered: set[str] = set()
    for element in [*first, *left]:
        if element not in covered:
            _reach(edges, [element], covered)
            yield element


def is_connected(element: ElementFacts) -> bool:
    """Whether an element takes part in the flow at all; event sub-processes do without flows."""
    return bool(
        element.incoming
        or element.outgoing
        or element.type == "boundaryEvent"
        or element.is_event_sub_process
    )
