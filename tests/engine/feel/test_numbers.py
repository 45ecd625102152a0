from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel.errors import Unfit
from engine.feel.numbers import read_number, rounded, whole, write_number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", "0"),
        ("-1.50", "-1.5"),
        ("+.5", "0.5"),
        ("1.", "1"),
        ("1e3", "1000"),
        ("12345678901234567890123456789012345", "12345678901234567890123456789012340"),
        ("12345678901234567890123456789012355", "12345678901234567890123456789012360"),
        ("1e-7", "0.0000001"),
        ("1e40", "1" + "0" * 40),
        ("1e41", "1E+41"),
        ("-0", "0"),
        ("100", "100"),
        ("1.0000", "1"),
        ("1e-9999", "0"),
    ],
)
def test_numbers_are_read_and_written(text: str, expected: str) -> None:
    assert write_number(read_number(text)) == expected


@pytest.mark.parametrize(
    "text", ["", "a", "1,5", "1_000", " 1", "0x10", "NaN", "Infinity", "1e", "--1", "1" * 10_001]
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(Unfit, match="expected a number, but found"):
        read_number(text)


def test_what_is_out_of_range() -> None:
    for number in ("1e6145", "-1e999999"):
        with pytest.raises(Unfit, match="within range"):
            read_number(number)
    assert rounded(Decimal("9.99e6144")) == Decimal("9.99e6144")


def test_whole_numbers() -> None:
    assert whole(Decimal("-3.00"), "x") == -3
    assert whole(Decimal("0e50"), "x") == 0
    for value, reason in (
        (Decimal("1.5"), "expected a whole number for x, but found 1.5"),
        (Decimal("1e41"), "expected a smaller number for x"),
        ("1", "expected a whole number for x"),
        (True, "expected a whole number for x"),
    ):
        with pytest.raises(Unfit, match=reason):
            whole(value, "x")
