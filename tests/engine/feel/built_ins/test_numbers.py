from decimal import Decimal

import pytest

from engine.feel.built_ins import numbers
from engine.feel.built_ins.registry import BUILT_INS
from engine.feel.errors import Unfit
from engine.feel.temporal import Date, DaysTime, YearsMonths

D = Decimal


def _call(name: str, *arguments: object) -> object:
    values = [D(value) if isinstance(value, str | int) else value for value in arguments]
    return BUILT_INS[name].invoke(values)


def test_this_family_is_registered() -> None:
    assert BUILT_INS["sqrt"].overloads[0].body is numbers.sqrt


@pytest.mark.parametrize(
    ("name", "n", "scale", "result"),
    [
        ("decimal", "0.515", 2, "0.52"),
        ("decimal", "2.5", 0, "2"),
        ("decimal", "1.5", 0, "2"),
        ("decimal", "0.333", "2.5", "0.33"),
        ("decimal", "1234", -2, "1.2E+3"),
        ("decimal", "-0.4", 0, "0"),
        ("floor", "1.56", 1, "1.5"),
        ("floor", "-1.56", 1, "-1.6"),
        ("ceiling", "1.56", 1, "1.6"),
        ("ceiling", "-1.56", 1, "-1.5"),
        ("round up", "5.5", 0, "6"),
        ("round up", "-5.5", 0, "-6"),
        ("round up", "1.121", 2, "1.13"),
        ("round up", "5.5", 6176, "5.5"),
        ("round up", "5.5", -6111, "1E+6111"),
        ("round down", "5.5", 0, "5"),
        ("round down", "-1.126", 2, "-1.12"),
        ("round down", "5.5", -6111, "0"),
        ("round half up", "5.5", 0, "6"),
        ("round half up", "-5.5", 0, "-6"),
        ("round half up", "1.125", 2, "1.13"),
        ("round half down", "5.5", 0, "5"),
        ("round half down", "-5.5", 0, "-5"),
        ("round half down", "1.126", 2, "1.13"),
        ("round up", "9." + "9" * 33, 1, "10"),
    ],
)
def test_rounding_to_a_scale(name: str, n: str, scale: object, result: str) -> None:
    found = _call(name, n, scale)
    assert found == D(result)
    assert not (found == 0 and str(found).startswith("-"))


@pytest.mark.parametrize(
    ("name", "n", "result"),
    [("floor", "1.5", 1), ("floor", "-1.5", -2), ("ceiling", "1.5", 2), ("ceiling", "-0.3", 0)],
)
def test_floor_and_ceiling_without_a_scale(name: str, n: str, result: int) -> None:
    assert _call(name, n) == result
    assert BUILT_INS[name].invoke_named({"n": D(n)}) == result


@pytest.mark.parametrize(
    "name",
    ["decimal", "floor", "ceiling", "round up", "round down", "round half up", "round half down"],
)
@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ((None, 1), "a number for n, but found null"),
        (("1.5", None), "a number for scale, but found null"),
        (("1.5", -6112), "a scale of -6111 to 6176"),
        (("1.5", 6177), "a scale of -6111 to 6176"),
        (("1.5", "1E+6000"), "a scale of -6111 to 6176"),
        (("1.5", ["a"]), "a number for scale, but found a list"),
    ],
)
def test_rounding_says_what_it_needs(name: str, arguments: tuple[object, ...], reason: str) -> None:
    with pytest.raises(Unfit) as caught:
        _call(name, *arguments)
    assert str(caught.value) == f"expected {reason}"


def test_abs_of_numbers_and_durations() -> None:
    assert _call("abs", "-1.5") == D("1.5")
    assert _call("abs", DaysTime(-5)) == DaysTime(5)
    assert _call("abs", YearsMonths(-5)) == YearsMonths(5)
    assert BUILT_INS["abs"].invoke_named({"n": D(-1)}) == 1
    with pytest.raises(Unfit, match="a number or a duration for n, but found a date"):
        _call("abs", Date(2024, 1, 1))


@pytest.mark.parametrize(
    ("dividend", "divisor", "result"),
    [
        ("12", "5", "2"),
        ("-12", "5", "3"),
        ("12", "-5", "-3"),
        ("-12", "-5", "-2"),
        ("10.1", "4.5", "1.1"),
        ("-10.1", "4.5", "3.4"),
        ("10.1", "-4.5", "-3.4"),
        ("-10.1", "-4.5", "-1.1"),
        ("0", "5", "0"),
        ("10", "5", "0"),
        ("1E+6000", "7", "1"),
        ("-1E+6000", "7", "6"),
        ("3", "1E+6000", "3"),
        ("-3", "-1E+6000", "-3"),
        ("-3", "1E+6000", "1E+6000"),
        ("1E+6144", "3E-6143", "1E-6143"),
    ],
)
def test_modulo_has_the_sign_of_the_divisor(dividend: str, divisor: str, result: str) -> None:
    assert _call("modulo", dividend, divisor) == D(result)


def test_modulo_needs_another_divisor_than_0() -> None:
    with pytest.raises(Unfit, match="expected a divisor other than 0"):
        _call("modulo", "1", "0")


@pytest.mark.parametrize(
    ("name", "number", "result"),
    [
        ("sqrt", "16", "4"),
        ("sqrt", "2", "1.414213562373095048801688724209698"),
        ("log", "1", "0"),
        ("log", "10", "2.302585092994045684017991454684364"),
        ("exp", "0", "1"),
        ("exp", "5", "148.4131591025766034211155800405523"),
        ("exp", "-1E+6000", "0"),
    ],
)
def test_roots_and_powers(name: str, number: str, result: str) -> None:
    assert _call(name, number) == D(result)
    assert BUILT_INS[name].invoke_named({"number": D(number)}) == D(result)


@pytest.mark.parametrize(
    ("name", "number"), [("sqrt", "-1"), ("log", "0"), ("log", "-1"), ("exp", "1E+6000")]
)
def test_roots_and_powers_that_are_no_number(name: str, number: str) -> None:
    with pytest.raises(Unfit, match="^expected a number"):
        _call(name, number)


@pytest.mark.parametrize(
    ("number", "is_odd"),
    [("1", True), ("-1", True), ("2", False), ("0", False), ("3.0", True), ("1E+40", False)],
)
def test_odd_and_even(number: str, is_odd: bool) -> None:
    assert _call("odd", number) is is_odd
    assert _call("even", number) is not is_odd


@pytest.mark.parametrize("name", ["odd", "even"])
def test_odd_and_even_need_whole_numbers(name: str) -> None:
    with pytest.raises(Unfit, match=r"expected a whole number, but found 1\.5"):
        _call(name, "1.5")
    with pytest.raises(Unfit, match="expected a number for number, but found null"):
        _call(name, None)
