from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel.errors import Unfit
from engine.feel.numbers import read_number
from engine.feel.temporal import parse_literal, text
from engine.feel.temporal.arithmetic import add, divide, multiply, negate, subtract
from engine.feel.temporal.comparing import compare


def value(written: str) -> object:
    try:
        return read_number(written)
    except Unfit:
        return parse_literal(written)


@pytest.mark.parametrize(
    ("a", "b", "total"),
    [
        ("P1D", "PT1H", "P1DT1H"),
        ("P1Y", "-P13M", "-P1M"),
        ("2024-01-31", "P1M", "2024-02-29"),
        ("2023-11-30", "P3M", "2024-02-29"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2024-01-01", "P1D", "2024-01-02"),
        ("2024-01-01", "PT23H59M", "2024-01-01"),
        ("2024-01-01", "-PT1S", "2023-12-31"),
        ("0000-12-31", "P1D", "0001-01-01"),
        ("P1D", "2024-01-01", "2024-01-02"),
        ("2024-01-31T10:00:00Z", "P1M", "2024-02-29T10:00:00Z"),
        ("2024-12-31T23:59:59.999999999", "PT0.000000001S", "2025-01-01T00:00:00"),
        ("2024-05-06T10:00:00+05:30", "PT20H", "2024-05-07T06:00:00+05:30"),
        ("P1Y", "2024-05-06T10:00:00", "2025-05-06T10:00:00"),
        ("23:59:00z", "PT2M", "00:01:00Z"),
        ("00:00:00", "-PT0.5S", "23:59:59.5"),
        ("10:00:00@Europe/Paris", "P2DT1H", "11:00:00@Europe/Paris"),
        ("PT1H", "10:00:00", "11:00:00"),
    ],
)
def test_sums(a: str, b: str, total: str) -> None:
    assert text(add(value(a), value(b))) == total


def test_a_duration_runs_through_a_clock_change() -> None:
    before = value("2024-03-31T01:30:00@Europe/Paris")
    assert text(add(before, value("PT1H"))) == "2024-03-31T03:30:00@Europe/Paris"
    assert text(add(before, value("P1D"))) == "2024-04-01T02:30:00@Europe/Paris"


def test_an_hour_that_comes_twice_is_two_hours() -> None:
    first = parse_literal("2024-10-27T02:30:00@Europe/Paris")
    second = add(first, value("PT1H"))
    assert compare(second, first) == 1
    assert text(subtract(second, first)) == "PT1H"
    assert text(add(second, value("PT1H"))) == "2024-10-27T03:30:00@Europe/Paris"


@pytest.mark.parametrize(
    ("a", "b", "difference"),
    [
        ("P1D", "PT1H", "PT23H"),
        ("P1Y", "P1M", "P11M"),
        ("2024-03-31", "P1M", "2024-02-29"),
        ("2024-03-01", "P1D", "2024-02-29"),
        ("2024-03-01T00:00:00", "PT1S", "2024-02-29T23:59:59"),
        ("10:00:00", "PT11H", "23:00:00"),
        ("2024-03-01", "2024-02-01", "P29D"),
        ("2024-02-01", "2024-03-01", "-P29D"),
        ("2024-03-01T10:00:00", "2024-03-01T11:00:00", "-PT1H"),
        ("2024-03-01T10:00:00Z", "2024-03-01T10:00:00+02:00", "PT2H"),
        ("2024-03-02T10:00:00Z", "2024-03-01", "P1DT10H"),
        ("2024-03-01", "2024-03-01T10:00:00Z", "-PT10H"),
        ("10:00:00", "11:30:00", "-PT1H30M"),
        ("10:00:00Z", "10:00:00+01:00", "PT1H"),
    ],
)
def test_differences(a: str, b: str, difference: str) -> None:
    assert text(subtract(value(a), value(b))) == difference


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("2024-03-01", "2024-03-01"),
        ("10:00:00", "P1Y"),
        ("P1D", "P1Y"),
        ("2024-03-01", "1"),
        ("999999999-12-31", "P1D"),
        ("999999999-12-31", "P1M"),
        ("999999999-12-31T23:59:59", "PT1S"),
    ],
)
def test_no_sum(a: str, b: str) -> None:
    with pytest.raises(Unfit):
        add(value(a), value(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("P1D", "2024-03-01"),
        ("P1D", "P1Y"),
        ("10:00:00", "2024-03-01"),
        ("10:00:00", "10:00:00Z"),
        ("2024-03-01T10:00:00", "2024-03-01T10:00:00Z"),
        ("2024-03-01T10:00:00", "2024-03-01"),
        ("-999999999-01-01", "P1D"),
        ("2024-03-01", "1"),
    ],
)
def test_no_difference(a: str, b: str) -> None:
    with pytest.raises(Unfit):
        subtract(value(a), value(b))


@pytest.mark.parametrize(
    ("a", "b", "product"),
    [
        ("P1D", "2", "P2D"),
        ("0.5", "PT1H", "PT30M"),
        ("P1Y", "1.5", "P1Y6M"),
        ("P1M", "0.9", "P0M"),
        ("-P3M", "0.5", "-P1M"),
        ("PT1S", "1E-9", "PT0.000000001S"),
        ("PT1S", "1E-5000", "PT0S"),
        ("PT0S", "1E+5000", "PT0S"),
        ("P1D", "0E+6000", "PT0S"),
    ],
)
def test_products(a: str, b: str, product: str) -> None:
    assert text(multiply(value(a), value(b))) == product


@pytest.mark.parametrize(
    ("a", "b", "quotient"),
    [
        ("P1D", "2", "PT12H"),
        ("PT1S", "3", "PT0.333333333S"),
        ("-P1Y", "5", "-P2M"),
        ("P1D", "1E+5000", "PT0S"),
        ("PT0S", "1E-5000", "PT0S"),
    ],
)
def test_quotients(a: str, b: str, quotient: str) -> None:
    found = divide(value(a), value(b))
    assert not isinstance(found, Decimal)
    assert text(found) == quotient


def test_a_duration_divided_by_one_of_its_kind_is_a_number() -> None:
    assert divide(value("P1D"), value("PT1H")) == 24
    assert divide(value("P1Y"), value("-P5M")) == Decimal("-2.4")
    assert divide(value("PT1S"), value("PT3S")) == Decimal("0." + "3" * 34)


@pytest.mark.parametrize(
    ("a", "b"),
    [("P1D", "0"), ("P1D", "PT0S"), ("P1Y", "P0M"), ("P1D", "P1Y"), ("1", "P1D"),
     ("P1D", "1E-5000")],
)  # fmt: skip
def test_no_quotient(a: str, b: str) -> None:
    with pytest.raises(Unfit):
        divide(value(a), value(b))


@pytest.mark.parametrize(("a", "b"), [("P1D", "P1D"), ("P1D", "1E+5000"), ("2024-01-01", "2")])
def test_no_product(a: str, b: str) -> None:
    with pytest.raises(Unfit):
        multiply(value(a), value(b))


def test_only_durations_turn_round() -> None:
    assert text(negate(value("P1D"))) == "-P1D"
    assert text(negate(value("-P1Y"))) == "P1Y"
    with pytest.raises(Unfit, match="a date"):
        negate(value("2024-01-01"))
