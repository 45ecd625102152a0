"""Reading elements of a diagram: BPMN 2.0 and Camunda's extensions, nothing else.

Everything that can't be carried out is refused with the element, the line and the reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from engine.feel import is_expression
from engine.spiff.specification import CompileError
from engine.spiff.specs import Parameter

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
CAMUNDA = "{http://camunda.org/schema/1.0/bpmn}"

EVENT_DEFINITION = "EventDefinition"


def refusal(node: etree._Element, reason: str) -> CompileError:
    """The error to raise at the nearest element that has an id."""
    place: etree._Element | None = node
    while place is not None and place.get("id") is None:
        place = place.getparent()
    return CompileError(None if place is None else place.get("id"), node.sourceline, reason)


def tag(node: etree._Element) -> str:
    """The local name of a BPMN element, "" for others."""
    name = node.tag
    return name[len(BPMN) :] if isinstance(name, str) and name.startswith(BPMN) else ""


def bpmn_children(node: etree._Element) -> Iterator[etree._Element]:
    return (child for child in node if tag(child))


def child(node: etree._Element, name: str) -> etree._Element | None:
    return node.find(BPMN + name)


def text_of(node: etree._Element | None) -> str | None:
    """The text of an element without surrounding space; None where there is none."""
    text = None if node is None or node.text is None else node.text.strip()
    return text or None


def camunda(node: etree._Element, name: str) -> str | None:
    value = node.get(CAMUNDA + name)
    return value.strip() if value and value.strip() else None


def is_true(node: etree._Element, name: str, default: str = "false") -> bool:
    return str(node.get(name, default)).strip() in ("true", "1")


def element_id(node: etree._Element) -> str:
    found = node.get("id")
    if not found:
        raise refusal(node, f"Expected an id on every {tag(node)}")
    if found in ("Start", "End"):
        raise refusal(node, f"Expected another id than {found}, which is reserved")
    return str(found)


def expression(node: etree._Element, text: str | None, what: str) -> str:
    """An expression of the diagram: `${…}` or FEEL, `= …`."""
    if node.get("language"):
        raise refusal(node, f"Expected {what} to be an expression, ${{…}} or = …, not a script")
    if text is None or not is_expression(text):
        raise refusal(
            node,
            f"Expected {what} to be an expression, ${{…}} or = …, but found {text or 'nothing'}",
        )
    return text


def properties(node: etree._Element) -> dict[str, str]:
    """The camunda:properties of an element."""
    path = f"{BPMN}extensionElements/{CAMUNDA}properties/{CAMUNDA}property"
    return {str(each.get("name")): str(each.get("value", "")) for each in node.iterfind(path)}


def parameters(node: etree._Element, kind: str) -> tuple[Parameter, ...]:
    """The inputParameter or outputParameter elements; `kind` is one of these names."""
    path = f"{BPMN}extensionElements/{CAMUNDA}inputOutput/{CAMUNDA}{kind}"
    return tuple(_parameter(each) for each in node.iterfind(path))


def _parameter(node: etree._Element) -> Parameter:
    name = node.get("name")
    if not name:
        raise refusal(node, "Expected every input and output parameter to have a name")
    if len(node):
        raise refusal(
            node, f"Expected parameter {name} to be text or an expression, not a list or script"
        )
    return Parameter(str(name), (node.text or "").strip())


def event_definition(node: etree._Element) -> etree._Element | None:
    """The one event definition of an event; None for a none event."""
    found = [each for each in bpmn_children(node) if tag(each).endswith(EVENT_DEFINITION)]
    if len(found) > 1 or child(node, "eventDefinitionRef") is not None:
        raise refusal(node, "Expected one event definition, inside the event")
    return found[0] if found else None


def correlation_key(node: etree._Element) -> str | None:
    return properties(node).get("correlationKey")
