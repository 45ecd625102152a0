"""Boxed expressions behave as the FEEL they stand for; values are of their types, or null."""

from __future__ import annotations

import pytest

from engine.dmn import DmnRefused
from tests.support.drg import boxed, compiled, decision, formal_parameters, given


def value(logic: str, *, types: str = "", **inputs: object) -> object:
    """The value of a decision with this logic that requires all inputs."""
    body = types + "".join(given(name) for name in inputs)
    return compiled(body + decision("d", logic, inputs=inputs)).evaluate("d", inputs).value


def reasons(logic: str) -> list[str]:
    return [each.reason for each in compiled(decision("d", logic)).evaluate("d", {}).warnings]


def entry(name: str | None, logic: str, type_ref: str | None = None) -> str:
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    variable = f'<variable name="{name}"{typed}/>' if name else ""
    return f"<contextEntry>{variable}{boxed(logic)}</contextEntry>"


def typed(text: str, type_ref: str) -> str:
    return f'<literalExpression typeRef="{type_ref}"><text>{text}</text></literalExpression>'


def iterator(kind: str, source: str, body: str, variable: str = "x") -> str:
    tag = "return" if kind == "for" else "satisfies"
    return (
        f'<{kind} iteratorVariable="{variable}"><in>{boxed(source)}</in>'
        f"<{tag}>{boxed(body)}</{tag}></{kind}>"
    )


def conditional(condition: str) -> str:
    return (
        f"<conditional><if>{boxed(condition)}</if><then>{boxed('1')}</then>"
        f"<else>{boxed('2')}</else></conditional>"
    )


def filtered(source: str, match: str) -> str:
    return f"<filter><in>{boxed(source)}</in><match>{boxed(match)}</match></filter>"


def test_an_entry_of_a_context_sees_those_above_it() -> None:
    assert value(f"<context>{entry('a', '1')}{entry('b', 'a + 1')}</context>") == {"a": 1, "b": 2}


def test_a_context_with_a_result_is_the_result() -> None:
    assert value(f"<context>{entry('a b', '2')}{entry(None, 'a b * 3')}</context>") == 6


def test_an_entry_hides_what_is_required_only_below_itself() -> None:
    context = f"<context>{entry('n', 'n + 1')}{entry('m', 'n')}</context>"
    assert value(context, n=1) == {"n": 2, "m": 2}


def test_names_with_signs_and_keywords_in_entries() -> None:
    context = (
        f"<context>{entry('pre-bureau', '{date and time in use: 3}')}"
        f"{entry('date and time in use', '1')}"
        f"{entry(None, 'pre-bureau.date and time in use + date and time in use')}</context>"
    )
    assert value(context) == 4


def test_an_entry_that_is_not_of_its_type_is_null() -> None:
    context = f"<context>{entry('a', '1', 'string')}</context>"
    assert value(context) == {"a": None}
    assert any("entry a: expected a value of type string" in each for each in reasons(context))


def test_an_entry_twice_is_refused() -> None:
    with pytest.raises(DmnRefused, match="entry a once"):
        value(f"<context>{entry('a', '1')}{entry('a', '2')}</context>")


def test_a_list_and_a_relation() -> None:
    assert value(f"<list>{boxed('1')}{boxed('n')}<literalExpression/></list>", n=2) == [1, 2, None]
    columns = '<column name="a"/><column name="b" typeRef="string"/>'
    row = f"<row>{boxed('1')}{boxed('2')}</row>"
    assert value(f"<relation>{columns}{row}</relation>") == [{"a": 1, "b": None}]


@pytest.mark.parametrize(
    ("logic", "expected"),
    [
        (typed("[1]", "number"), 1),
        (typed("1", "tNumbers"), [1]),
        (typed('"x"', "number"), None),
        (typed('["x"]', "tNumbers"), None),
        (typed("null", "number"), None),
    ],
)
def test_implicit_conversion(logic: str, expected: object) -> None:
    types = (
        '<itemDefinition name="tNumbers" isCollection="true"><typeRef>number</typeRef>'
        "</itemDefinition>"
    )
    assert value(logic, types=types) == expected


@pytest.mark.parametrize(
    ("condition", "expected"), [("true", 1), ("1 = 2", 2), ("null", 2), ('"yes"', 2)]
)
def test_conditional(condition: str, expected: int) -> None:
    assert value(conditional(condition)) == expected


@pytest.mark.parametrize(
    ("source", "match", "expected"),
    [
        ("[1, 2, 3]", "item > 1", [2, 3]),
        ("[{a: 1}, {a: 2}]", "a = 2", [{"a": 2}]),
        ("[1, 2, 3]", "-1", 3),
        ("5", "item = 5", [5]),
        ("[]", "item = 5", []),
    ],
)
def test_filter(source: str, match: str, expected: object) -> None:
    assert value(filtered(source, match)) == expected


@pytest.mark.parametrize(
    ("kind", "source", "body", "expected"),
    [
        ("for", "[1, 2]", "x * 2", [2, 4]),
        ("for", "[1..3]", "x", [1, 2, 3]),
        ("for", "[]", "x", []),
        ("for", "[1, 1, 1]", "count(partial) + x", [1, 2, 3]),
        ("for", "null", "x", None),
        ("some", "[1, 2]", "x > 1", True),
        ("some", "[1, 2]", "x > 2", False),
        ("some", "[]", "true", False),
        ("every", "[1, 2]", "x > 0", True),
        ("every", "[1, 2]", "x > 1", False),
        ("every", "[1, 2]", '"x"', None),
        ("every", "[]", "false", True),
    ],
)
def test_iterators(kind: str, source: str, body: str, expected: object) -> None:
    assert value(iterator(kind, source, body)) == expected


def test_iterators_within_each_other() -> None:
    inner = iterator("for", "[10, 20]", "x y + z", "z")
    assert value(iterator("for", "[1, 2]", inner, "x y")) == [[11, 21], [12, 22]]


def function(parameters: str, logic: str, kind: str = "FEEL") -> str:
    return (
        f'<functionDefinition kind="{kind}">{formal_parameters(parameters)}{boxed(logic)}'
        "</functionDefinition>"
    )


def invocation(called: str, **arguments: str) -> str:
    bindings = "".join(
        f'<binding><parameter name="{name}"/>{boxed(text)}</binding>'
        for name, text in arguments.items()
    )
    return f"<invocation>{boxed(called)}{bindings}</invocation>"


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("f(2, 3)", 8),
        ("f(b: 3, a: 2)", 8),
        ("f(2)", None),
        ('f(2, "x")', None),
        ("f([2], 3)", 8),
        (invocation("f", b="3", a="2"), 8),
        (invocation("f", a="2"), None),
        (invocation("f", a="2", b="3", c="4"), None),
        (invocation("[f][1]", a="1", b="1"), 1),
        (invocation("g", a="1"), None),
        (invocation("sum", list="[1, 2]"), 3),
    ],
)
def test_functions_and_invocations(call: str, expected: object) -> None:
    power = entry("f", function("a: number, b: number", "a ** b"))
    assert value(f"<context>{power}{entry(None, call)}</context>") == expected


def test_a_function_of_a_context_can_call_itself() -> None:
    factorial = entry("f", function("n", "if n < 2 then 1 else n * f(n - 1)"))
    assert value(f"<context>{factorial}{entry(None, 'f(10)')}</context>") == 3628800


def test_a_function_keeps_what_it_sees() -> None:
    inner = function("b", "a + b")
    outer = entry("f", function("a", inner))
    assert value(f"<context>{outer}{entry(None, 'f(1)(2)')}</context>") == 3


@pytest.mark.parametrize("kind", ["Java", "PMML"])
def test_other_kinds_of_functions_are_never_run(kind: str) -> None:
    java = function("a", f"<context>{entry('class', '&quot;java.lang.Math&quot;')}</context>", kind)
    context = f"<context>{entry('f', java)}{entry(None, 'f(1)')}</context>"
    assert value(context) is None
    assert any(f"functions of the kind {kind} are never run" in each for each in reasons(context))


def test_a_text_that_is_no_feel_is_a_problem_with_its_place() -> None:
    with pytest.raises(DmnRefused) as refused:
        value(f"<list>{boxed('1')}{boxed('1 +')}</list>")
    (problem,) = refused.value.problems
    assert "its logic, item 2 of d" in problem.message
    assert problem.line == 2


def test_a_text_that_is_no_feel_is_null_for_the_tolerant() -> None:
    decisions = compiled(decision("d", f"<list>{boxed('1')}{boxed('1 +')}</list>"), tolerant=True)
    outcome = decisions.evaluate("d", {})
    assert outcome.value == [1, None]
    assert "1 +" in outcome.warnings[0].reason
    assert len(decisions.problems) == 1
