"""The logic of decisions as rows to look at: tables as they stand, other boxed expressions as text.

The text is FEEL where FEEL can say it; a table within it stands between its lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from engine.dmn.model import (
    Binding,
    Conditional,
    Context,
    DecisionTable,
    Expression,
    Filter,
    FunctionDefinition,
    InputClause,
    Invocation,
    ListExpression,
    LiteralExpression,
    OutputClause,
    Relation,
    Rule,
    Text,
    Translations,
)
from engine.dmn.model import Iterator as Loop


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text; `level` says how far it is indented."""

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `text` is the expression of an input, the name of an output.

    `values` and `default` are texts of FEEL, "" where there are none.
    """

    label: str
    translations: Translations
    text: str
    type_ref: str | None
    values: str
    default: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A rule: its number from 1, its id, the texts of its cells."""

    number: int
    id: str | None
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    annotations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableOutline:
    """A decision table. `rules` are some of its rows, `count` says how many there are.

    `annotations` are the names of the columns of annotations, of which each row has as many.
    """

    hit_policy: str
    aggregation: str | None
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    annotations: tuple[str, ...]
    rules: tuple[Row, ...]
    count: int
    level: int = 0


Block: TypeAlias = Line | TableOutline


@dataclass(frozen=True)
class Outliner:
    """Makes outlines. Tables show `most` rules at a time, that of the decision from `first` on."""

    first: int
    most: int

    def blocks(self, expression: Expression | None) -> tuple[Block, ...]:
        """The blocks of the logic of a decision or function, in order; empty without logic."""
        if expression is None:
            return ()
        if isinstance(expression, DecisionTable):
            return (self._table(expression),)
        within = replace(self, first=1)
        return tuple(within._of(expression))

    def _of(self, expression: Expression | None) -> list[Block]:
        match expression:
            case None:
                return [Line("null")]
            case LiteralExpression(text=text):
                return [Line(line) for line in text.splitlines()] or [Line("null")]
            case DecisionTable():
                return [self._table(expression)]
            case Context(entries=entries):
                parts = [
                    self._labelled(f"{each.variable.name}: " if each.variable else "", each.value)
                    for each in entries
                ]
                return _enclosed("{", parts, "}")
            case ListExpression(items=items):
                return _enclosed("[", [self._of(each) for each in items], "]")
            case Relation():
                return self._relation(expression)
            case Invocation(called=called, bindings=bindings):
                return self._invocation(self._of(called), bindings)
            case FunctionDefinition():
                return self._function(expression)
            case Conditional(condition=condition, then=then, otherwise=otherwise):
                branches = (("if ", condition), ("then ", then), ("else ", otherwise))
                return [block for word, each in branches for block in self._labelled(word, each)]
            case Filter(source=source, match=match):
                return [*self._of(source), *_enclosed("[", [self._of(match)], "]")]
            case Loop():
                return self._loop(expression)

    def _labelled(self, label: str, value: Expression | None) -> list[Block]:
        return _after(label, self._of(value))

    def _relation(self, relation: Relation) -> list[Block]:
        names = [column.name for column in relation.columns]
        rows = [
            _enclosed(
                "{",
                [self._labelled(f"{name}: ", cell) for name, cell in zip(names, row, strict=False)],
                "}",
            )
            for row in relation.rows
        ]
        return _enclosed("[", rows, "]", on_one_line=False)

    def _invocation(self, called: Sequence[Block], bindings: Iterable[Binding]) -> list[Block]:
        parts = [self._labelled(f"{each.parameter.name}: ", each.value) for each in bindings]
        arguments = _enclosed("(", parts, ")")
        if isinstance(called[-1], Line) and isinstance(arguments[0], Line):
            joined = replace(called[-1], text=called[-1].text + arguments[0].text)
            return [*called[:-1], joined, *arguments[1:]]
        return [*called, *arguments]

    def _function(self, function: FunctionDefinition) -> list[Block]:
        names = ", ".join(each.name for each in function.parameters)
        kind = "" if function.kind == "FEEL" else f" external {function.kind}"
        return _after(f"function({names}){kind} ", self._of(function.body))

    def _loop(self, loop: Loop) -> list[Block]:
        word = "return" if loop.kind == "for" else "satisfies"
        return [
            *self._labelled(f"{loop.kind} {loop.variable} in ", loop.source),
            *self._labelled(f"{word} ", loop.body),
        ]

    def _table(self, table: DecisionTable) -> TableOutline:
        start = max(1, self.first)
        shown = table.rules[start - 1 : start - 1 + self.most]
        width = max([len(table.annotations), *(len(rule.annotations) for rule in table.rules)])
        annotations = table.annotations + ("",) * (width - len(table.annotations))
        return TableOutline(
            table.hit_policy,
            table.aggregation,
            tuple(_input(each) for each in table.inputs),
            tuple(_output(each) for each in table.outputs),
            annotations,
            tuple(_row(rule, number, width) for number, rule in enumerate(shown, start)),
            len(table.rules),
        )


def _input(clause: InputClause) -> Column:
    text = clause.expression.text
    return Column(
        clause.label or text, clause.translations, text, clause.type_ref, _text(clause.values)
    )


def _output(clause: OutputClause) -> Column:
    name = clause.name or ""
    return Column(
        clause.label or name,
        clause.translations,
        name,
        clause.type_ref,
        _text(clause.values),
        _text(clause.default),
    )


def _row(rule: Rule, number: int, width: int) -> Row:
    return Row(
        number,
        rule.id,
        tuple(cell.text for cell in rule.inputs),
        tuple(cell.text for cell in rule.outputs),
        rule.annotations + ("",) * (width - len(rule.annotations)),
    )


def _text(text: Text | None) -> str:
    return "" if text is None else text.text


_WIDE = 80


def _enclosed(
    opening: str, parts: Sequence[Sequence[Block]], closing: str, *, on_one_line: bool = True
) -> list[Block]:
    """Parts between brackets, with commas: on one line where they are short, else each on its own.

    A table ends its part as it stands.
    """
    texts = [part[0].text for part in parts if len(part) == 1 and isinstance(part[0], Line)]
    joined = f"{opening}{', '.join(texts)}{closing}"
    if len(texts) == len(parts) and len(joined) <= _WIDE and on_one_line:
        return [Line(joined)]
    blocks: list[Block] = [Line(opening)]
    for number, part in enumerate(parts, 1):
        inner = list(_deeper(part))
        last = inner[-1]
        if number < len(parts) and isinstance(last, Line):
            inner[-1] = replace(last, text=f"{last.text},")
        blocks += inner
    return [*blocks, Line(closing)]


def _after(label: str, blocks: Sequence[Block]) -> list[Block]:
    """What follows a word: beside it where it begins with a line, else below it."""
    first, *rest = blocks
    if isinstance(first, TableOutline):
        return [Line(label.strip()), *_deeper(blocks)] if label.strip() else list(blocks)
    return [replace(first, text=f"{label}{first.text}"), *rest]


def _deeper(blocks: Iterable[Block]) -> Iterator[Block]:
    for each in blocks:
        yield replace(each, level=each.level + 1)
