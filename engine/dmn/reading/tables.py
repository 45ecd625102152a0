"""Reading of decision tables (DMN 1.5, clause 8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, cast, get_args

from lxml import etree

from engine.dmn.model import (
    CELL_INPUT,
    Aggregation,
    DecisionTable,
    HitPolicy,
    InputClause,
    OutputClause,
    Rule,
    Text,
)
from engine.dmn.problems import Wording
from engine.dmn.reading.nodes import RULE_COMPLETE, Nodes, extension_attribute, one_line

Choice = TypeVar("Choice", bound=str)

RULE_TABLE = "decision-table"

CELLS = Wording(
    en="Expected {expected} entries ({tag}) in rule {number}, but found {found}.",
    ru="В правиле {number} ожидалось ячеек {tag}: {expected}, но найдено: {found}.",
    kk="{number}-ережеде {tag} ұяшықтарының саны {expected} болуы керек, бірақ {found} табылды.",
)
HIT_POLICY = Wording(
    en="Expected one of {choices} as {attribute}, but found {found}.",
    ru="Ожидалось одно из значений {choices} для {attribute}, но указано {found}.",
    kk="{attribute} үшін {choices} мәндерінің бірі күтілді, бірақ {found} көрсетілген.",
)
NO_INPUT_EXPRESSION = Wording(
    en="Expected an expression in column {number} of the inputs, but there is none.",
    ru="Ожидалось выражение в столбце условий {number}, но его нет.",
    kk="Шарттардың {number}-бағанында өрнек күтілді, бірақ ол жоқ.",
)
NO_OUTPUT = Wording(
    en="Expected at least one output in the decision table, but there is none.",
    ru="Ожидался хотя бы один столбец результатов в таблице решений, но его нет.",
    kk="Шешім кестесінде кемінде бір нәтиже бағаны күтілді, бірақ ол жоқ.",
)
NO_OUTPUT_NAME = Wording(
    en="Expected a name for column {number} of the outputs, as there are several.",
    ru="Ожидалось имя у столбца результатов {number}, так как их несколько.",
    kk="Нәтиже бағандары бірнешеу болғандықтан, {number}-бағанның атауы болуы керек.",
)


def read_table(nodes: Nodes, node: etree._Element) -> DecisionTable:
    inputs = tuple(
        _input(nodes, child, number)
        for number, child in enumerate(nodes.children(node, "input"), start=1)
    )
    outputs = tuple(_output(nodes, child) for child in nodes.children(node, "output"))
    _check_outputs(nodes, node, outputs)
    return DecisionTable(
        hit_policy=_choice(nodes, node, "hitPolicy", get_args(HitPolicy)) or "UNIQUE",
        aggregation=cast(
            "Aggregation | None", _choice(nodes, node, "aggregation", get_args(Aggregation))
        ),
        inputs=inputs,
        outputs=outputs,
        annotations=tuple(
            one_line(child.get("name", "")) for child in nodes.children(node, "annotation")
        ),
        rules=tuple(
            _rule(nodes, child, number, len(inputs), len(outputs))
            for number, child in enumerate(nodes.children(node, "rule"), start=1)
        ),
        type_ref=nodes.type_ref(node),
        id=node.get("id"),
        line=node.sourceline,
    )


def _choice(
    nodes: Nodes, node: etree._Element, attribute: str, choices: Sequence[Choice]
) -> Choice | None:
    found = node.get(attribute)
    if found is None:
        return None
    for choice in choices:
        if choice == one_line(found).upper():
            return choice
    nodes.report(
        RULE_TABLE, HIT_POLICY, node, attribute=attribute, found=found, choices=", ".join(choices)
    )
    return None


def _input(nodes: Nodes, node: etree._Element, number: int) -> InputClause:
    expression = nodes.child(node, "inputExpression")
    text = nodes.text(expression)
    if text is None:
        nodes.report(RULE_COMPLETE, NO_INPUT_EXPRESSION, node, number=number)
    return InputClause(
        expression=text or Text(text="null", line=node.sourceline),
        values=nodes.text(nodes.child(node, "inputValues")),
        type_ref=None if expression is None else nodes.type_ref(expression),
        label=node.get("label"),
        variable=one_line(extension_attribute(node, "inputVariable") or "") or CELL_INPUT,
        translations=nodes.translations(node),
        id=node.get("id"),
        line=node.sourceline,
    )


def _output(nodes: Nodes, node: etree._Element) -> OutputClause:
    return OutputClause(
        name=one_line(node.get("name", "")) or None,
        values=nodes.text(nodes.child(node, "outputValues")),
        default=nodes.text(nodes.child(node, "defaultOutputEntry")),
        type_ref=nodes.type_ref(node),
        label=node.get("label"),
        translations=nodes.translations(node),
        id=node.get("id"),
        line=node.sourceline,
    )


def _check_outputs(nodes: Nodes, node: etree._Element, outputs: tuple[OutputClause, ...]) -> None:
    if not outputs:
        nodes.report(RULE_TABLE, NO_OUTPUT, node)
    if len(outputs) < 2:
        return
    columns = nodes.children(node, "output")
    for number, (output, column) in enumerate(zip(outputs, columns, strict=True), start=1):
        if output.name is None:
            nodes.report(RULE_TABLE, NO_OUTPUT_NAME, column, number=number)


def _rule(nodes: Nodes, node: etree._Element, number: int, inputs: int, outputs: int) -> Rule:
    return Rule(
        inputs=_cells(nodes, node, "inputEntry", number, inputs),
        outputs=_cells(nodes, node, "outputEntry", number, outputs),
        annotations=tuple(
            nodes.content(child, "text") or "" for child in nodes.children(node, "annotationEntry")
        )
        or _description(nodes, node),
        id=node.get("id"),
        line=node.sourceline,
    )


def _cells(
    nodes: Nodes, node: etree._Element, tag: str, number: int, expected: int
) -> tuple[Text, ...]:
    cells = tuple(nodes.cell(child) for child in nodes.children(node, tag))
    if len(cells) != expected:
        nodes.report(
            RULE_TABLE, CELLS, node, tag=tag, number=number, expected=expected, found=len(cells)
        )
    return cells


def _description(nodes: Nodes, node: etree._Element) -> tuple[str, ...]:
    """DMN before 1.2 has no annotation columns: the description of a rule is its annotation."""
    description = nodes.content(node, "description")
    return (description,) if description else ()
