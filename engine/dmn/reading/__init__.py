"""Reading of a decision model: `read_model`. DMN 1.1 to 1.5, told apart by namespace."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from lxml import etree

from engine.dmn.model import DrgElement, Model
from engine.dmn.problems import DmnRefused, Wording, make_problem
from engine.dmn.reading.elements import (
    read_decision,
    read_import,
    read_input_data,
    read_item_definition,
    read_knowledge_model,
    read_service,
)
from engine.dmn.reading.nodes import RULE_COMPLETE, Nodes, one_line
from engine.safe_xml import RULE, XmlRefused, parse_safely

Part = TypeVar("Part")

MAX_BYTES = 8 * 1024 * 1024
MAX_ELEMENTS = 200_000
"""A table of ten thousand rules has this many."""

VERSIONS = {
    "http://www.omg.org/spec/DMN/20151101/dmn11.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}
"""DMN's version by the namespace of its elements."""

NOT_DMN = Wording(
    en="Expected the root element definitions of DMN 1.1 to 1.5, but found {tag}.",
    ru="Ожидался корневой элемент definitions DMN 1.1–1.5, но найден {tag}.",
    kk="DMN 1.1–1.5 definitions түбір элементі күтілді, бірақ {tag} табылды.",
)
TWICE = Wording(
    en="Expected every id once, but {id} is there twice, first in line {line}.",
    ru="Ожидалось, что каждый id встречается один раз, но {id} есть дважды, впервые в строке "
    "{line}.",
    kk="Әр id бір рет кездесуі керек, бірақ {id} екі рет бар, алғаш рет {line}-жолда.",
)


def read_model(xml: bytes, file_name: str) -> Model:
    """The model in a DMN file. Raises DmnRefused with everything that is wrong in it."""
    nodes = Nodes(_root(xml))
    model = _model(nodes, file_name)
    _check_ids(nodes, model)
    if nodes.problems:
        raise DmnRefused(nodes.problems)
    return model


def _root(xml: bytes) -> etree._Element:
    try:
        root = parse_safely(xml, max_bytes=MAX_BYTES, max_elements=MAX_ELEMENTS)
    except XmlRefused as refused:
        raise DmnRefused(refused.problems) from None
    name = etree.QName(root)
    if name.localname != "definitions" or name.namespace not in VERSIONS:
        raise DmnRefused([make_problem(RULE, NOT_DMN, {"tag": root.tag}, line=root.sourceline)])
    return root


def _model(nodes: Nodes, file_name: str) -> Model:
    root = nodes.root
    return Model(
        namespace=nodes.attribute(root, "namespace").strip(),
        name=one_line(root.get("name", "")),
        version=VERSIONS[etree.QName(root).namespace],
        file_name=file_name,
        imports=_all(nodes, read_import, "import"),
        item_definitions=_all(nodes, read_item_definition, "itemDefinition"),
        inputs=_all(nodes, read_input_data, "inputData"),
        decisions=_all(nodes, read_decision, "decision"),
        knowledge_models=_all(nodes, read_knowledge_model, "businessKnowledgeModel"),
        services=_all(nodes, read_service, "decisionService"),
        id=root.get("id"),
        line=root.sourceline,
    )


def _all(
    nodes: Nodes, read: Callable[[Nodes, etree._Element], Part], name: str
) -> tuple[Part, ...]:
    return tuple(read(nodes, node) for node in nodes.children(nodes.root, name))


def _check_ids(nodes: Nodes, model: Model) -> None:
    """Ids that a requirement could mean are there once."""
    lines: dict[str, int | None] = {}
    for element in _elements(model):
        if element.id is None:
            continue
        if element.id in lines:
            details = {"id": element.id, "line": lines[element.id]}
            nodes.problems.append(
                make_problem(
                    RULE_COMPLETE, TWICE, details, element_id=element.id, line=element.line
                )
            )
        lines.setdefault(element.id, element.line)


def _elements(model: Model) -> Iterable[DrgElement]:
    yield from model.inputs
    yield from model.decisions
    yield from model.knowledge_models
    yield from model.services
