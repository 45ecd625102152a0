"""Searching lists by what a person types: a business key, a title, a BIN."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ColumnElement, or_

LONGEST = 100
"""Characters of a search; what is beyond is left out."""


def matches(
    text: str,
    business_key: Column[Any],
    title: Column[Any],
    party: Column[Any],
) -> ColumnElement[bool] | None:
    """Rows whose business key or title contains the text, or whose party begins with it.

    None for an empty text. SQLite folds the case of Latin letters only, so a title is also looked
    for in lower case, upper case and with a capital first letter.
    """
    wanted = text.strip()[:LONGEST]
    if not wanted:
        return None
    spellings = dict.fromkeys((wanted, wanted.lower(), wanted.upper(), wanted.capitalize()))
    return or_(
        business_key.icontains(wanted, autoescape=True),
        party.startswith(wanted, autoescape=True),
        *(title.icontains(spelling, autoescape=True) for spelling in spellings),
    )
