"""Pages by key: forward, backward, merged from several ranges."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, create_engine, insert, select

from engine.errors import BadCommand
from engine.queries.pages import Keys, place, read_keys
from engine.store.tables import history_stream

column = history_stream.c


@pytest.fixture
def connection() -> Connection:
    """A table with the keys 00 … 11 of length 0 or 1."""
    made = create_engine("sqlite://").connect()
    history_stream.create(made)
    rows = [{"stream": f"{each:02}", "length": each % 2, "head": ""} for each in range(12)]
    made.execute(insert(history_stream), rows)
    return made


def read(connection: Connection, **where: object) -> Keys:
    """A page of all keys, from two ranges that overlap."""
    newest_first = bool(where.pop("newest_first", False))
    odd = select(column.stream).where(column.length == 1)
    late = select(column.stream).where(column.stream >= "06")
    early = select(column.stream).where(column.stream < "06")
    asked = {"limit": 5, "after": None, "before": None, **where}
    return read_keys(connection, [odd, late, early], place(**asked), newest_first=newest_first)


def of(found: Keys) -> list[str]:
    return [key[0] for key in found.keys]


def test_leafing_forward_gives_every_key_once_and_in_order(connection: Connection) -> None:
    seen, cursor = [], None
    while True:
        found = read(connection, after=cursor)
        seen += of(found)
        if found.next is None:
            break
        cursor = found.next[0]
    assert seen == [f"{each:02}" for each in range(12)]


def test_leafing_back_gives_the_page_before(connection: Connection) -> None:
    first = read(connection)
    second = read(connection, after=first.next[0])
    third = read(connection, after=second.next[0])
    assert first.previous is None
    assert third.next is None
    back = read(connection, before=third.previous[0])
    assert of(back) == of(second)
    assert back.next == second.next
    assert of(read(connection, before=back.previous[0])) == of(first)
    assert read(connection, before=back.previous[0]).previous is None


def test_newest_first_reads_the_other_way_round(connection: Connection) -> None:
    first = read(connection, newest_first=True)
    assert of(first) == ["11", "10", "09", "08", "07"]
    second = read(connection, newest_first=True, after=first.next[0])
    assert of(second) == ["06", "05", "04", "03", "02"]
    assert of(read(connection, newest_first=True, before=second.previous[0])) == of(first)


def test_a_page_that_ends_exactly_with_the_list_has_no_next(connection: Connection) -> None:
    assert read(connection, limit=12).next is None
    assert read(connection, limit=11).next == ("10",)


def test_an_empty_list_has_no_neighbours(connection: Connection) -> None:
    found = read_keys(connection, [], place(5, None, None))
    assert found == Keys((), None, None)


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 501}, {"after": "a", "before": "b"}])
def test_a_place_that_is_none_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadCommand):
        place(**{"limit": 5, "after": None, "before": None, **wrong})
