"""A file's rows under staff's edits: the latest edit of a day counts, else the file."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from engine.dated import Edit, Effect, Row, Span, file_rows, holding, is_table, merged, row_of

AT = datetime(2026, 3, 2, tzinfo=UTC)


def day(text: str) -> date:
    return date.fromisoformat(text)


def row(first: str, last: str | None, value: Any, key: str = "2.2") -> Row:
    return Row(key, Span(day(first), None if last is None else day(last)), value, "S0")


def edit(first: str, last: str | None, effect: Effect, value: Any = None) -> Edit:
    span = Span(day(first), None if last is None else day(last))
    return Edit("e", "2.2", span, effect, value, "order 7", "owner-1", AT)


def told(rows: tuple[Row, ...]) -> list[tuple[str, str | None, Any]]:
    return [
        (str(each.span.first), each.span.last and str(each.span.last), each.value) for each in rows
    ]


FILE = (row("2023-06-30", None, 5),)


def test_without_edits_the_file_counts() -> None:
    assert merged(FILE, ()) == FILE


def test_a_row_from_a_day_on_ends_the_one_before() -> None:
    rows = merged(FILE, [edit("2027-01-01", None, "value", 7)])
    assert told(rows) == [("2023-06-30", "2026-12-31", 5), ("2027-01-01", None, 7)]
    assert rows[0].edit is None and rows[0].source == "S0"
    assert rows[1].edit is not None and rows[1].edit.note == "order 7"


def test_a_row_with_an_end_interrupts() -> None:
    rows = merged(FILE, [edit("2027-01-01", "2027-12-31", "value", 7)])
    assert told(rows) == [
        ("2023-06-30", "2026-12-31", 5),
        ("2027-01-01", "2027-12-31", 7),
        ("2028-01-01", None, 5),
    ]


def test_nothing_leaves_a_gap_and_the_file_can_come_back() -> None:
    gap = edit("2026-05-01", None, "nothing")
    assert told(merged(FILE, [gap])) == [("2023-06-30", "2026-04-30", 5)]
    assert told(merged(FILE, [gap, edit("0001-01-01", None, "file")])) == told(FILE)


def test_a_redeployed_file_counts_on_the_days_that_no_edit_names() -> None:
    edits = [edit("2027-01-01", "2027-12-31", "value", 7)]
    redeployed = (row("2023-06-30", "2027-06-30", 4), row("2027-07-01", None, 9))
    assert told(merged(redeployed, edits)) == [
        ("2023-06-30", "2026-12-31", 4),
        ("2027-01-01", "2027-12-31", 7),
        ("2028-01-01", None, 9),
    ]


def test_another_key_is_left_alone_and_a_new_one_comes_last() -> None:
    other = row("2024-01-01", None, 1, key="9")
    rows = merged((other, *FILE), [edit("2027-01-01", None, "value", 7)])
    assert [each.key for each in rows] == ["9", "2.2", "2.2"]
    new = merged((other,), [edit("2027-01-01", None, "value", 7)])
    assert [each.key for each in new] == ["9", "2.2"]


@pytest.mark.parametrize("seed", range(20))
def test_every_day_is_told_by_the_last_edit_that_names_it(seed: int) -> None:
    chance = random.Random(seed)
    begin = date(2026, 1, 1)
    file = (row("2026-01-05", "2026-01-15", "a"), row("2026-01-20", None, "b"))
    edits = []
    for number in range(8):
        first = begin + timedelta(days=chance.randrange(40))
        last = None if chance.random() < 0.2 else first + timedelta(days=chance.randrange(15))
        effect: Effect = chance.choice(("value", "nothing", "file"))
        edits.append(Edit(str(number), "2.2", Span(first, last), effect, number, "", "", AT))
    rows = merged(file, edits)
    for each in (begin + timedelta(days=number) for number in range(80)):
        naming = [edit for edit in edits if edit.span.has(each)]
        from_file = holding(file, "2.2", each)
        if not naming or naming[-1].effect == "file":
            expected = None if from_file is None else from_file.value
        else:
            expected = naming[-1].value if naming[-1].effect == "value" else None
        held = [one.value for one in rows if one.span.has(each)]
        assert held == ([] if expected is None else [expected]), each


def test_a_file_is_read_and_written_back() -> None:
    content = {"rows": [{"key": "a", "from": "2026-01-01", "to": None, "value": 1, "source": "S0"}]}
    rows = file_rows(content)
    assert [row_of(each) for each in rows] == content["rows"]
    assert file_rows({"rows": [{"key": "a", "value": 1}]})[0].span == Span(date.min, None)


@pytest.mark.parametrize("content", [None, [], {}, {"rows": [{"row": "2.2"}]}, {"rows": {}}])
def test_other_files_are_no_tables(content: object) -> None:
    assert not is_table(content)
    assert file_rows(content) == ()
