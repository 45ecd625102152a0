"""What the elements of one diagram share while it is compiled."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from lxml import etree

from engine.feel import may_hold_expression
from engine.spiff.dialect import BPMN, camunda, element_id, refusal
from engine.spiff.specification import ScopeSpec


@dataclass
class DiagramParts:
    """Messages and errors by id, the sub-processes compiled so far, and the ids in use."""

    messages: dict[str, str | None]
    errors: dict[str, etree._Element]
    scopes: dict[str, ScopeSpec] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    flow_numbers: count[int] = field(default_factory=lambda: count(1))

    @classmethod
    def of(cls, root: etree._Element) -> DiagramParts:
        return cls(
            {str(each.get("id")): each.get("name") for each in root.iterfind(f"{BPMN}message")},
            {str(each.get("id")): each for each in root.iterfind(f"{BPMN}error")},
        )

    def new_id(self, node: etree._Element) -> str:
        """The id of an element; refuses a second one of the same id."""
        found = element_id(node)
        if found in self.ids:
            raise refusal(node, f"Expected one element with the id {found}, but there are two")
        self.ids.add(found)
        return found

    def message_name(self, node: etree._Element) -> str:
        """The name of the message that a messageRef refers to."""
        name = self.messages.get(str(node.get("messageRef")))
        if not name:
            raise refusal(node, "Expected a messageRef to a message that has a name")
        return name

    def error_code(self, node: etree._Element) -> str | None:
        """The code of the error that an errorRef refers to; None where there is no errorRef."""
        reference = node.get("errorRef")
        if not reference:
            return None
        error = self.errors.get(str(reference))
        code = None if error is None else error.get("errorCode")
        if not code or may_hold_expression(code):
            raise refusal(node, "Expected an errorRef to an error with a plain errorCode")
        return str(code)

    def error_message(self, node: etree._Element) -> str:
        """What the diagram says of an error."""
        error = self.errors.get(str(node.get("errorRef")))
        if error is None:
            return ""
        return camunda(error, "errorMessage") or error.get("name") or ""
