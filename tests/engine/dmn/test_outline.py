"""What a decision's logic looks like when it is only read."""

from __future__ import annotations

import pytest

from engine.dmn import read_model
from engine.dmn.outline import Block, Line, Outliner, TableOutline
from tests.support.decisions import input_data, model, table

NAMESPACES = (
    'xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" '
    'xmlns:i18n="http://www.omg.org/spec/BPMN/non-normative/extensions/i18n/1.0"'
)


def boxed(xml: str, first: int = 1, most: int = 100) -> tuple[Block, ...]:
    """The blocks of the one decision that has this boxed expression."""
    text = (
        f'<definitions {NAMESPACES} name="m" namespace="urn:m">'
        f'<decision id="d" name="d"><variable name="d"/>{xml}</decision></definitions>'
    )
    (decision,) = read_model(text.encode(), "m.dmn").decisions
    return Outliner(first, most).blocks(decision.expression)


def text_of(blocks: tuple[Block, ...]) -> str:
    return "\n".join(
        "  " * each.level + each.text if isinstance(each, Line) else "TABLE" for each in blocks
    )


def feel(text: str) -> str:
    return f"<literalExpression><text>{text}</text></literalExpression>"


def entry(name: str | None, xml: str) -> str:
    variable = f'<variable name="{name}"/>' if name else ""
    return f"<contextEntry>{variable}{xml}</contextEntry>"


TABLE = (
    '<decisionTable hitPolicy="FIRST"><input><inputExpression><text>n</text></inputExpression>'
    '</input><output name="out"/><rule><inputEntry><text>1</text></inputEntry>'
    "<outputEntry><text>2</text></outputEntry></rule></decisionTable>"
)


def test_a_table_is_shown_as_it_stands() -> None:
    rules = [("< 50", '"small"'), ("-", '"large"')]
    file = model(
        input_data("size", "number"),
        table("class", {"size": "number"}, {"class": "string"}, rules, hit_policy="FIRST"),
    )
    (outline,) = Outliner(1, 100).blocks(read_model(file, "m.dmn").decisions[0].expression)
    assert isinstance(outline, TableOutline)
    assert (outline.hit_policy, outline.aggregation, outline.count) == ("FIRST", None, 2)
    assert [(each.label, each.text, each.type_ref) for each in outline.inputs] == [
        ("size", "size", "number")
    ]
    assert [(row.number, row.id, row.inputs, row.outputs) for row in outline.rules] == [
        (1, "class_rule_1", ("< 50",), ('"small"',)),
        (2, "class_rule_2", ("-",), ('"large"',)),
    ]


@pytest.mark.parametrize(
    ("first", "numbers"), [(1, [1, 2, 3]), (4, [4, 5, 6]), (9, [9, 10]), (11, [])]
)
def test_a_table_shows_some_of_its_rules(first: int, numbers: list[int]) -> None:
    rules = [(str(number), "1") for number in range(10)]
    file = model(input_data("n"), table("t", {"n": "number"}, {"o": "number"}, rules))
    (outline,) = Outliner(first, 3).blocks(read_model(file, "m.dmn").decisions[0].expression)
    assert isinstance(outline, TableOutline)
    assert [row.number for row in outline.rules] == numbers
    assert outline.count == 10


def test_every_rule_has_a_cell_for_every_annotation() -> None:
    rule = "<outputEntry><text>1</text></outputEntry>"
    (outline,) = boxed(
        '<decisionTable><output/><annotation name="Source"/><annotation name="Note"/>'
        f"<rule>{rule}<annotationEntry><text>Order 12</text></annotationEntry></rule>"
        f"<rule>{rule}</rule></decisionTable>"
    )
    assert isinstance(outline, TableOutline)
    assert outline.annotations == ("Source", "Note")
    assert [row.annotations for row in outline.rules] == [("Order 12", ""), ("", "")]


def test_columns_have_their_names_in_other_languages() -> None:
    (outline,) = boxed(
        '<decisionTable><input label="Size"><extensionElements>'
        '<i18n:translation xml:lang="kk-KZ"> Саны\n бойынша </i18n:translation>'
        '<i18n:translation xml:lang="kk">Екінші</i18n:translation></extensionElements>'
        "<inputExpression><text>n</text></inputExpression></input><output/></decisionTable>"
    )
    assert isinstance(outline, TableOutline)
    assert outline.inputs[0].translations == (("kk", "Саны бойынша"),)


def test_an_expression_keeps_its_lines() -> None:
    assert text_of(boxed(feel("if a\n  then 1\n  else 2"))) == "if a\n  then 1\n  else 2"


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (f"<list>{feel('1')}{feel('2')}</list>", "[1, 2]"),
        (f"<context>{entry('a', feel('1'))}{entry(None, feel('a'))}</context>", "{a: 1, a}"),
        (
            "<relation><column name='a'/><column name='b'/>"
            f"<row>{feel('1')}{feel('2')}</row><row>{feel('3')}{feel('4')}</row></relation>",
            "[\n  {a: 1, b: 2},\n  {a: 3, b: 4}\n]",
        ),
        (
            f"<invocation>{feel('rate')}<binding><parameter name='n'/>{feel('5')}</binding>"
            "</invocation>",
            "rate(n: 5)",
        ),
        (
            f"<functionDefinition><formalParameter name='a'/>{feel('a + 1')}</functionDefinition>",
            "function(a) a + 1",
        ),
        (
            f"<functionDefinition kind='Java'>{feel('1')}</functionDefinition>",
            "function() external Java 1",
        ),
        (
            f"<conditional><if>{feel('a')}</if><then>{feel('1')}</then><else>{feel('2')}</else>"
            "</conditional>",
            "if a\nthen 1\nelse 2",
        ),
        (f"<filter><in>{feel('a')}</in><match>{feel('b')}</match></filter>", "a\n[b]"),
        (
            f"<for iteratorVariable='x'><in>{feel('a')}</in><return>{feel('x')}</return></for>",
            "for x in a\nreturn x",
        ),
        (
            f"<some iteratorVariable='x'><in>{feel('a')}</in><satisfies>{feel('x')}</satisfies>"
            "</some>",
            "some x in a\nsatisfies x",
        ),
        (f"<context>{entry('a', TABLE)}</context>", "{\n  a:\nTABLE\n}"),
        (f"<list>{TABLE}{feel('1')}</list>", "[\nTABLE\n  1\n]"),
        ("<list/>", "[]"),
        ("", ""),
    ],
)
def test_boxed_expressions_are_text(xml: str, text: str) -> None:
    assert text_of(boxed(xml)) == text


def test_what_does_not_fit_a_line_has_a_line_for_each_part() -> None:
    long = "x" * 50
    assert text_of(boxed(f"<list>{feel(long)}{feel(long)}</list>")) == f"[\n  {long},\n  {long}\n]"


def test_a_table_within_begins_at_its_first_rule() -> None:
    found = [
        each for each in boxed(f"<list>{TABLE}</list>", first=101) if not isinstance(each, Line)
    ]
    assert [row.number for row in found[0].rules] == [1]


def test_a_decision_without_logic_has_nothing_to_show() -> None:
    assert Outliner(1, 1).blocks(None) == ()
    assert text_of(boxed(feel(""))) == "null"
