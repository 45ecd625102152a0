"""The root of a BPMN file."""

from __future__ import annotations

from lxml import etree

from engine.diagram.namespaces import bpmn
from engine.diagram.problems import DiagramRefused, Wording, make_problem
from engine.safe_xml import MAX_BYTES, MAX_DEPTH, RULE, XmlRefused, parse_safely

__all__ = ["MAX_BYTES", "MAX_DEPTH", "RULE", "parse_xml"]

NOT_BPMN = Wording(
    en="Expected the root element definitions of BPMN 2.0, but found {tag}.",
    ru="Ожидался корневой элемент definitions BPMN 2.0, но найден {tag}.",
    kk="BPMN 2.0 definitions түбір элементі күтілді, бірақ {tag} табылды.",
)


def parse_xml(data: bytes) -> etree._Element:
    """The root of a BPMN file. Raises DiagramRefused with a problem of the rule `readable-xml`."""
    try:
        root = parse_safely(data)
    except XmlRefused as refused:
        raise DiagramRefused(refused.problems) from None
    if root.tag != bpmn("definitions"):
        problem = make_problem(RULE, NOT_BPMN, {"tag": root.tag}, line=root.sourceline)
        raise DiagramRefused([problem])
    return root
