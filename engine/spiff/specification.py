"""A compiled process: immutable, shared by all its instances and by threads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from engine.errors import EngineError

if TYPE_CHECKING:
    from engine.spiff.events import ErrorStart, EventSubProcessStart


class CompileError(EngineError):
    """A diagram that can't be executed as BPMN says; `line` is the line in the file."""

    def __init__(self, element_id: str | None, line: int | None, reason: str) -> None:
        place = f" (line {line})" if line else ""
        super().__init__(f"{element_id or 'the diagram'}{place}: {reason}")
        self.element_id = element_id
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class MessageStart:
    """A message that begins an instance."""

    element_id: str
    message_name: str


class ScopeSpec(BpmnProcessSpec):
    """The elements of a process or of one sub-process, by name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.subscriptions: tuple[EventSubProcessStart, ...] = ()
        self.error_starts: tuple[ErrorStart, ...] = ()


@dataclass(frozen=True)
class Specification:
    """What `compile_process` makes of a process. `scopes` are its sub-processes, by element id."""

    process_id: str
    none_start: str | None
    message_starts: tuple[MessageStart, ...]
    root: ScopeSpec
    scopes: Mapping[str, ScopeSpec]
