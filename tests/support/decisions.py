"""Small decision models, written in a test as they would be drawn.

    model(
        input_data("size", "number"),
        table("places", {"size": "number"}, {"places": "number"}, [("< 50", "2"), (">= 50", "5")]),
    )

A table reads the input data of its columns, and whatever else `needs` names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from lxml import etree

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
CAMUNDA = "http://camunda.org/schema/1.0/dmn"

Element = etree._Element


def model(*parts: Element, namespace: str = "urn:test", imports: Mapping[str, str] = {}) -> bytes:
    """A file. `imports` are namespaces by the name under which they are imported."""
    root = etree.Element(f"{{{DMN}}}definitions", nsmap={None: DMN, "camunda": CAMUNDA})
    root.set("id", "Model_1")
    root.set("name", "Model")
    root.set("namespace", namespace)
    for name, imported in imports.items():
        _sub(root, "import", name=name, namespace=imported, importType=DMN)
    root.extend(parts)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def input_data(name: str, type_ref: str | None = None) -> Element:
    node = _element("inputData", id=_id(name), name=name)
    _variable(node, name, type_ref)
    return node


def table(
    id: str,
    inputs: Mapping[str, str | None],
    outputs: Mapping[str, str | None],
    rules: Sequence[Sequence[str]],
    *,
    hit_policy: str = "UNIQUE",
    aggregation: str | None = None,
    needs: Iterable[str] = (),
    declared: bool = True,
    version_tag: str | None = None,
    name: str | None = None,
) -> Element:
    """A decision with a table: a rule is the texts of its cells. Columns have types by name."""
    node = _decision(id, name, version_tag)
    for each in (*(inputs if declared else ()), *needs):
        requirement = _sub(node, "informationRequirement", id=f"need_{id}_{_id(each)}")
        kind = "requiredInput" if each in inputs else "requiredDecision"
        _sub(requirement, kind, href=f"#{_id(each)}")
    body = _sub(node, "decisionTable", id=f"table_{id}", hitPolicy=hit_policy)
    if aggregation:
        body.set("aggregation", aggregation)
    for column, type_ref in inputs.items():
        clause = _sub(body, "input", id=f"{id}_{_id(column)}")
        _text(_typed(_sub(clause, "inputExpression"), type_ref), column)
    for column, type_ref in outputs.items():
        _typed(_sub(body, "output", id=f"{id}_out_{column}", name=column), type_ref)
    for number, cells in enumerate(rules, 1):
        rule = _sub(body, "rule", id=f"{id}_rule_{number}")
        for place, cell in enumerate(cells):
            _text(_sub(rule, "inputEntry" if place < len(inputs) else "outputEntry"), cell)
    return node


def literal(
    id: str, text: str, *, needs: Iterable[str] = (), inputs: Iterable[str] = ()
) -> Element:
    """A decision with an expression."""
    node = _decision(id, None, None)
    for kind, names in (("requiredInput", inputs), ("requiredDecision", needs)):
        for each in names:
            requirement = _sub(node, "informationRequirement", id=f"need_{id}_{_id(each)}")
            _sub(requirement, kind, href=f"#{_id(each)}")
    _text(_sub(node, "literalExpression"), text)
    return node


def _decision(id: str, name: str | None, version_tag: str | None) -> Element:
    node = _element("decision", id=id, name=name or id)
    if version_tag is not None:
        node.set(f"{{{CAMUNDA}}}versionTag", version_tag)
    _variable(node, name or id, None)
    return node


def _variable(node: Element, name: str, type_ref: str | None) -> None:
    _typed(_sub(node, "variable", name=name), type_ref)


def _id(name: str) -> str:
    return name.replace(" ", "_")


def _typed(node: Element, type_ref: str | None) -> Element:
    if type_ref is not None:
        node.set("typeRef", type_ref)
    return node


def _text(node: Element, text: str) -> None:
    _sub(node, "text").text = text


def _element(tag: str, **attributes: str) -> Element:
    node = etree.Element(f"{{{DMN}}}{tag}")
    for name, value in attributes.items():
        node.set(name, value)
    return node


def _sub(parent: Element, tag: str, **attributes: str) -> Element:
    node = _element(tag, **attributes)
    parent.append(node)
    return node
