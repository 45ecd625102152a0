"""Reading of what a model defines: types, inputs, decisions, knowledge models, services."""

from __future__ import annotations

from lxml import etree

from engine.dmn.model import (
    Decision,
    DecisionService,
    FunctionItem,
    Import,
    InputData,
    ItemDefinition,
    KnowledgeModel,
    Reference,
    Variable,
)
from engine.dmn.reading.expressions import read_expression_in, read_function
from engine.dmn.reading.nodes import Nodes, extension_attribute, one_line


def read_import(nodes: Nodes, node: etree._Element) -> Import:
    return Import(
        name=one_line(node.get("name", "")),
        namespace=nodes.attribute(node, "namespace").strip(),
        location=node.get("locationURI"),
        import_type=node.get("importType"),
        id=node.get("id"),
        line=node.sourceline,
    )


def read_item_definition(nodes: Nodes, node: etree._Element) -> ItemDefinition:
    """`itemDefinition` or `itemComponent`."""
    function = nodes.child(node, "functionItem")
    return ItemDefinition(
        name=nodes.name(node),
        type_ref=nodes.type_ref(node),
        components=tuple(
            read_item_definition(nodes, child) for child in nodes.children(node, "itemComponent")
        ),
        function=None if function is None else _function_item(nodes, function),
        is_collection=node.get("isCollection", "false").strip() in {"true", "1"},
        allowed_values=nodes.text(nodes.child(node, "allowedValues")),
        type_constraint=nodes.text(nodes.child(node, "typeConstraint")),
        id=node.get("id"),
        line=node.sourceline,
    )


def _function_item(nodes: Nodes, node: etree._Element) -> FunctionItem:
    return FunctionItem(
        parameters=tuple(nodes.variable(child) for child in nodes.children(node, "parameters")),
        output_type_ref=nodes.type_name(node, node.get("outputTypeRef")),
        id=node.get("id"),
        line=node.sourceline,
    )


def read_input_data(nodes: Nodes, node: etree._Element) -> InputData:
    return InputData(
        name=_name(nodes, node),
        label=node.get("label"),
        variable=_variable(nodes, node),
        has_variable=nodes.child(node, "variable") is not None,
        translations=nodes.translations(node),
        id=node.get("id"),
        line=node.sourceline,
    )


def read_decision(nodes: Nodes, node: etree._Element) -> Decision:
    information = list(nodes.children(node, "informationRequirement"))
    return Decision(
        name=_name(nodes, node),
        label=node.get("label"),
        variable=_variable(nodes, node),
        required_inputs=_references(nodes, information, "requiredInput"),
        required_decisions=_references(nodes, information, "requiredDecision"),
        required_knowledge=_required_knowledge(nodes, node),
        expression=read_expression_in(nodes, node),
        version_tag=_version_tag(nodes, node),
        has_variable=nodes.child(node, "variable") is not None,
        translations=nodes.translations(node),
        id=node.get("id"),
        line=node.sourceline,
    )


def read_knowledge_model(nodes: Nodes, node: etree._Element) -> KnowledgeModel:
    logic = nodes.child(node, "encapsulatedLogic")
    return KnowledgeModel(
        name=nodes.name(node),
        variable=_variable(nodes, node),
        required_knowledge=_required_knowledge(nodes, node),
        logic=None if logic is None else read_function(nodes, logic),
        translations=nodes.translations(node),
        id=node.get("id"),
        line=node.sourceline,
    )


def read_service(nodes: Nodes, node: etree._Element) -> DecisionService:
    return DecisionService(
        name=nodes.name(node),
        variable=_variable(nodes, node),
        output_decisions=_references(nodes, [node], "outputDecision"),
        encapsulated_decisions=_references(nodes, [node], "encapsulatedDecision"),
        input_decisions=_references(nodes, [node], "inputDecision"),
        input_data=_references(nodes, [node], "inputData"),
        id=node.get("id"),
        line=node.sourceline,
    )


def _name(nodes: Nodes, node: etree._Element) -> str:
    """The needed name; the id where a modeler left it empty."""
    return nodes.name(node) or _name_or_id(node)


def _name_or_id(node: etree._Element) -> str:
    return one_line(node.get("name", "")) or node.get("id", "")


def _variable(nodes: Nodes, node: etree._Element) -> Variable:
    """The variable of an element; where it has none, one of the element's name."""
    variable = nodes.child(node, "variable")
    if variable is None or variable.get("name") is None:
        type_ref = None if variable is None else nodes.type_ref(variable)
        return Variable(name=_name_or_id(node), type_ref=type_ref)
    return nodes.variable(variable)


def _version_tag(nodes: Nodes, node: etree._Element) -> str | None:
    """Camunda 7 has it as an attribute, Camunda 8 as an element among the extensions."""
    extensions = nodes.child(node, "extensionElements")
    for each in () if extensions is None else extensions.iterchildren("{*}versionTag"):
        return each.get("value") or None
    return extension_attribute(node, "versionTag")


def _references(nodes: Nodes, parents: list[etree._Element], name: str) -> tuple[Reference, ...]:
    return tuple(
        nodes.reference(child) for parent in parents for child in nodes.children(parent, name)
    )


def _required_knowledge(nodes: Nodes, node: etree._Element) -> tuple[Reference, ...]:
    requirements = list(nodes.children(node, "knowledgeRequirement"))
    return _references(nodes, requirements, "requiredKnowledge")
