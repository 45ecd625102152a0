"""The logic of a decision as the page shows it: its tables, and the text between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext

from engine.queries.decision_view import Block, Column, Line, TableOutline
from web.language import language

_INDENT = "  "


@dataclass(frozen=True)
class Head:
    """The head of a column, in the page's language."""

    label: str
    text: str
    type_ref: str | None
    values: str
    default: str


@dataclass(frozen=True)
class Piece:
    """A text, or a table. `is_own`: the table is the decision's whole logic."""

    text: str = ""
    table: TableOutline | None = None
    inputs: tuple[Head, ...] = ()
    outputs: tuple[Head, ...] = ()
    policy: str = ""
    is_own: bool = False


def pieces(blocks: Sequence[Block], *, own: bool = False) -> list[Piece]:
    """The pieces of a decision (`own`), or of a function."""
    return list(_pieces(blocks, own and len(blocks) == 1))


def _pieces(blocks: Iterable[Block], is_own: bool) -> Iterator[Piece]:
    for _, run in groupby(blocks, type):
        alike = list(run)
        lines = [_INDENT * each.level + each.text for each in alike if isinstance(each, Line)]
        if lines:
            yield Piece("\n".join(lines))
        yield from (_table(each, is_own) for each in alike if isinstance(each, TableOutline))


def _table(table: TableOutline, is_own: bool) -> Piece:
    return Piece(
        table=table,
        inputs=tuple(_head(each) for each in table.inputs),
        outputs=tuple(_head(each) for each in table.outputs),
        policy=policy_in_words(table.hit_policy, table.aggregation),
        is_own=is_own,
    )


def _head(column: Column) -> Head:
    return Head(
        dict(column.translations).get(language()) or column.label or gettext("Result"),
        column.text,
        column.type_ref,
        column.values,
        column.default,
    )


def policy_in_words(policy: str, aggregation: str | None) -> str:
    """What becomes of the rules of a table that match."""
    if aggregation is not None:
        return {
            "SUM": gettext("The sum over all rules that match."),
            "MIN": gettext("The smallest result of all rules that match."),
            "MAX": gettext("The largest result of all rules that match."),
            "COUNT": gettext("How many rules match."),
        }[aggregation]
    return {
        "UNIQUE": gettext("One rule may match at a time; with two the decision fails."),
        "FIRST": gettext("The first rule that matches counts."),
        "ANY": gettext("Several rules may match if they give the same; else the decision fails."),
        "PRIORITY": gettext("Of the rules that match, that whose result is listed first counts."),
        "COLLECT": gettext("All rules that match count, in any order."),
        "RULE ORDER": gettext("All rules that match count, in the order of the table."),
        "OUTPUT ORDER": gettext("All rules that match count, in the order of the listed results."),
    }[policy]
