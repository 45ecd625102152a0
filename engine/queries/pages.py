"""Pages by key: a page begins behind the last row of the page before, never by counting rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Select, select, tuple_, union_all

from engine.errors import BadCommand

MOST = 500
"""Rows that one page may have."""

_AT_ONCE = 100
"""Ranges that one statement reads; SQLite takes 500 selects in one."""

Key = tuple[Any, ...]
Row = TypeVar("Row")


@dataclass(frozen=True)
class Place:
    """Which page: `limit` rows behind the key `after`, or those just ahead of the key `before`."""

    limit: int
    after: Key | None = None
    before: Key | None = None

    @property
    def backward(self) -> bool:
        """Whether the page is read from its end."""
        return self.before is not None


@dataclass(frozen=True)
class Keys:
    """The keys of one page in the list's order, and the keys its neighbours begin from."""

    keys: tuple[Key, ...]
    next: Key | None
    previous: Key | None


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A page of rows. `next` and `previous` are cursors: `after=next`, `before=previous`."""

    rows: tuple[Row, ...]
    next: str | None = None
    previous: str | None = None


def place(
    limit: int,
    after: str | None,
    before: str | None,
    read: Callable[[str], Key] = lambda cursor: (cursor,),
) -> Place:
    """A place by cursors. Raises BadCommand for a limit or a cursor that is none."""
    if not 1 <= limit <= MOST:
        raise BadCommand(f"Expected a page of 1 to {MOST} rows, but found {limit}")
    if after is not None and before is not None:
        raise BadCommand("Expected one of `after` and `before`, but found both")
    return Place(
        limit, None if after is None else read(after), None if before is None else read(before)
    )


def read_keys(
    connection: Connection,
    ranges: Iterable[Select[Any]],
    where: Place,
    *,
    newest_first: bool = False,
) -> Keys:
    """Merges ranges that each come in order from an index; a key in several counts once.

    The columns that a select gives are its order. Of each range at most `limit` + 1 rows are read.
    """
    descending = newest_first != where.backward
    cut = [_cut(query, where, descending) for query in ranges]
    found: set[Key] = set()
    for first in range(0, len(cut), _AT_ONCE):
        rows = connection.execute(_all_of(cut[first : first + _AT_ONCE]))
        found.update(tuple(row) for row in rows)
    merged = sorted(found, reverse=descending)
    more = len(merged) > where.limit
    keys = merged[: where.limit]
    if where.backward:
        keys.reverse()
    begins_list = where.after is None and not (where.backward and more)
    ends_list = not more and not where.backward
    return Keys(
        tuple(keys),
        next=None if ends_list or not keys else keys[-1],
        previous=None if begins_list or not keys else keys[0],
    )


def _all_of(cut: list[Select[Any]]) -> Any:
    """One statement for several ranges, each cut off for itself."""
    if len(cut) == 1:
        return cut[0]
    parts = [query.subquery() for query in cut]
    return union_all(*(select(*part.c) for part in parts))


def _cut(query: Select[Any], where: Place, descending: bool) -> Select[Any]:
    order = list(query.selected_columns)
    edge = where.before if where.backward else where.after
    if edge is not None:
        here: Any = order[0] if len(order) == 1 else tuple_(*order)
        value: Any = edge[0] if len(order) == 1 else edge
        query = query.where(here < value if descending else here > value)
    directed = [column.desc() if descending else column.asc() for column in order]
    return query.order_by(*directed).limit(where.limit + 1)
