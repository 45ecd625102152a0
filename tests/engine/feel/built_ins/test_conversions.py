from decimal import Decimal

import pytest

from engine.feel.built_ins import conversions
from engine.feel.built_ins.registry import BUILT_INS
from engine.feel.errors import Unfit
from engine.feel.temporal import Date

D = Decimal


def _number(*arguments: object) -> object:
    return BUILT_INS["number"].invoke(arguments)


def test_this_family_is_registered() -> None:
    assert BUILT_INS["number"].overloads[0].body is conversions.number


@pytest.mark.parametrize(
    ("arguments", "result"),
    [
        (("12.5",), "12.5"),
        (("-12",), "-12"),
        (("1.000.000,01", ".", ","), "1000000.01"),
        (("1 000 000.01", " ", "."), "1000000.01"),
        (("1,000,000.01", ",", None), "1000000.01"),
        (("1,000,000", ","), "1000000"),
        (("1000000,01", None, ","), "1000000.01"),
        (("1000000.01", None, "."), "1000000.01"),
    ],
)
def test_number(arguments: tuple[object, ...], result: str) -> None:
    assert _number(*arguments) == D(result)


def test_number_by_name() -> None:
    named = {"from": "1.000,5", "decimal separator": ",", "grouping separator": "."}
    assert BUILT_INS["number"].invoke_named(named) == D("1000.5")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("foo,bar.001", ".", ","), "a number, but found 'foo,bar.001'"),
        (("1,000,000.01", " ", "."), "a number, but found '1,000,000.01'"),
        (("1.5,0", ",", "."), "a number, but found '1.5,0'"),
        (("1.5.0", None, "."), "a number, but found '1.5.0'"),
        (("",), "a number, but found ''"),
        (("NaN",), "a number, but found 'NaN'"),
        (("1.000,5", ".", "."), "two different separators, but found '.' for both"),
        (("1.000", "."), "two different separators, but found '.' for both"),
        (("1", ":", "."), "one of ' ', ',', '.' for grouping separator, but found ':'"),
        (("1", ",", ":"), "one of ',', '.' for decimal separator, but found ':'"),
        (("1", D(1), "."), "a string for grouping separator, but found a number"),
        ((None, ",", "."), "a string for from, but found null"),
        ((D(1), ",", "."), "a string for from, but found a number"),
    ],
)
def test_number_says_what_it_needs(arguments: tuple[object, ...], reason: str) -> None:
    with pytest.raises(Unfit) as caught:
        _number(*arguments)
    assert str(caught.value) == f"expected {reason}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "a"),
        ('say "hi"', 'say "hi"'),
        (D("1.10"), "1.1"),
        (True, "true"),
        (Date(2024, 2, 29), "2024-02-29"),
        ([D(1), D(2), D(3), "foo"], '[1, 2, 3, "foo"]'),
    ],
)
def test_string(value: object, text: str) -> None:
    assert BUILT_INS["string"].invoke([value]) == text
    assert BUILT_INS["string"].invoke_named({"from": value}) == text


def test_string_of_null_is_none() -> None:
    with pytest.raises(Unfit, match="expected a value to write as a string, but found null"):
        BUILT_INS["string"].invoke([None])
