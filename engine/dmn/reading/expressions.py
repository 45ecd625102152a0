"""Reading of boxed expressions (DMN 1.5, clause 10.2)."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from engine.dmn.model import (
    Binding,
    Conditional,
    Context,
    ContextEntry,
    Expression,
    Filter,
    FunctionDefinition,
    FunctionKind,
    Invocation,
    Iterator,
    IteratorKind,
    ListExpression,
    LiteralExpression,
    Relation,
)
from engine.dmn.problems import Wording
from engine.dmn.reading.nodes import Nodes, local_name, one_line
from engine.dmn.reading.tables import read_table

RULE_EXPRESSION = "boxed-expression"

UNKNOWN = Wording(
    en="Expected a boxed expression of DMN, but found {tag}.",
    ru="Ожидалось выражение DMN, но найден элемент {tag}.",
    kk="DMN өрнегі күтілді, бірақ {tag} элементі табылды.",
)
SEVERAL = Wording(
    en="Expected one boxed expression in {tag}, but found {count}.",
    ru="Ожидалось одно выражение в элементе {tag}, но найдено: {count}.",
    kk="{tag} элементінде бір өрнек күтілді, бірақ {count} табылды.",
)
IMPORTED_VALUES = Wording(
    en="Expected a FEEL text, but found importedValues, which are not supported.",
    ru="Ожидался текст FEEL, но найден importedValues; он не поддерживается.",
    kk="FEEL мәтіні күтілді, бірақ importedValues табылды; ол қолдау таппайды.",
)
ROW = Wording(
    en="Expected {expected} expressions in a row of the relation, but found {found}.",
    ru="В строке отношения ожидалось выражений: {expected}, но найдено: {found}.",
    kk="Қатынас жолында {expected} өрнек күтілді, бірақ {found} табылды.",
)
KIND = Wording(
    en="Expected FEEL, Java or PMML as the kind of a function, but found {kind}.",
    ru="Ожидался вид функции FEEL, Java или PMML, но указан {kind}.",
    kk="Функция түрі FEEL, Java немесе PMML болуы керек, бірақ {kind} көрсетілген.",
)

NOT_EXPRESSIONS = frozenset(
    {
        "allowedAnswers",
        "authorityRequirement",
        "binding",
        "column",
        "contextEntry",
        "decisionMaker",
        "decisionOwner",
        "description",
        "extensionElements",
        "formalParameter",
        "impactedPerformanceIndicator",
        "informationRequirement",
        "knowledgeRequirement",
        "parameter",
        "question",
        "row",
        "supportedObjective",
        "typeRef",
        "usingProcess",
        "usingTask",
        "variable",
    }
)
_KINDS: dict[str, FunctionKind] = {
    "FEEL": "FEEL",
    "F": "FEEL",
    "Java": "Java",
    "J": "Java",
    "PMML": "PMML",
    "P": "PMML",
}


def read_expression_in(nodes: Nodes, parent: etree._Element | None) -> Expression | None:
    """The boxed expression among the children of `parent`; None where there is none."""
    if parent is None:
        return None
    found = [child for child in nodes.children(parent) if local_name(child) not in NOT_EXPRESSIONS]
    if len(found) > 1:
        nodes.report(RULE_EXPRESSION, SEVERAL, found[1], tag=local_name(parent), count=len(found))
    return read_expression(nodes, found[0]) if found else None


def read_expression(nodes: Nodes, node: etree._Element) -> Expression | None:
    """A boxed expression; None and a problem where it is none that DMN knows."""
    read = _READERS.get(local_name(node))
    if read is None:
        nodes.report(RULE_EXPRESSION, UNKNOWN, node, tag=local_name(node))
        return None
    return read(nodes, node)


def read_function(nodes: Nodes, node: etree._Element) -> FunctionDefinition:
    """`functionDefinition`, or the `encapsulatedLogic` of a business knowledge model."""
    kind = _KINDS.get(node.get("kind", "FEEL"))
    if kind is None:
        nodes.report(RULE_EXPRESSION, KIND, node, kind=node.get("kind"))
    return FunctionDefinition(
        parameters=tuple(
            nodes.variable(child) for child in nodes.children(node, "formalParameter")
        ),
        body=read_expression_in(nodes, node),
        kind=kind or "FEEL",
        type_ref=nodes.type_ref(node),
        id=node.get("id"),
        line=node.sourceline,
    )


def _literal(nodes: Nodes, node: etree._Element) -> LiteralExpression:
    nodes.check_language(node)
    imported = nodes.child(node, "importedValues")
    if imported is not None:
        nodes.report(RULE_EXPRESSION, IMPORTED_VALUES, imported)
    return LiteralExpression(
        text=nodes.content(node, "text") or "",
        type_ref=nodes.type_ref(node),
        id=node.get("id"),
        line=node.sourceline,
    )


def _context(nodes: Nodes, node: etree._Element) -> Context:
    return Context(
        entries=tuple(_entry(nodes, child) for child in nodes.children(node, "contextEntry")),
        type_ref=nodes.type_ref(node),
        id=node.get("id"),
        line=node.sourceline,
    )


def _entry(nodes: Nodes, node: etree._Element) -> ContextEntry:
    variable = nodes.child(node, "variable")
    return ContextEntry(
        variable=None if variable is None else nodes.variable(variable),
        value=read_expression_in(nodes, node),
        id=node.get("id"),
        line=node.sourceline,
    )


def _items(nodes: Nodes, node: etree._Element) -> tuple[Expression | None, ...]:
    return tuple(
        read_expression(nodes, child)
        for child in nodes.children(node)
        if local_name(child) not in NOT_EXPRESSIONS
    )


def _list(nodes: Nodes, node: etree._Element) -> ListExpression:
    return ListExpression(
        items=_items(nodes, node),
        type_ref=nodes.type_ref(node),
        id=node.get("id"),
        line=node.sourceline,
    )


def _relation(nodes: Nodes, node: etree._Element) -> Relation:
    columns = tuple(nodes.variable(child) for child in nodes.children(node, "column"))
    return Relation(
        columns=columns,
        rows=tuple(_row(nodes, child, len(columns)) for child in nodes.children(node, "row")),
        type_ref=nodes.type_ref(node),
        id=node.get("id"),
        line=node.sourceline,
    )


def _row(nodes: Nodes, node: etree._Element, expected: int) -> tuple[Expression | None, ...]:
    cells = _items(nodes, node)
    if len(cells) != expected:
        nodes.report(RULE_EXPRESSION, ROW, node, expected=expected, found=len(cells))
    return cells


def _invocation(nodes: Nodes, node: etree._Element) -> Invocation:
    return Invocation(
        called=read_expression_in(nodes, node),
        bindings=tuple(_binding(nodes, child) for child in nodes.children(node, "binding")),
        type_ref=nodes.type_ref(node),
        id=node.get("id"),
        line=node.sourceline,
    )


def _binding(nodes: Nodes, node: etree._Element) -> Binding:
    parameter = nodes.child(node, "parameter")
    return Binding(
        parameter=nodes.variable(node if parameter is None else parameter),
        value=read_expression_in(nodes, node),
        id=node.get("id"),
        line=node.sourceline,
    )


def _conditional(nodes: Nodes, node: etree._Element) -> Conditional:
    return Conditional(
        condition=read_expression_in(nodes, nodes.child(node, "if")),
        then=read_expression_in(nodes, nodes.child(node, "then")),
        otherwise=read_expression_in(nodes, nodes.child(node, "else")),
        type_ref=nodes.type_ref(node),
        id=node.get("id"),
        line=node.sourceline,
    )


def _filter(nodes: Nodes, node: etree._Element) -> Filter:
    return Filter(
        source=read_expression_in(nodes, nodes.child(node, "in")),
        match=read_expression_in(nodes, nodes.child(node, "match")),
        type_ref=nodes.type_ref(node),
        id=node.get("id"),
        line=node.sourceline,
    )


def _iterator(kind: IteratorKind, body: str) -> Callable[[Nodes, etree._Element], Iterator]:
    def read(nodes: Nodes, node: etree._Element) -> Iterator:
        source = nodes.child(node, "in")
        return Iterator(
            kind=kind,
            variable=one_line(nodes.attribute(node, "iteratorVariable")),
            source=read_expression_in(nodes, source),
            body=read_expression_in(nodes, nodes.child(node, body)),
            variable_type_ref=None if source is None else nodes.type_ref(source),
            type_ref=nodes.type_ref(node),
            id=node.get("id"),
            line=node.sourceline,
        )

    return read


_READERS: dict[str, Callable[[Nodes, etree._Element], Expression]] = {
    "literalExpression": _literal,
    "decisionTable": read_table,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "invocation": _invocation,
    "functionDefinition": read_function,
    "conditional": _conditional,
    "filter": _filter,
    "for": _iterator("for", "return"),
    "some": _iterator("some", "satisfies"),
    "every": _iterator("every", "satisfies"),
}
