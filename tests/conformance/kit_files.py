"""A small kit of our own, written into a folder for a test."""

from __future__ import annotations

from pathlib import Path

TEST_NAMESPACE = "http://www.omg.org/spec/DMN/20160719/testcase"
MODEL_NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"

ORDER = f"""<definitions xmlns="{MODEL_NAMESPACE}" namespace="urn:order" name="order" id="order">
  <itemDefinition name="tLine"><itemComponent name="price"><typeRef>number</typeRef>
  </itemComponent><itemComponent name="count"><typeRef>number</typeRef></itemComponent>
  </itemDefinition>
  <inputData name="Line" id="line"><variable name="Line" typeRef="tLine"/></inputData>
  <decision name="Total" id="total"><variable name="Total" typeRef="number"/>
    <informationRequirement><requiredInput href="#line"/></informationRequirement>
    <literalExpression><text>Line.price * Line.count</text></literalExpression>
  </decision>
  <decision name="Nothing" id="nothing"><variable name="Nothing"/>
    <literalExpression><text>null</text></literalExpression>
  </decision>
  <decision name="Third" id="third"><variable name="Third"/>
    <literalExpression><text>1 / 0</text></literalExpression>
  </decision>
  <decision name="Greeting" id="greeting"><variable name="Greeting"/>
    <literalExpression><text>"salem"</text></literalExpression>
  </decision>
  <decision name="Now" id="now"><variable name="Now"/>
    <literalExpression><text>now() instance of date and time</text></literalExpression>
  </decision>
  <businessKnowledgeModel name="Twice" id="twice"><variable name="Twice"/>
    <encapsulatedLogic><formalParameter name="x" typeRef="number"/>
      <literalExpression><text>x * 2</text></literalExpression></encapsulatedLogic>
  </businessKnowledgeModel>
  <decisionService name="One" id="one"><variable name="One"/>
    <outputDecision href="#total"/><inputData href="#line"/>
  </decisionService>
  <decisionService name="Two" id="two"><variable name="Two"/>
    <outputDecision href="#total"/><outputDecision href="#greeting"/><inputData href="#line"/>
  </decisionService>
</definitions>"""

IMPORTING = f"""<definitions xmlns="{MODEL_NAMESPACE}" namespace="urn:b" name="b" id="b">
  <import namespace="urn:order" name="order" importType="{MODEL_NAMESPACE}"/>
  <decision name="Four" id="four"><variable name="Four"/>
    <knowledgeRequirement><requiredKnowledge href="urn:order#twice"/></knowledgeRequirement>
    <literalExpression><text>order.Twice(2)</text></literalExpression>
  </decision>
</definitions>"""

LINE = """<inputNode name="Line">
  <component name="price"><value xsi:type="xsd:decimal">1.5</value></component>
  <component name="count"><value xsi:type="xsd:decimal">4</value></component></inputNode>"""

NULL = '<value xsi:nil="true"/>'


def number(text: str) -> str:
    return f'<value xsi:type="xsd:decimal">{text}</value>'


def result(name: str, expected: str, attributes: str = "") -> str:
    """A result node."""
    return f'<resultNode name="{name}" {attributes}><expected>{expected}</expected></resultNode>'


def case(case_id: str, *nodes: str, attributes: str = "") -> str:
    return f'<testCase id="{case_id}" {attributes}>{"".join(nodes)}</testCase>'


def write_test(
    folder: Path,
    *cases: str,
    model: str | None = ORDER,
    name: str = "0001-order",
    namespace: str = TEST_NAMESPACE,
) -> Path:
    """A folder of the kit with one test file, and the model that it names unless that is None."""
    folder.mkdir(parents=True, exist_ok=True)
    if model is not None:
        (folder / f"{name}.dmn").write_text(model, encoding="utf-8")
    path = folder / f"{name}-test-01.xml"
    path.write_text(
        f'<testCases xmlns="{namespace}" xmlns:xsd="http://www.w3.org/2001/XMLSchema" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<modelName>{name}.dmn</modelName>{''.join(cases)}</testCases>",
        encoding="utf-8",
    )
    return path
