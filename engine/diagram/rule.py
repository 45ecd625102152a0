"""What a rule is: a name and a function that finds what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree

from engine.diagram.facts import Diagram
from engine.diagram.problems import Problem, Severity, Wording, make_problem
from engine.diagram.surroundings import Surroundings


class Place(Protocol):
    """Anything with an id and a line: a process, an element, a flow."""

    @property
    def id(self) -> str: ...

    @property
    def line(self) -> int: ...


@dataclass(frozen=True)
class Finding:
    """One thing wrong: the wording with its details, and where."""

    wording: Wording
    element_id: str | None
    line: int | None
    severity: Severity
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Rule:
    """A rule of the gate. `check` yields what is wrong with a diagram in its surroundings."""

    name: str
    check: Callable[[Diagram, Surroundings], Iterator[Finding]]

    def problems(self, diagram: Diagram, surroundings: Surroundings) -> Iterator[Problem]:
        """The findings as problems that carry the rule's name."""
        for found in self.check(diagram, surroundings):
            yield make_problem(
                self.name,
                found.wording,
                found.details,
                element_id=found.element_id,
                line=found.line,
                severity=found.severity,
            )


def at(
    where: Place,
    wording: Wording,
    /,
    *,
    line: int | None = None,
    severity: Severity = "error",
    **details: object,
) -> Finding:
    """A finding about an element, a flow or a process; `{id}` is its id."""
    return Finding(wording, where.id, line or where.line, severity, {"id": where.id, **details})


def at_xml(
    element: etree._Element, wording: Wording, *, severity: Severity = "error", **details: object
) -> Finding:
    """A finding about an XML element: its id is that of the nearest element around it with one."""
    holder: etree._Element | None = element
    while holder is not None and not holder.get("id"):
        holder = holder.getparent()
    identifier = holder.get("id") if holder is not None else None
    return Finding(wording, identifier, element.sourceline, severity, {"id": identifier, **details})
