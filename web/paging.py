"""Which page of a list is asked for: the cursor in the address."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from flask import request


class Place(TypedDict):
    """The page behind `after`, or ahead of `before`; the first one without either.

    `limit` is how many rows it holds, where that is not the usual number.
    """

    after: str | None
    before: str | None
    limit: NotRequired[int]


def place() -> Place:
    """The place of the list that the address names; `before` counts only without `after`."""
    after = request.args.get("after") or None
    before = request.args.get("before") or None
    return Place(after=after, before=None if after else before)
