from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel import types
from engine.feel.errors import Unfit
from engine.feel.temporal import UTC, Date, DateTime, DaysTime, Time, YearsMonths
from engine.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DATE_TIME,
    NULL,
    NUMBER,
    STRING,
    Constrained,
    ContextOf,
    FeelType,
    FunctionOf,
    ListOf,
    RangeOf,
    Reference,
    coerce,
    conforms_to,
    is_instance,
    name_of,
    simple_type,
)
from engine.feel.values import Range
from tests.support.feel_calls import Lambda

ONE = Decimal(1)
DAY = Date(2024, 1, 1)
NOON = Time(12, 0, 0)
OF_EACH_KIND: dict[str, object] = {
    "number": ONE,
    "string": "a",
    "boolean": True,
    "date": DAY,
    "time": NOON,
    "date and time": DateTime(DAY, NOON),
    "days and time duration": DaysTime(1),
    "years and months duration": YearsMonths(1),
    "list": [ONE],
    "context": {"a": ONE},
    "range": Range(ONE, None, True, False),
}
PERSON = ContextOf((("name", STRING), ("age", NUMBER)))
SMALL = Constrained(NUMBER, lambda value: value < 10, "< 10")


class Typed(Lambda):
    def __init__(self, function_type: FunctionOf) -> None:
        super().__init__(" ".join("p" for _ in function_type.parameters), lambda *_: None)
        self.function_type = function_type


def tree() -> FeelType:
    """A node of a name, and children that are nodes."""
    node: FeelType = ContextOf((("name", STRING), ("children", ListOf(Reference("tNode", tree)))))
    return node


@pytest.mark.parametrize("name", OF_EACH_KIND)
def test_a_value_is_an_instance_of_its_own_type_and_any(name: str) -> None:
    for other, value in OF_EACH_KIND.items():
        feel_type = simple_type(name)
        assert feel_type is not None
        assert is_instance(value, feel_type) is (other == name)
    assert is_instance(OF_EACH_KIND[name], ANY)
    assert not is_instance(OF_EACH_KIND[name], NULL)


def test_null_is_an_instance_of_null_only() -> None:
    assert is_instance(None, NULL)
    for feel_type in (ANY, NUMBER, ListOf(ANY), ContextOf(()), FunctionOf((), ANY)):
        assert not is_instance(None, feel_type)


@pytest.mark.parametrize(
    ("value", "feel_type", "expected"),
    [
        ([ONE, ONE], ListOf(NUMBER), True),
        ([ONE, "a"], ListOf(NUMBER), False),
        ([ONE, None], ListOf(NUMBER), True),
        ([ONE, "a", DAY], ListOf(ANY), True),
        ([], ListOf(NUMBER), True),
        ([ONE], NUMBER, False),
        (ONE, ListOf(NUMBER), False),
        ([{"name": "a", "age": ONE}], ListOf(PERSON), True),
        ({"name": "a", "age": ONE, "more": ONE}, PERSON, True),
        ({"name": "a"}, PERSON, False),
        ({"name": "a", "age": None}, PERSON, True),
        ({"name": "a", "age": "1"}, PERSON, False),
        ({"a": {"b": ONE}}, ContextOf((("a", ContextOf((("b", STRING),))),)), False),
        (Range(ONE, ONE, True, True), RangeOf(NUMBER), True),
        (Range(None, ONE, False, True), RangeOf(NUMBER), True),
        (Range(None, ONE, False, True), RangeOf(STRING), False),
        (Decimal(256), SMALL, True),
        ("a", SMALL, False),
    ],
)
def test_instances_of_types_with_parts(value: object, feel_type: FeelType, expected: bool) -> None:
    assert is_instance(value, feel_type) is expected


def test_functions_by_their_parameters_and_result() -> None:
    function = Typed(FunctionOf((NUMBER,), STRING))
    assert is_instance(function, FunctionOf((NUMBER,), STRING))
    assert is_instance(function, FunctionOf((SMALL,), ANY))
    assert not is_instance(function, FunctionOf((ANY,), STRING))
    assert not is_instance(function, FunctionOf((NUMBER,), NUMBER))
    assert not is_instance(function, FunctionOf((), STRING))
    assert not is_instance("a", FunctionOf((), STRING))


def test_a_function_that_declares_nothing_takes_anything() -> None:
    function = Lambda("a b", lambda a, b: None)
    assert is_instance(function, FunctionOf((NUMBER, STRING), NUMBER))
    assert not is_instance(function, FunctionOf((NUMBER,), ANY))


def test_a_type_that_holds_itself() -> None:
    leaf: dict[str, object] = {"name": "leaf", "children": []}
    assert is_instance({"name": "root", "children": [leaf, leaf]}, tree())
    assert not is_instance({"name": "root", "children": [{"name": "leaf"}]}, tree())
    assert conforms_to(tree(), ContextOf((("children", ListOf(Reference("tNode", tree))),)))


def test_a_name_that_leads_back_to_itself_says_nothing() -> None:
    def resolve() -> FeelType:
        return Reference("a", resolve)

    assert is_instance(ONE, Reference("a", resolve))


@pytest.mark.parametrize(
    ("value", "feel_type", "expected"),
    [
        (ONE, NUMBER, ONE),
        (None, NUMBER, None),
        (None, SMALL, None),
        ([ONE], NUMBER, ONE),
        ([ONE], SMALL, ONE),
        (ONE, ListOf(NUMBER), [ONE]),
        (ONE, ListOf(ANY), [ONE]),
        ([ONE], ANY, [ONE]),
        ([ONE], ListOf(NUMBER), [ONE]),
        ([ONE, ONE], ListOf(ListOf(NUMBER)), [[ONE, ONE]]),
        (DAY, DATE_TIME, DateTime(DAY, Time(0, 0, 0, 0, UTC))),
        (DAY, DATE, DAY),
        (ONE, Constrained(ListOf(NUMBER), lambda value: len(value) == 1, "count(?) = 1"), [ONE]),
        ({"name": "a", "age": ONE, "b": ONE}, PERSON, {"name": "a", "age": ONE, "b": ONE}),
        (
            {"name": "a", "age": ONE},
            Reference("tPerson", lambda: PERSON),
            {"name": "a", "age": ONE},
        ),
    ],
)
def test_conversions(value: object, feel_type: FeelType, expected: object) -> None:
    assert coerce(value, feel_type) == expected


@pytest.mark.parametrize(
    ("value", "feel_type", "message"),
    [
        (ONE, STRING, "expected a value of type string, but found a number"),
        ([ONE], STRING, "expected a value of type string, but found a list"),
        ([ONE, ONE], NUMBER, "expected a value of type number, but found a list"),
        ([], NUMBER, "expected a value of type number, but found a list"),
        ([[ONE]], NUMBER, "expected a value of type number, but found a list"),
        ("a", ListOf(NUMBER), "expected a value of type list<number>, but found a string"),
        ([ONE, "a"], ListOf(NUMBER), "expected a value of type number in [2], but found a string"),
        ({"name": "a"}, PERSON, "expected a value of type number in age, but found null"),
        (
            [{"name": "a", "age": ONE}, {"name": ONE, "age": ONE}],
            ListOf(PERSON),
            "expected a value of type string in [2].name, but found a number",
        ),
        (Decimal(10), SMALL, "expected a value that is allowed: < 10, but found 10"),
        (
            [Decimal(10)],
            ListOf(SMALL),
            "expected a value that is allowed in [1]: < 10, but found 10",
        ),
        (DateTime(DAY, NOON), DATE, "expected a value of type date, but found a date and time"),
        (ONE, NULL, "expected a value of type Null, but found a number"),
    ],
)
def test_values_that_can_not_be_converted(value: object, feel_type: FeelType, message: str) -> None:
    with pytest.raises(Unfit) as raised:
        coerce(value, feel_type)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("narrow", "wide", "expected"),
    [
        (NUMBER, ANY, True),
        (ANY, NUMBER, False),
        (NULL, STRING, True),
        (SMALL, NUMBER, True),
        (ListOf(NUMBER), ListOf(ANY), True),
        (ListOf(NUMBER), RangeOf(NUMBER), False),
        (PERSON, ContextOf((("age", NUMBER),)), True),
        (ContextOf((("age", NUMBER),)), PERSON, False),
        (FunctionOf((ANY,), NUMBER), FunctionOf((STRING,), ANY), True),
        (FunctionOf((STRING,), NUMBER), FunctionOf((ANY,), ANY), False),
        (FunctionOf((None,), None), FunctionOf((STRING,), NUMBER), True),
    ],
)
def test_types_among_each_other(narrow: FeelType, wide: FeelType, expected: bool) -> None:
    assert conforms_to(narrow, wide) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("number", NUMBER),
        ("feel:string", STRING),
        ("dateTime", DATE_TIME),
        ("dayTimeDuration", types.DAYS_TIME),
        ("yearMonthDuration", types.YEARS_MONTHS),
        ("integer", NUMBER),
        ("Any", ANY),
        ("Null", NULL),
        ("tPerson", None),
        ("any", None),
    ],
)
def test_names_of_built_in_types(name: str, expected: FeelType | None) -> None:
    assert simple_type(name) == expected


def test_types_as_they_are_written() -> None:
    function = FunctionOf((ListOf(NUMBER), None), RangeOf(DATE))
    assert name_of(function) == "function<list<number>, Any>->range<date>"
    assert name_of(ContextOf((("a", BOOLEAN), ("b", SMALL)))) == "context<a: boolean, b: number>"
    assert name_of(ListOf(Reference("tNode", tree))) == "list<tNode>"
    assert name_of(NULL) == "Null"
