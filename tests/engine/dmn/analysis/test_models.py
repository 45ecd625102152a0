"""The analysis of whole models, as files."""

from __future__ import annotations

import pytest
from lxml import etree

from engine.dmn import read_model
from engine.dmn.analysis import Finding, analyse
from tests.support.decisions import DMN, input_data, literal, model, table


def findings(*parts: etree._Element) -> list[Finding]:
    return analyse(read_model(model(*parts), "model.dmn"))


def codes(*parts: etree._Element) -> list[tuple[str, str | None]]:
    return [(each.code, each.decision_id) for each in findings(*parts)]


def test_a_sound_model() -> None:
    rules = [("< 50", "2"), (">= 50", "5")]
    places = table("places", {"size": "number"}, {"places": "number"}, rules)
    doubled = literal("doubled", "places * 2", needs=["places"])
    assert findings(input_data("size", "number"), places, doubled) == []


def test_tables_are_judged_with_their_decision_and_line() -> None:
    rules = [("<= 50", "2"), (">= 50", "5")]
    (found,) = findings(
        input_data("size", "number"),
        table("places", {"size": "number"}, {"places": "number"}, rules, name="Places"),
    )
    assert (found.code, found.decision_id, found.rules) == ("overlapping-rules", "places", (1, 2))
    assert found.line is not None
    assert "1 (places_rule_1) and 2 (places_rule_2) of Places both match when size = 50" in (
        found.message
    )
    assert str(found) == f"line {found.line}, places: {found.message} [overlapping-rules]"


def test_types_of_inputs_come_from_the_input_data() -> None:
    rules = [("true", "1"), ("false", "2")]
    flag = table("flag", {"is_new": None}, {"n": None}, rules)
    assert codes(input_data("is_new", "boolean"), flag) == []


def test_names_that_nothing_has() -> None:
    found = findings(input_data("a"), literal("sum", "a + b + c(1) + now().year", inputs=["a"]))
    assert [(each.code, each.decision_id, each.severity) for each in found] == [
        ("unknown-name", "sum", "warning"),
        ("unknown-name", "sum", "warning"),
    ]
    assert found[0].message == (
        "Expected the name of something that sum requires in its logic, but found b."
    )


def test_where_all_is_seen_only_functions_are_known_not_to_be_there() -> None:
    (found,) = findings(literal("sum", "a + is blank(b) + now().year"))
    assert (found.code, "but found is blank" in found.message) == ("unknown-name", True)


def test_names_that_are_bound_inside_are_known() -> None:
    text = "for x in a return {y: x, z: y}.z + count(a[item > 1])"
    assert codes(input_data("a"), literal("sum", text, inputs=["a"])) == []


def test_functions_of_the_engine_are_known_where_they_are_told() -> None:
    read = read_model(model(input_data("a"), literal("d", "workdays(1)")), "model.dmn")
    assert [each.code for each in analyse(read)] == ["unknown-name"]
    assert analyse(read, functions=["workdays"]) == []


def test_a_model_that_declares_no_inputs_is_given_any() -> None:
    rules = [('"winter"', '"soup"'), ('"summer"', '"salad"')]
    dish = table("dish", {"season": "string"}, {"dish": "string"}, rules, declared=False)
    assert codes(dish) == [("uncovered-input", "dish")]


def test_what_is_no_feel_is_told_with_its_place() -> None:
    rules = [("< <", "2"), (">= 50", "5 5")]
    places = table("places", {"size": "number"}, {"places": "number"}, rules)
    found = [each for each in findings(input_data("size"), places) if each.severity == "error"]
    assert [(each.code, each.decision_id) for each in found] == [("feel-syntax", "places")] * 2
    assert "rule 1, input 1 (size)" in found[0].message
    assert "rule 2, output 1 (places)" in found[1].message
    assert all(each.line for each in found)


def test_what_belongs_to_no_decision_is_told_too() -> None:
    found = findings(input_data("a", "tMissing"), literal("d", "a", inputs=["a"]))
    assert [(each.code, each.decision_id, each.severity) for each in found] == [
        ("item-definition", None, "error")
    ]


def _entry(name: str, expression: etree._Element) -> etree._Element:
    entry = etree.Element(f"{{{DMN}}}contextEntry")
    etree.SubElement(entry, f"{{{DMN}}}variable", name=name)
    entry.append(expression)
    return entry


def _literal(text: str) -> etree._Element:
    expression = etree.Element(f"{{{DMN}}}literalExpression")
    etree.SubElement(expression, f"{{{DMN}}}text").text = text
    return expression


def test_a_table_in_a_context_sees_the_entries_above_it() -> None:
    rules = [("limit", "1"), ("> 5", "2"), ("> 6", "limits")]
    inner = table("inner", {"size": "number"}, {"n": None}, rules)
    body = inner[-1]
    context = etree.SubElement(inner, f"{{{DMN}}}context")
    context.extend([_entry("limit", _literal("5")), _entry("result", body)])
    found = findings(input_data("size", "number"), inner)
    assert [each.code for each in found] == [
        "unknown-name",
        "unreachable-rule",
        "partly-analysed",
    ]
    assert found[0].message.endswith("but found limits: did you mean limit?")


def test_the_condition_of_a_boxed_filter_sees_members_of_the_items() -> None:
    decision = literal("adults", "people", inputs=["people"])
    decision.remove(decision[-1])
    boxed = etree.SubElement(decision, f"{{{DMN}}}filter")
    etree.SubElement(boxed, f"{{{DMN}}}in").append(_literal("people"))
    etree.SubElement(boxed, f"{{{DMN}}}match").append(_literal("age >= 18"))
    assert codes(input_data("people"), decision) == []


def test_an_invocation_may_call_a_function_of_the_engine() -> None:
    decision = literal("due", "1")
    decision.remove(decision[-1])
    boxed = etree.SubElement(decision, f"{{{DMN}}}invocation")
    boxed.append(_literal("workdays"))
    read = read_model(model(input_data("a"), decision), "model.dmn")
    assert [each.code for each in analyse(read)] == ["unknown-name"]
    assert analyse(read, functions=["workdays"]) == []


def test_tables_of_functions_are_judged() -> None:
    body = table("unused", {"size": "number"}, {"n": None}, [("> 5", "1"), ("< 7", "2")])[-1]
    function = etree.Element(f"{{{DMN}}}businessKnowledgeModel", id="f", name="f")
    etree.SubElement(function, f"{{{DMN}}}variable", name="f")
    logic = etree.SubElement(function, f"{{{DMN}}}encapsulatedLogic")
    etree.SubElement(logic, f"{{{DMN}}}formalParameter", name="size", typeRef="number")
    logic.append(body)
    assert codes(function) == [("overlapping-rules", "f")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('n > number("abc")', "Expected a number"),
        ('date("2026-13-01")', "2026-13-01"),
        ('if n > 1 then date("2026-02-30") else null', "2026-02-30"),
        ('substring("abc")', "expected substring("),
        ('substring(strin: "abc", start position: n)', "found strin"),
        ('starts with("b")', "expected starts with("),
        ('"a" or "b"', "Expected two booleans"),
        ("abs(n, n)", "found 2 argument(s)"),
        ("[1, 2][3]", "index"),
        ('[date("2026-01-01")..date("2026-12-32")]', "2026-12-32"),
    ],
)
def test_what_is_null_whatever_the_inputs_are_is_an_error(text: str, reason: str) -> None:
    [finding] = findings(input_data("n", "number"), literal("d", text, inputs=["n"]))
    assert (finding.code, finding.severity, finding.decision_id) == ("always-null", "error", "d")
    assert reason in finding.message
    assert set(finding.messages) == {"kk", "ru", "en"}


@pytest.mark.parametrize(
    "text",
    [
        "null",
        "if n = null then null else n",
        "function(a) abs(a)",
        "for i in [1, 2] return i + n",
        "[abs(-1), n]",
        "count([])",
        "abs",
        "[1, null][2]",
        "{abs: function(a, b) a + b, r: abs(1, 2)}.r",
    ],
)
def test_what_is_something_or_meant_to_be_null_is_none(text: str) -> None:
    assert findings(input_data("n", "number"), literal("d", text, inputs=["n"])) == []


def test_a_cell_that_can_never_match_is_an_error() -> None:
    rows = [('> date("2026-13-01")', "1"), ("-", "2")]
    found = findings(
        input_data("day", "date"),
        table("d", {"day": "date"}, {"x": "number"}, rows, hit_policy="COLLECT"),
    )
    assert [each.code for each in found if each.severity == "error"] == ["always-null"]
