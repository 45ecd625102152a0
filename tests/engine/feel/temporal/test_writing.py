from __future__ import annotations

import pytest

from engine.feel.temporal import DaysTime, parse_duration, parse_literal, text


@pytest.mark.parametrize(
    "written",
    [
        "2024-05-06",
        "-0044-03-15",
        "0000-01-01",
        "123456-07-08",
        "-999999999-01-01",
        "00:00:00",
        "10:20:00.123456789",
        "10:20:00Z",
        "10:20:00+05:30",
        "10:20:00-02:45:55",
        "10:20:00@Etc/UTC",
        "2024-05-06T10:20:00.5@Europe/Paris",
        "-99999-12-31T11:22:33",
        "P1DT2H3M4.5S",
        "PT0S",
        "-P1D",
        "P1Y2M",
        "P0M",
        "-P11M",
    ],
)
def test_the_text_of_a_value_reads_back(written: str) -> None:
    assert text(parse_literal(written)) == written


@pytest.mark.parametrize(
    ("written", "shortest"),
    [
        ("10:20:00.500", "10:20:00.5"),
        ("10:20:00.000", "10:20:00"),
        ("10:20:00+00:00", "10:20:00Z"),
        ("24:00:00", "00:00:00"),
        ("PT26H", "P1DT2H"),
        ("PT3600.0S", "PT1H"),
        ("-PT90S", "-PT1M30S"),
        ("P0D", "PT0S"),
        ("-PT0S", "PT0S"),
        ("P14M", "P1Y2M"),
        ("P24M", "P2Y"),
        ("-P0Y", "P0M"),
    ],
)
def test_a_value_has_one_text(written: str, shortest: str) -> None:
    assert text(parse_literal(written)) == shortest


def test_the_least_of_a_second_is_written() -> None:
    assert text(DaysTime(-1)) == "-PT0.000000001S"
    assert parse_duration("-PT0.000000001S") == DaysTime(-1)
