"""Files become models: by local names, all versions, with ids, lines and references."""

from __future__ import annotations

import pytest

from engine.dmn import DmnRefused, read_model
from engine.dmn.model import (
    Conditional,
    Context,
    DecisionTable,
    Filter,
    FunctionDefinition,
    Import,
    Invocation,
    Iterator,
    ListExpression,
    LiteralExpression,
    Model,
    Reference,
    Relation,
)
from engine.dmn.problems import Problem
from tests.support.drg import NAMESPACES, boxed, decision, definitions, given, knowledge, service


def read(body: str, version: str = "1.5") -> Model:
    return read_model(definitions(body, version=version), "test.dmn")


def problems(body: str) -> list[Problem]:
    with pytest.raises(DmnRefused) as refused:
        read(body)
    return list(refused.value.problems)


@pytest.mark.parametrize("version", NAMESPACES)
def test_every_version_is_told_by_its_namespace(version: str) -> None:
    model = read(given("a") + decision("d", "a", inputs=["a"]), version)
    assert model.version == version
    assert model.decisions[0].required_inputs[0].element_id == "a"


def test_a_prefix_for_the_elements_and_foreign_elements() -> None:
    xml = (
        f'<d:definitions xmlns:d="{NAMESPACES["1.3"]}" xmlns:other="urn:other" namespace="n">'
        '<d:decision id="x" name="x" other:versionTag="v 2"><other:literalExpression/>'
        "<d:literalExpression><d:text>1</d:text></d:literalExpression></d:decision>"
        "</d:definitions>"
    )
    (found,) = read_model(xml.encode(), "x.dmn").decisions
    assert isinstance(found.expression, LiteralExpression)
    assert found.version_tag == "v 2"


def test_what_camundas_modelers_write() -> None:
    body = """<decision id="d" name="D" xmlns:zeebe="urn:z">
      <extensionElements><zeebe:versionTag value="v 3"/></extensionElements>
      <decisionTable>
        <input zeebe:inputVariable="amount">
          <inputExpression><text>a</text></inputExpression></input>
        <input><inputExpression><text>b</text></inputExpression></input><output/>
      </decisionTable></decision>
      <inputData id="i" name="I"/>"""
    model = read(body)
    (found,) = model.decisions
    assert (found.version_tag, found.has_variable, found.variable.name) == ("v 3", False, "D")
    assert isinstance(found.expression, DecisionTable)
    assert [each.variable for each in found.expression.inputs] == ["amount", "cellInput"]
    assert not model.declares_inputs
    assert read(body + given("a")).declares_inputs


@pytest.mark.parametrize(
    "xml",
    [
        b"<definitions/>",
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
        b'<decision xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/"/>',
        b'<!DOCTYPE a><definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/"/>',
        b"",
    ],
)
def test_what_is_no_model_is_refused(xml: bytes) -> None:
    with pytest.raises(DmnRefused) as refused:
        read_model(xml, "x.dmn")
    assert refused.value.problems[0].rule == "readable-xml"


def test_an_empty_name_is_the_id() -> None:
    model = read('<decision id="d" name=""/><inputData id="i" name=" "/>')
    (found, given_) = (*model.decisions, *model.inputs)
    assert [found.name, found.variable.name, given_.name, given_.variable.name] == [*"ddii"]
    (problem,) = problems('<decision id="d"/>')
    assert "attribute name" in problem.message


def test_names_have_single_spaces() -> None:
    model = read('<inputData id="i" name=" Annual\n   Income "/>')
    assert model.inputs[0].name == "Annual Income"
    assert model.inputs[0].variable.name == "Annual Income"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("#a", ("a", None)),
        ("urn:x#a", ("a", "urn:x")),
        ("other.dmn#a", ("a", "other.dmn")),
        ("a", ("a", None)),
    ],
)
def test_references(href: str, expected: tuple[str, str | None]) -> None:
    body = (
        '<decision id="d" name="d"><informationRequirement>'
        f'<requiredInput href="{href}"/></informationRequirement></decision>'
    )
    (reference,) = read(body).decisions[0].required_inputs
    assert (reference.element_id, reference.location) == expected


@pytest.mark.parametrize(
    ("type_ref", "expected"),
    [
        ("number", "number"),
        ("feel:number", "number"),
        ("own:tLoan", "tLoan"),
        ("other:tLoan", "{urn:other}tLoan"),
        ("unbound:tLoan", "unbound:tLoan"),
        ("types.tLoan", "types.tLoan"),
        ("&lt;Undefined&gt;", None),
        ("", None),
    ],
)
def test_xml_prefixes_of_types_are_resolved(type_ref: str, expected: str | None) -> None:
    xml = (
        f'<definitions xmlns="{NAMESPACES["1.1"]}" namespace="urn:own" xmlns:own="urn:own" '
        'xmlns:other="urn:other" xmlns:feel="http://www.omg.org/spec/FEEL/20140401">'
        f'<inputData id="i" name="i"><variable name="i" typeRef="{type_ref}"/></inputData>'
        "</definitions>"
    )
    assert read_model(xml.encode(), "x.dmn").inputs[0].variable.type_ref == expected


def test_item_definitions() -> None:
    model = read(
        '<itemDefinition name="tLoan" isCollection="true"><itemComponent name="rate">'
        "<typeRef>number</typeRef><allowedValues><text>[0..1]</text></allowedValues>"
        "</itemComponent><typeConstraint><text>count(?) &lt; 3</text></typeConstraint>"
        '</itemDefinition><itemDefinition name="tFn"><functionItem outputTypeRef="string">'
        '<parameters name="p" typeRef="number"/></functionItem></itemDefinition>'
    )
    loan, function = model.item_definitions
    assert loan.is_collection
    assert loan.components[0].allowed_values is not None
    assert loan.components[0].allowed_values.text == "[0..1]"
    assert loan.type_constraint is not None
    assert function.function is not None
    assert function.function.output_type_ref == "string"
    assert function.function.parameters[0].type_ref == "number"


def test_a_table_with_its_lines() -> None:
    model = read(
        decision(
            "d",
            '<decisionTable hitPolicy="RULE  ORDER">\n'
            '<input id="c1" label="Age"><inputExpression typeRef="number"><text> age </text>'
            "</inputExpression><inputValues><text>[0..150]</text></inputValues></input>\n"
            '<output id="o1"><outputValues><text>"a","b"</text></outputValues>'
            '<defaultOutputEntry><text>"b"</text></defaultOutputEntry></output>\n'
            '<annotation name="Why"/>\n'
            '<rule id="r1"><inputEntry><text>-</text></inputEntry><outputEntry><text/>'
            "</outputEntry><annotationEntry><text>always</text></annotationEntry></rule>\n"
            "</decisionTable>",
        )
    )
    table = model.decisions[0].expression
    assert isinstance(table, DecisionTable)
    assert table.hit_policy == "RULE ORDER"
    assert table.inputs[0].expression.text == "age"
    assert table.inputs[0].type_ref == "number"
    assert table.outputs[0].default is not None
    assert table.annotations == ("Why",)
    (rule,) = table.rules
    assert (rule.id, rule.line, rule.annotations) == ("r1", 6, ("always",))
    assert [cell.text for cell in (*rule.inputs, *rule.outputs)] == ["-", ""]


@pytest.mark.parametrize(
    ("logic", "kind"),
    [
        ("1", LiteralExpression),
        ("<context/>", Context),
        (f"<list>{boxed('1')}</list>", ListExpression),
        (f'<relation><column name="a"/><row>{boxed("1")}</row></relation>', Relation),
        (f"<invocation>{boxed('f')}</invocation>", Invocation),
        ("<functionDefinition/>", FunctionDefinition),
        ("<conditional/>", Conditional),
        ("<filter/>", Filter),
        ('<for iteratorVariable="i"/>', Iterator),
        ('<some iteratorVariable="i"/>', Iterator),
        ('<every iteratorVariable="i"/>', Iterator),
    ],
)
def test_boxed_expressions(logic: str, kind: type) -> None:
    assert isinstance(read(decision("d", logic)).decisions[0].expression, kind)


@pytest.mark.parametrize(
    ("logic", "words"),
    [
        ("<boxedThing/>", "boxedThing"),
        ("<list><boxedThing/></list>", "boxedThing"),
        (f"{boxed('1')[:-1]}>{boxed('2')}", "one boxed expression"),
        (f'<relation><column name="a"/><row>{boxed("1") * 2}</row></relation>', "row"),
        ('<functionDefinition kind="Cobol"/>', "Cobol"),
        ("<literalExpression><importedValues/></literalExpression>", "importedValues"),
        ('<literalExpression expressionLanguage="juel"><text>1</text></literalExpression>', "juel"),
        ("<for><in/></for>", "iteratorVariable"),
        ("<decisionTable/>", "output"),
        ('<decisionTable hitPolicy="BEST"><output/></decisionTable>', "BEST"),
        ('<decisionTable aggregation="AVG"><output/></decisionTable>', "AVG"),
        ("<decisionTable><output/><output name='b'/></decisionTable>", "name"),
        ("<decisionTable><input/><output/></decisionTable>", "column 1"),
        ("<decisionTable><output/><rule/></decisionTable>", "outputEntry"),
    ],
)
def test_what_is_wrong_is_named(logic: str, words: str) -> None:
    (problem,) = problems(decision("d", logic))
    assert words in problem.message
    assert problem.line is not None
    assert all(problem.messages[language] for language in ("en", "ru", "kk"))


def test_all_problems_are_told_at_once() -> None:
    assert len(problems(decision("a", "<x/>") + decision("b", "<y/>") + given("b"))) == 3


def test_services_knowledge_and_imports() -> None:
    model = read(
        '<import name="lib" namespace="urn:lib" importType="t" locationURI="lib.dmn"/>'
        + knowledge("f", "a: number, b", "a", functions=["urn:lib#g"])
        + service("s", outputs=["d"], inputs=["i"], decisions=["e"])
    )
    assert model.imports == (
        Import(name="lib", namespace="urn:lib", location="lib.dmn", import_type="t", line=2),
    )
    (function,) = model.knowledge_models
    assert function.logic is not None
    assert [each.name for each in function.logic.parameters] == ["a", "b"]
    assert function.required_knowledge == (Reference(element_id="g", location="urn:lib", line=2),)
    (found,) = model.services
    references = (*found.output_decisions, *found.input_decisions, *found.input_data)
    assert [each.element_id for each in references] == ["d", "e", "i"]
