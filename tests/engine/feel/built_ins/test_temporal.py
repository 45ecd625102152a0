from __future__ import annotations

from decimal import Decimal

import pytest

from engine.feel.built_ins import temporal
from engine.feel.built_ins.registry import BUILT_INS
from engine.feel.errors import Unfit
from engine.feel.temporal import Temporal, parse_literal, text
from engine.feel.values import Range

assert temporal


def call(name: str, *arguments: object) -> object:
    return BUILT_INS[name].invoke([_feel(argument) for argument in arguments])


def named(name: str, **arguments: object) -> object:
    given = {key.rstrip("_"): _feel(argument) for key, argument in arguments.items()}
    return BUILT_INS[name].invoke_named(given)


def _feel(argument: object) -> object:
    if isinstance(argument, int | float) and not isinstance(argument, bool):
        return Decimal(str(argument))
    return argument


def at(written: str) -> Temporal:
    return parse_literal(written)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["2024-05-06"], "2024-05-06"),
        ([["2024-05-06"]], "2024-05-06"),
        ([at("2024-05-06")], "2024-05-06"),
        ([at("2024-05-06T23:00:00@Europe/Paris")], "2024-05-06"),
        ([2024, 5, 6], "2024-05-06"),
        ([-44, 3, 15], "-0044-03-15"),
    ],
)
def test_date(arguments: list[object], expected: str) -> None:
    assert call("date", *arguments) == at(expected)


@pytest.mark.parametrize(
    "arguments",
    [[], [None], [[]], [2024], ["2024-05"], [2024, 5], [2024, 2, 30], [2024, 5, None],
     [2024, 5, 6.5], [10**9, 1, 1], ["2024", "5", "6"], [at("10:00:00")], [["2024-05-06"] * 2]],
)  # fmt: skip
def test_no_date(arguments: list[object]) -> None:
    with pytest.raises(Unfit):
        call("date", *arguments)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["10:20:30"], "10:20:30"),
        ([at("10:20:30Z")], "10:20:30Z"),
        ([at("2024-05-06T10:20:30@Europe/Paris")], "10:20:30@Europe/Paris"),
        ([at("2024-05-06")], "00:00:00Z"),
        ([10, 20, 30], "10:20:30"),
        ([10, 20, 30, None], "10:20:30"),
        ([10, 20, 30.25, at("-PT2H45M55S")], "10:20:30.25-02:45:55"),
        ([10, 20, 0, at("PT0S")], "10:20:00Z"),
    ],
)
def test_time(arguments: list[object], expected: str) -> None:
    found = call("time", *arguments)
    assert found == at(expected)


def test_a_second_of_34_digits_stays_below_60() -> None:
    most = Decimal("59." + "9" * 32)
    assert text(call("time", 0, 0, most)) == "00:00:59.999999999"  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "arguments",
    [[], [None], [12], [12, 0], [24, 0, 0], [12, 60, 0], [12, 0, 60], [12, 0, -1], [12.5, 0, 0],
     [12, 0, None], [12, 0, 0, at("P1Y")], [12, 0, 0, at("PT0.5S")], [12, 0, 0, at("PT15H")],
     [12, 0, 0, 5]],
)  # fmt: skip
def test_no_time(arguments: list[object]) -> None:
    with pytest.raises(Unfit):
        call("time", *arguments)


def test_date_and_time() -> None:
    assert call("date and time", "2024-05-06") == at("2024-05-06T00:00:00")
    both = call("date and time", at("2024-05-06T01:00:00Z"), at("10:20:30+02:00"))
    assert both == at("2024-05-06T10:20:30+02:00")
    assert call("date and time", [at("2024-05-06")], [at("10:20:30")]) == at("2024-05-06T10:20:30")


@pytest.mark.parametrize(
    "arguments",
    [[None], [2024], [at("2024-05-06")], [at("2024-05-06"), None], [None, at("10:00:00")],
     [at("10:00:00"), at("10:00:00")], ["2024-05-06", "10:00:00"]],
)  # fmt: skip
def test_no_date_and_time(arguments: list[object]) -> None:
    with pytest.raises(Unfit):
        call("date and time", *arguments)


def test_duration() -> None:
    assert call("duration", "PT26H") == at("P1DT2H")
    assert call("duration", ["P14M"]) == at("P1Y2M")
    wrongs: list[object] = [None, 1, "P1Y1D", at("P1D"), ["P1D", "P1D"]]
    for wrong in wrongs:
        with pytest.raises(Unfit):
            call("duration", wrong)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2011-12-22", "2013-08-24", "P1Y8M"),
        ("2013-08-24", "2011-12-22", "-P1Y8M"),
        ("2024-01-31", "2024-02-29", "P0M"),
        ("2024-02-29", "2024-01-31", "P0M"),
        ("2024-03-31", "2024-02-29", "-P1M"),
        ("2024-01-15T23:00:00", "2024-02-15", "P1M"),
        ("-0001-12-01", "0001-12-01", "P2Y"),
    ],
)
def test_years_and_months_duration(start: str, end: str, expected: str) -> None:
    assert call("years and months duration", at(start), at(end)) == at(expected)


@pytest.mark.parametrize(
    ("written", "day", "week", "weekday", "month"),
    [
        ("2019-09-17", 260, 38, "Tuesday", "September"),
        ("2003-12-29", 363, 1, "Monday", "December"),
        ("2005-01-01T10:00:00", 1, 53, "Saturday", "January"),
        ("2020-12-31", 366, 53, "Thursday", "December"),
        ("999999999-12-31", 365, 52, "Friday", "December"),
    ],
)
def test_places_in_the_year(written: str, day: int, week: int, weekday: str, month: str) -> None:
    assert call("day of year", at(written)) == day
    assert call("week of year", at(written)) == week
    assert call("day of week", at(written)) == weekday
    assert call("month of year", at(written)) == month


@pytest.mark.parametrize("name", ["day of year", "day of week", "month of year", "week of year"])
def test_only_a_date_has_a_place_in_the_year(name: str) -> None:
    wrongs: list[object] = [None, "2024-05-06", 1, at("10:00:00"), []]
    for wrong in wrongs:
        with pytest.raises(Unfit, match="expected a date or a date and time for date"):
            call(name, wrong)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (at("2012-12-25"), at("23:00:50"), False),
        (at("2012-12-25"), at("2012-12-25"), True),
        (at("23:00:50z"), at("23:00:50"), False),
        (at("23:00:50z"), at("23:00:50+00:00"), True),
        (at("23:00:50Z"), at("23:00:50@Etc/UTC"), False),
        (at("23:00:00Z"), at("22:00:00-01:00"), False),
        (at("P1D"), at("PT24H"), True),
        (at("PT0S"), at("P0M"), False),
        (None, None, True),
        (None, False, False),
        (1, 1.0, True),
        (1, True, False),
        ("1", 1, False),
        ([Decimal(1), ["a"]], [Decimal(1), ["a"]], True),
        ([Decimal(1)], [Decimal(1), Decimal(1)], False),
        ([True], [Decimal(1)], False),
        ({"a": None, "b": "x"}, {"b": "x", "a": None}, True),
        ({"a": None}, {"b": None}, False),
        (Range("a", "b", True, True), Range("a", "b", True, True), True),
        (Range("a", "b", True, True), Range("a", "b", True, False), False),
        (Range("a", "b", True, True), Range("a", "c", True, True), False),
    ],
)
def test_is(one: object, other: object, expected: bool) -> None:
    assert call("is", one, other) is expected


def test_a_function_is_itself() -> None:
    assert call("is", BUILT_INS["is"], BUILT_INS["is"]) is True
    assert call("is", BUILT_INS["is"], BUILT_INS["date"]) is False


def test_parameters_have_the_names_of_the_standard() -> None:
    assert named("date", from_="2024-05-06") == at("2024-05-06")
    assert named("date", day=6, month=5, year=2024) == at("2024-05-06")
    assert named("time", from_="10:00:00") == at("10:00:00")
    assert named("time", hour=1, minute=2, second=3, offset=at("PT1H")) == at("01:02:03+01:00")
    assert named("time", hour=1, minute=2, second=3) == at("01:02:03")
    assert named("date and time", from_="2024-05-06T10:00:00") == at("2024-05-06T10:00:00")
    assert named("date and time", date=at("2024-05-06"), time=at("10:00:00")) == at(
        "2024-05-06T10:00:00"
    )
    assert named("duration", from_="P1D") == at("P1D")
    assert named("years and months duration", from_=at("2023-05-06"), to=at("2024-05-06")) == at(
        "P1Y"
    )
    assert named("day of year", date=at("2024-01-01")) == 1
    assert named("is", value1=None, value2=None) is True
    with pytest.raises(Unfit):
        named("day of year", value=at("2024-01-01"))
