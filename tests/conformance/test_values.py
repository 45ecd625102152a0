"""How the values of test files are read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from engine.feel.temporal import UTC, Date, DateTime, DaysTime, Offset, Time, YearsMonths
from tests.conformance.dmn_tck.values import UnreadableValue, read_content, read_text

HEAD = 'xmlns="urn:t" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def content(inner: str, attributes: str = "", cast: str | None = None) -> object:
    return read_content(etree.fromstring(f"<node {HEAD} {attributes}>{inner}</node>"), cast)


@pytest.mark.parametrize(
    ("type_name", "text", "expected"),
    [
        ("xsd:string", " as it is ", " as it is "),
        ("string", "", ""),
        ("xsd:boolean", "true", True),
        ("xsd:boolean", " 0 ", False),
        ("xsd:decimal", "-1.50", Decimal("-1.5")),
        ("xs:integer", "7", Decimal(7)),
        ("xsd:double", "1.5E3", Decimal(1500)),
        ("xsd:date", "2016-02-29", Date(2016, 2, 29)),
        ("xsd:date", "-0044-03-15", Date(-44, 3, 15)),
        ("xsd:date", "123456-01-01", Date(123456, 1, 1)),
        ("xsd:time", "10:20:30", Time(10, 20, 30)),
        ("xsd:time", "10:20:30.05Z", Time(10, 20, 30, 50_000_000, UTC)),
        ("xsd:time", "10:20:30-02:01", Time(10, 20, 30, 0, Offset(-7260))),
        ("xsd:time", "10:20:30+10:00:30", Time(10, 20, 30, 0, Offset(36_030))),
        (
            "xsd:dateTime",
            "2017-09-05T09:15:30.987654321+02:00",
            DateTime(Date(2017, 9, 5), Time(9, 15, 30, 987_654_321, Offset(7200))),
        ),
        ("xsd:duration", "P1Y2M", YearsMonths(14)),
        ("xsd:duration", "-P11M", YearsMonths(-11)),
        ("xsd:duration", "P0M", YearsMonths(0)),
        ("xsd:duration", "-P1DT2H3M4.5S", DaysTime(-93_784_500_000_000)),
        ("xsd:dayTimeDuration", "PT0S", DaysTime(0)),
        ("xsd:yearMonthDuration", "P2Y", YearsMonths(24)),
    ],
)
def test_texts_of_each_type(type_name: str, text: str, expected: object) -> None:
    found = read_text(text, type_name)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("type_name", "text"),
    [
        ("xsd:boolean", "yes"),
        ("xsd:decimal", "one"),
        ("xsd:double", "INF"),
        ("xsd:date", "2017-02-30"),
        ("xsd:date", "2017-1-1"),
        ("xsd:time", "25:00:00"),
        ("xsd:duration", "P"),
        ("xsd:duration", "PT"),
        ("xsd:duration", "P1DT"),
        ("xsd:duration", "P1Y1D"),
        ("xsd:anyURI", "x"),
    ],
)
def test_unreadable_texts_are_told(type_name: str, text: str) -> None:
    with pytest.raises(UnreadableValue, match=type_name):
        read_text(text, type_name)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("", None),
        ('<value xsi:nil="true"/>', None),
        ("<value/>", ""),
        ("<value>plain</value>", "plain"),
        ("<list/>", []),
        ('<list xsi:nil="true"/>', None),
        (
            '<list><item><value xsi:type="x:decimal">1</value></item>'
            '<item><value xsi:nil="true"/></item>'
            "<item><list><item><value>a</value></item></list></item>"
            '<item><component name="b"><value>c</value></component></item></list>',
            [Decimal(1), None, ["a"], {"b": "c"}],
        ),
        (
            '<component name="a"><component name="b c"><value>d</value></component></component>'
            '<component name="e"><list><item><value>f</value></item></list></component>'
            '<component name="g" xsi:nil="true"/>',
            {"a": {"b c": "d"}, "e": ["f"], "g": None},
        ),
    ],
)
def test_lists_components_and_null(inner: str, expected: object) -> None:
    assert content(inner) == expected


def test_a_node_itself_can_be_null() -> None:
    assert content("<value>x</value>", 'xsi:nil="true"') is None


def test_a_cast_is_the_type_of_a_value_that_names_none() -> None:
    assert content("<value>1</value>", cast="xsd:decimal") == Decimal(1)
    assert content('<value xsi:type="xsd:string">1</value>', cast="xsd:decimal") == "1"
