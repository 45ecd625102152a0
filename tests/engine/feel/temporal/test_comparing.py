from __future__ import annotations

import pytest

from engine.feel.errors import Unfit
from engine.feel.temporal import parse_literal
from engine.feel.temporal.comparing import compare, equal, key


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("2024-05-06", "2024-05-06"),
        ("10:00:00Z", "10:00:00@Etc/UTC"),
        ("10:00:00+02:00", "08:00:00Z"),
        ("10:00:00@Europe/Paris", "09:00:00Z"),
        ("2024-01-06T10:00:00@Europe/Paris", "2024-01-06T09:00:00Z"),
        ("2024-07-06T10:00:00@Europe/Paris", "2024-07-06T08:00:00Z"),
        ("2024-12-31T23:00:00-02:00", "2025-01-01T01:00:00Z"),
        ("999999999-07-06T10:00:00@Europe/Paris", "999999999-07-06T08:00:00Z"),
        ("P1D", "PT24H"),
        ("P1Y", "P12M"),
    ],
)
def test_equal_values(a: str, b: str) -> None:
    one, other = parse_literal(a), parse_literal(b)
    assert equal(one, other) is True
    assert compare(one, other) == 0
    assert hash(key(one)) == hash(key(other))


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("2024-01-31", "2024-02-01"),
        ("-0001-12-31", "0000-01-01"),
        ("10:00:00", "10:00:00.000000001"),
        ("10:00:00+02:00", "10:00:00+01:00"),
        ("01:00:00Z", "23:00:00-02:00"),
        ("2024-05-06T10:00:00", "2024-05-06T10:00:01"),
        ("2024-05-06T10:00:00@Asia/Almaty", "2024-05-06T10:00:00@Europe/Paris"),
        ("-P1D", "PT0S"),
        ("P11M", "P1Y"),
    ],
)
def test_order(earlier: str, later: str) -> None:
    one, other = parse_literal(earlier), parse_literal(later)
    assert compare(one, other) == -1
    assert compare(other, one) == 1
    assert equal(one, other) is False


@pytest.mark.parametrize(
    ("local", "zoned"),
    [
        ("10:00:00", "10:00:00Z"),
        ("2024-05-06T10:00:00", "2024-05-06T10:00:00Z"),
        ("2024-05-06T10:00:00", "2024-05-06T10:00:00@Etc/UTC"),
    ],
)
def test_with_and_without_a_zone_nothing_is_before_or_equal(local: str, zoned: str) -> None:
    one, other = parse_literal(local), parse_literal(zoned)
    assert equal(one, other) is False
    with pytest.raises(Unfit, match="zone"):
        compare(one, other)


def test_kinds_do_not_compare() -> None:
    one, other = parse_literal("2024-05-06"), parse_literal("2024-05-06T00:00:00")
    assert equal(one, other) is None
    with pytest.raises(Unfit, match="a date and a date and time"):
        compare(one, other)
    assert key(parse_literal("PT0S")) != key(parse_literal("P0M"))
