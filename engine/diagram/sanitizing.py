"""Small repairs that change no meaning, made on the tree before anyone reads it.

Blanks around ids and references count for nothing (XML Schema, xsd:ID and xsd:QName). A sequence
flow without an id would be dropped in silence by the stock parser; a reference may be
written as a qualified name ("tns:Message_1", BPMN 2.0 clause 8.3.1), which the stock parser does
not resolve. A condition whose language is FEEL is written as `= …`, as all FEEL in diagrams is.
"""

from __future__ import annotations

import re

from lxml import etree

from engine.diagram.namespaces import bpmn

_FEEL = re.compile(r"feel|https?://www\.omg\.org/spec/(?:dmn/[0-9]{8}/)?feel/?")
_REFERENCES = ("messageRef", "errorRef", "processRef", "attachedToRef", "sourceRef", "targetRef")


def sanitize(root: etree._Element) -> None:
    """Gives each sequence flow an id, takes blanks and prefixes off references, in place."""
    for element in root.iter(etree.Element):
        for name in (*_REFERENCES, "id", "default"):
            reference = element.get(name)
            if reference is not None and reference != reference.strip():
                element.set(name, reference.strip())
        for name in _REFERENCES:
            reference = element.get(name)
            if reference is not None and _is_qualified(element, reference):
                element.set(name, reference.partition(":")[2])
    _give_ids(root)
    for condition in root.iter(bpmn("conditionExpression"), bpmn("condition")):
        _mark_feel(condition)


def _mark_feel(condition: etree._Element) -> None:
    language = (condition.get("language") or "").strip().lower()
    if not _FEEL.fullmatch(language):
        return
    del condition.attrib["language"]
    text = (condition.text or "").strip()
    if text and not text.startswith("="):
        condition.text = f"= {text}"


def _give_ids(root: etree._Element) -> None:
    taken = {element.get("id") for element in root.iter(etree.Element)}
    for element in root.iter(bpmn("sequenceFlow")):
        if not element.get("id"):
            element.set("id", _free_id(element, taken))
            taken.add(element.get("id"))


def _is_qualified(element: etree._Element, reference: str) -> bool:
    prefix, colon, _ = reference.partition(":")
    return bool(colon) and prefix in element.nsmap


def _free_id(flow: etree._Element, taken: set[str | None]) -> str:
    wanted = f"Flow_line_{flow.sourceline}"
    candidate, number = wanted, 1
    while candidate in taken:
        number += 1
        candidate = f"{wanted}_{number}"
    return candidate
