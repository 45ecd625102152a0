"""The XML namespaces of a diagram, and the names written with them."""

from __future__ import annotations

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
CAMUNDA = "http://camunda.org/schema/1.0/bpmn"
I18N = "http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def bpmn(name: str) -> str:
    """The full tag of a BPMN element."""
    return f"{{{BPMN}}}{name}"


def camunda(name: str) -> str:
    """The full name of a Camunda extension element or attribute."""
    return f"{{{CAMUNDA}}}{name}"


def bpmn_name(element: etree._Element) -> str | None:
    """The local name of a BPMN element, None for elements of other namespaces."""
    tag = str(element.tag)
    prefix = f"{{{BPMN}}}"
    return tag[len(prefix) :] if tag.startswith(prefix) else None


def split_name(name: str) -> tuple[str, str]:
    """A full name as (namespace, local name); the namespace is empty for plain attributes."""
    if name.startswith("{"):
        namespace, _, local = name[1:].partition("}")
        return namespace, local
    return "", name


def is_true(text: str | None, *, absent: bool = False) -> bool:
    """An xsd:boolean; `absent` where there is no text."""
    return absent if text is None else text.strip() in ("true", "1")


def text_of(element: etree._Element | None) -> str | None:
    """The whole text below an element without the blanks around it, None if nothing is left."""
    if element is None:
        return None
    return "".join(element.itertext()).strip() or None
