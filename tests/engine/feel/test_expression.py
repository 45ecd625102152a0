"""What expressions mean, and that texts around them are read as Camunda reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine.errors import EngineError
from engine.feel import (
    BUILT_IN_FUNCTIONS,
    EvaluationError,
    ExpressionSyntaxError,
    evaluate_text,
    find_expressions,
    is_expression,
    parse,
    reasons,
)

VARIABLES: dict[str, object] = {
    "places": 3,
    "decision": "approve",
    "reason": None,
    "is_eligible": True,
    "rate": 0.2,
    "bin": "123456789012",
    "applications": [{"places": 1}, {"places": 2, "tags": ["a", "b"]}],
    "centre": {"code": "almaty", "address": {"city": "Алматы"}, "empty": 1},
    "nothing": [],
    "орын": 7,
}


def value(text: str, **functions: Callable[..., object]) -> object:
    return parse(text).evaluate(VARIABLES, functions)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${places > 2 && decision == 'approve'}", True),
        ("places gt 2 and decision eq 'approve'", True),
        ("places lt 3 or not is_eligible", False),
        ("not(places >= 3) || places <= 2", False),
        ("places le 3 and places ge 3 and places ne 4", True),
        ("!is_eligible ? 'no' : places == 3 ? 'three' : 'other'", "three"),
        ("is_eligible ? 1 : false ? 2 : 3", 1),
        ("1 + 2 * 3 - 4 / 2", 5),
        ("(1 + 2) * 3", 9),
        ("-places + 1", -2),
        ("--places", 3),
        ("2 - 1 - 1", 0),
        ("7 % 3", 1),
        ("-7 % 3", -1),
        ("7 div 2", 3.5),
        ("6 / 3", 2),
        ("0.1 + 0.2", 0.3),
        ("12 * rate", 2.4),
        ("1e3", 1000.0),
        ("bin + '/' + centre.code + '/' + 2026", "123456789012/almaty/2026"),
        ("'' + 2.0 + true", "2true"),
        ("centre.address.city", "Алматы"),
        ("centre['address'][\"city\"]", "Алматы"),
        ("centre.empty", 1),
        ("centre.missing", None),
        ("centre.missing.deeper", None),
        ("applications[1].tags[0]", "a"),
        ("applications[places]", None),
        ("applications[0 - 1]", None),
        ("[places, 'x', [true], null]", [3, "x", [True], None]),
        ("[]", []),
        ("empty nothing && empty reason && empty ''", True),
        ("not empty applications", True),
        ("empty 0", False),
        ("'it\\'s \\\\ \\n'", "it's \\ \n"),
        ('"say \\"so\\""', 'say "so"'),
        ("орын * 2", 14),
        ("'2026-01-09' < '2026-01-10'", True),
        ("date('2026-01-09T23:59:59+05:00') == '2026-01-09'", True),
        ("date('2026-01-09')", "2026-01-09"),
        ("append(applications, centre)[2].code", "almaty"),
        ("append(reason, 1, 2)", [1, 2]),
        ("concatenate([1], [2, 3], null)", [1, 2, 3]),
        ("string(places) + string(null)", "3"),
        ("number(' 12 ') + number('0.5')", 12.5),
        ("count(applications) + count(null)", 2),
        ("contains([1, [2]], [2])", True),
        ("contains(bin, '456')", True),
        ("contains(centre, 'code') && !contains(null, 1)", True),
        ("bin.startsWith('12') && bin.endsWith('12') && bin.contains('34')", True),
        ("decision.equals('approve')", True),
        ("decision.toUpperCase().toLowerCase().length()", 7),
        ("applications.size() == 2 and nothing.isEmpty()", True),
        ("applications.get(0).get('places')", 1),
        ("applications[1].tags.contains('b')", True),
        ("is_set('places') && is_set('reason') && !is_set('unknown')", True),
        ("is_set('unknown') && unknown > 1", False),
    ],
)
def test_values(text: str, expected: object) -> None:
    found = value(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("reason == null", True),
        ("places != null", True),
        ("reason > 1", False),
        ("reason <= 1", False),
        ("null >= null", False),
        ("reason && true", False),
        ("!reason", True),
        ("reason ? 1 : 2", 2),
        ("true == 1", False),
        ("[true] == [1]", False),
        ("1 == 1.0", True),
        ("'1' == 1", False),
        ("[1, [2]] == [1, [2]]", True),
        ("centre == applications[0]", False),
    ],
)
def test_null_and_equality(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "position", "said"),
    [
        ("places + unknown", 9, "Expected variable unknown to be set"),
        ("places + reason", 7, "found a number and null"),
        ("'a' + reason", 4, "found null"),
        ("places > 'a'", 7, "found a number and a string"),
        ("true > false", 5, "found a boolean and a boolean"),
        ("places && true", 0, "Expected true or false, but found a number"),
        ("decision ? 1 : 2", 0, "Expected true or false, but found a string"),
        ("applications * 2", 13, "found a list and a number"),
        ("'ab' * 1000000", 5, "found a string and a number"),
        ("places / 0", 7, "a number other than 0"),
        ("places % 0.0", 7, "a number other than 0"),
        ("decision.code", 8, "Expected a mapping or a list to look into, but found a string"),
        ("applications['a']", 12, "Expected a whole number as the index"),
        ("centre[0]", 6, "Expected a string as the key"),
        ("missing()", 0, "Expected a function that exists, but found missing"),
        ("append(1, 2)", 0, "append: expected a list, but found a number"),
        ("append()", 0, "append: "),
        ("number('1_000')", 0, "spells a number"),
        ("number('nan')", 0, "within range"),
        ("date('tomorrow')", 0, "Date: expected an ISO date"),
        ("places.size()", 7, "Size: expected a list"),
        ("reason.contains('a')", 7, "Contains: expected a list or a string, but found null"),
        ("9223372036854775807 + 1", 20, "at most 64 bits"),
        ("1e308 * 10", 6, "within range"),
        ("-applications", 0, "Expected a number after -"),
        ("is_set(1)", 0, "expected the name of a variable"),
        ("empty unknown", 6, "Expected variable unknown to be set"),
    ],
)
def test_what_cannot_be_evaluated(text: str, position: int, said: str) -> None:
    with pytest.raises(EvaluationError) as caught:
        value(text)
    assert said.lower() in str(caught.value).lower()
    assert caught.value.position == position
    assert caught.value.text == text


@pytest.mark.parametrize(
    ("text", "position", "said"),
    [
        ("", 0, "Expected a value, but found the end"),
        ("1 +", 3, "Expected a value, but found the end"),
        ("(1", 2, "Expected ')', but found the end"),
        ("[1, 2", 5, "Expected ']'"),
        ("a b", 2, "Expected an operator or the end, but found 'b'"),
        ("a = b", 2, "Expected ==, but found ="),
        ("a & b", 2, "Expected &&"),
        ("'open", 0, "Expected the string to be closed"),
        ("'\\d'", 1, "Expected one of"),
        ("a ? b", 5, "Expected ':'"),
        ("a.", 2, "Expected a name after '.'"),
        ("a.1", 2, "Expected a name after"),
        ("a.remove(1)", 2, "Expected one of the methods"),
        ("a.contains()", 2, "Expected contains to have 1 argument"),
        ("is_set()", 0, "Expected is_set to have one argument"),
        ("2 ** 3", 3, "Expected a value, but found '*'"),
        ("eq", 0, "Expected a value, but found 'eq'"),
        ("instanceof", 0, "Expected a value"),
        ("a; b", 1, "found ';'"),
        ("{}", 0, "found '{'"),
        ("a }", 2, "found '}'"),
        ("99999999999999999999", 0, "at most 64 bits"),
        ("1e999", 0, "within range"),
        ("x(1)(2)", 4, "Expected an operator or the end"),
    ],
)
def test_what_cannot_be_read(text: str, position: int, said: str) -> None:
    with pytest.raises(ExpressionSyntaxError) as caught:
        parse(text)
    assert said in str(caught.value)
    assert caught.value.position == position


def test_an_error_shows_the_place_and_not_more_than_a_line_of_text() -> None:
    with pytest.raises(EvaluationError, match=r"at character 1 of 'unknown'$"):
        value("${unknown}")
    with pytest.raises(ExpressionSyntaxError) as caught:
        parse("1 " * 1000)
    assert len(str(caught.value)) < 300


def test_both_sides_of_logic_are_not_always_evaluated() -> None:
    assert value("false && unknown") is False
    assert value("true || unknown") is True
    assert value("true ? 1 : unknown") == 1


def test_names_and_functions_are_known_without_evaluating() -> None:
    expression = parse(
        "${is_set('late') && a.b > workdays(n, from[0]) || empty c.d('x'.length())}".replace(
            "c.d(", "c.get("
        )
    )
    assert expression.names == {"a", "n", "from", "c"}
    assert expression.functions == {"is_set", "workdays"}
    assert expression.tested_names == {"late"}
    assert expression.functions - BUILT_IN_FUNCTIONS == {"workdays"}


def test_given_functions_are_called_and_win() -> None:
    assert value("workdays(places)", workdays=lambda n: f"in {n} days") == "in 3 days"
    assert value("count(nothing)", count=lambda items: 99) == 99
    assert value("today()", today=lambda: date(2026, 1, 9)) == "2026-01-09"


@pytest.mark.parametrize("problem", [EngineError("broken"), ValueError("broken"), KeyError("b")])
def test_a_function_that_refuses_is_an_evaluation_error(problem: Exception) -> None:
    def workdays(n: object) -> object:
        raise problem

    with pytest.raises(EvaluationError, match=r"(?i)workdays: ") as caught:
        value("1 + workdays(1)", workdays=workdays)
    assert caught.value.position == 4
    assert caught.value.__cause__ is problem


def test_values_from_outside_become_plain() -> None:
    variables = {
        "on": date(2026, 1, 9),
        "at": datetime(2026, 1, 9, 9, tzinfo=UTC),
        "sum": Decimal("10.50"),
        "pair": (1, 2),
    }
    found = parse("[on, at, sum, pair]").evaluate(variables)
    assert found == ["2026-01-09", "2026-01-09T09:00:00+00:00", 10.5, [1, 2]]


def test_only_the_names_used_are_looked_up() -> None:
    class Watched(Mapping[str, object]):
        def __init__(self) -> None:
            self.asked: list[str] = []

        def __getitem__(self, name: str) -> object:
            self.asked.append(name)
            return 1

        def __iter__(self) -> Iterator[str]:
            raise AssertionError("must not be listed")

        def __len__(self) -> int:
            raise AssertionError("must not be counted")

    variables = Watched()
    assert parse("a + b").evaluate(variables) == 2
    assert variables.asked == ["a", "b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("", ""),
        ("= places", 3),
        (" =places + 1\n", 4),
        ("a = ${places}", "a = 3"),
        ("costs $5 {x}", "costs $5 {x}"),
        ("${places}", 3),
        ("  ${places}\n", 3),
        ("№ ${places}: ${decision}.", "№ 3: approve."),
        ("${places}${places}", "33"),
        ("${places} of ${reason}", "3 of "),
        ("${'}'}", "}"),
        ("a ${ '}' } b", "a } b"),
        (r"a \${places} ${places}", "a ${places} 3"),
        (r"\${places}", "${places}"),
    ],
)
def test_texts(text: str, expected: object) -> None:
    assert evaluate_text(text, VARIABLES) == expected


@pytest.mark.parametrize("text", ["a ${places", "${places", "a ${} b", "${places} ${", "${a}}${b"])
def test_texts_that_cannot_be_read(text: str) -> None:
    with pytest.raises(ExpressionSyntaxError):
        evaluate_text(text, VARIABLES)


def test_a_list_does_not_fit_into_a_text() -> None:
    with pytest.raises(EvaluationError, match="found a list"):
        evaluate_text("a ${nothing}", VARIABLES)


def test_what_is_an_expression() -> None:
    assert is_expression("${a}")
    assert is_expression(" ${ '}' } ")
    assert is_expression("${a b}")
    assert is_expression("${a")
    assert not is_expression("a")
    assert not is_expression("${a} and ${b}")
    assert not is_expression("x ${a}")
    assert is_expression("= a")
    assert is_expression(" =a b +")
    assert not is_expression("a = b")


def test_parse_takes_one_expression_only() -> None:
    assert parse("${a}") is parse("a") is parse(" ${ a } ")
    with pytest.raises(ExpressionSyntaxError, match="nothing after it"):
        parse("${a} and ${b}")


def test_expressions_of_a_template_are_found() -> None:
    assert [found.text for found in find_expressions("x ${a} y ${ b + c }")] == ["a", "b + c"]
    assert [found.text for found in find_expressions("${a}")] == ["a"]
    assert find_expressions("plain") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("= places > 2 and decision = \"approve\"", True),
        ("=places*2", 6),
        ("  = 0.1 + 0.2 ", 0.3),
        ("= 1 / 4", 0.25),
        ("= 10 ** 18", 10**18),
        ("= applications[places = 2].tags[1]", ["a", "b"]),
        ("= applications.places", [1, 2]),
        ("= sum(applications.places) + rate", 3.2),
        ("= centre.address.city", "Алматы"),
        ("= if is_eligible then {a: [places]} else null", {"a": [3]}),
        ("= for i in 1..places return i * орын", [7, 14, 21]),
        ("= some a in applications satisfies a.places > 1", True),
        ("= date(\"2024-02-28\") + duration(\"P2D\")", "2024-03-01"),
        ("= @\"2024-02-29T12:00:00Z\"", "2024-02-29T12:00:00Z"),
        ("= reason", None),
        ("= places in [1..3]", True),
        ("= \"}\" + \"${places}\"", "}${places}"),
    ],
)  # fmt: skip
def test_feel(text: str, expected: object) -> None:
    result = parse(text).evaluate(VARIABLES)
    assert result == expected
    assert type(result) is type(expected)
    assert evaluate_text(text, VARIABLES) == expected


def test_feel_with_functions_of_the_engine() -> None:
    functions: dict[str, Callable[..., object]] = {
        "workdays": lambda days: date(2024, 2, 29 - days),
        "double": lambda number: number * 2,
    }
    assert evaluate_text("= double(places)", VARIABLES, functions) == 6
    assert evaluate_text("= workdays(2).day", VARIABLES, functions) == 27
    assert evaluate_text("= workdays(2)", VARIABLES, functions) == "2024-02-27"


def test_a_variable_wins_over_a_function_that_is_built_in() -> None:
    variables = {"count": 5, "date": "2024-02-29", "items": [1, 2]}
    assert parse("= count + 1").evaluate(variables) == 6
    assert parse("= count(items) + count").evaluate(variables) == 7
    assert parse("= date(date).year").evaluate(variables) == 2024
    assert parse("= items[item < count]").evaluate(variables) == [1, 2]
    assert parse("= sort(items, function(a, b) a > b)").names == {"items"}
    assert parse("= count + 1").names == frozenset()


def test_what_feel_reads_and_calls() -> None:
    expression = parse("= places + f(rate) + count(nothing) + {x: 1, y: x}.y")
    assert expression.names == {"places", "rate", "nothing"}
    assert expression.functions == {"f"}
    assert expression.tested_names == frozenset()
    assert expression.text == " places + f(rate) + count(nothing) + {x: 1, y: x}.y"
    assert "count" in expression.built_ins
    assert repr(parse("= 1")) == "FeelText(' 1')"


def test_feel_is_read_once() -> None:
    assert parse("= places") is parse(" = places ")
    assert find_expressions("= places") == (parse("= places"),)
    assert parse("= places") is not parse("${places}")


def test_null_of_feel_has_reasons() -> None:
    expression = parse("= unknown + places")
    assert expression.evaluate(VARIABLES) is None
    assert [(each.position, each.reason) for each in expression.warnings(VARIABLES)] == [
        (1, "Expected variable unknown to be set"),
        (9, "Expected two values around +, but found null and a number"),
    ]
    assert reasons("= unknown", VARIABLES) == "Expected variable unknown to be set"
    assert reasons("= reason", VARIABLES) == ""
    assert reasons("${reason}", VARIABLES) == ""
    assert parse("${reason}").warnings(VARIABLES) == ()


def test_a_variable_that_feel_can_not_take_is_null() -> None:
    odd = {"strange": object(), "places": 1}
    assert parse("= places").warnings(odd) == ()
    assert parse("= strange").evaluate(odd) is None
    assert reasons("= strange", odd).startswith("In variable strange: expected a JSON value")


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("=", 1, "Expected a value, but found the end"),
        ("= ", 1, "Expected a value, but found the end"),
        ("= a +", 5, "Expected a value, but found the end"),
        ("== 1", 1, "Expected a value, but found '='"),
        ("= ${a}", 2, "Expected an expression, but found '$'"),
        ("= a && b", 4, "Expected an expression, but found '&': write and"),
        (
            "= 'text'",
            2,
            'Expected an expression, but found "\'": write texts in straight double quotes: "…"',
        ),
    ],
)
def test_what_is_no_feel(text: str, position: int, reason: str) -> None:
    for read in (parse, find_expressions):
        with pytest.raises(ExpressionSyntaxError) as caught:
            read(text)
        assert (caught.value.position, caught.value.reason) == (position, reason)
        assert str(caught.value).endswith(f"at character {position + 1} of {text.strip()!r}")
    assert is_expression(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("= [1..2]", "Expected a value that a variable can hold, but found a range"),
        ("= {a: abs}", "Expected a value that a variable can hold, but found a function"),
        ("= 1e400", "Expected a number within the range of a double"),
        ("= for i in 1..20000 return i", "Expected at most 10000 items in a list"),
        ("= {f: function(n) f(n)}.f(1)", "within each other"),
    ],
)
def test_what_no_variable_can_hold(text: str, reason: str) -> None:
    with pytest.raises(EvaluationError, match=reason):
        parse(text).evaluate(VARIABLES)


def test_a_value_of_feel_is_limited_as_a_whole() -> None:
    text = "= for i in 1..100 return for j in 1..200 return s"
    with pytest.raises(EvaluationError, match="at most 1000000 characters"):
        parse(text).evaluate({"s": "x" * 100})
