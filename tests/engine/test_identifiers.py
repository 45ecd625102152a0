"""Identifiers against their published rules."""

from __future__ import annotations

from datetime import date

import pytest

from engine import identifiers


def numbered(first_eleven: str) -> str:
    digit = identifiers.iin_check_digit(first_eleven)
    assert digit is not None
    return f"{first_eleven}{digit}"


def test_the_check_digit_by_hand() -> None:
    # 1·1 + 2·2 + … with all digits 1: 66 mod 11 = 0
    assert identifiers.iin_check_digit("11111111111") == 0
    # 8·1 = 8
    assert identifiers.iin_check_digit("80000000000") == 8
    # 10 by the first weights (1·10), 1 by the second (1·1)
    assert identifiers.iin_check_digit("00000000010") == 1
    assert identifiers.bin_check_digit("80000000000") == 8


def test_numbers_without_a_check_digit_exist_and_are_refused() -> None:
    unusable = [
        f"900101{serial:05}"
        for serial in range(30_000, 30_400)
        if identifiers.iin_check_digit(f"900101{serial:05}") is None
    ]
    assert unusable
    assert not any(identifiers.is_iin(f"{start}{end}") for start in unusable for end in range(10))


@pytest.mark.parametrize(
    ("first_eleven", "valid"),
    [
        ("90010130000", True),
        ("00022950000", True),
        ("01022950000", False),
        ("90130130000", False),
        ("90013230000", False),
        ("90010100000", False),
        ("90010170000", False),
    ],
)
def test_the_date_and_the_seventh_digit_of_an_iin(first_eleven: str, valid: bool) -> None:
    assert identifiers.is_iin(numbered(first_eleven)) is valid


def test_the_date_of_birth_of_an_iin() -> None:
    assert identifiers.birth_date("850412400000") == date(1985, 4, 12)
    assert identifiers.birth_date("050412500000") == date(2005, 4, 12)
    assert identifiers.birth_date("050412900000") is None


@pytest.mark.parametrize(
    ("first_eleven", "valid"),
    [
        ("20014000001", True),
        ("20015000001", True),
        ("20016000001", True),
        ("20013000001", False),
        ("20134000001", False),
    ],
)
def test_the_month_and_the_fifth_digit_of_a_bin(first_eleven: str, valid: bool) -> None:
    assert identifiers.is_bin(numbered(first_eleven)) is valid


@pytest.mark.parametrize(
    "value", ["", "1", "abcdefghijkl", "٢٠٠١٤٠٠٠٠٠١٠", " 200140000010", "2001400000100"]
)
def test_what_is_no_number_at_all(value: str) -> None:
    assert not identifiers.is_iin(value)
    assert not identifiers.is_bin(value)
    assert not identifiers.is_iin_or_bin(value)


def test_a_wrong_check_digit_is_noticed() -> None:
    for first_eleven in ("20014000001", "20014000011", "90010130000"):
        good = numbered(first_eleven)
        assert identifiers.is_iin_or_bin(good)
        for digit in set("0123456789") - {good[11]}:
            assert not identifiers.is_iin_or_bin(first_eleven + digit)


def test_a_sole_trader_is_an_enterprise() -> None:
    assert identifiers.is_iin_or_bin(numbered("90010130000"))


@pytest.mark.parametrize(
    ("value", "valid"),
    [
        ("KZ86125KZT5004100100", True),
        ("KZ86 125K ZT50 0410 0100", True),
        ("KZ87125KZT5004100100", False),
        ("KZ86125KZT500410010", False),
        ("DE89370400440532013000", False),
        ("", False),
    ],
)
def test_iban(value: str, valid: bool) -> None:
    assert identifiers.is_kz_iban(value) is valid


@pytest.mark.parametrize(
    ("value", "valid"),
    [
        ("KZKOKZKX", True),
        ("KZKOKZKXXXX", True),
        ("kzkokzkx", False),
        ("KZKOKZK", False),
        ("KZKOXXKX", False),
        ("", False),
    ],
)
def test_bic(value: str, valid: bool) -> None:
    assert identifiers.is_bic(value) is valid


@pytest.mark.parametrize(
    ("value", "valid"), [("750000000", True), ("000000000", False), ("75000000", False)]
)
def test_kato(value: str, valid: bool) -> None:
    assert identifiers.is_kato(value) is valid


@pytest.mark.parametrize(
    ("number", "shown"), [("900101300000", "••••••••0000"), ("123", "123"), ("", "")]
)
def test_masked(number: str, shown: str) -> None:
    assert identifiers.masked(number) == shown
