"""From a decision table to boxes: what its input columns say about their values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.dmn.analysis.axis import Axis, Matched
from engine.dmn.analysis.grid import Dimension, Grid, TooLarge
from engine.dmn.model import DecisionTable, InputClause, Text
from engine.dmn.scope import Scope
from engine.dmn.tables.cells import ANYTHING, UNKNOWN, Cell, read_cell
from engine.feel.errors import ExpressionSyntaxError
from engine.feel.feel import parse_expression, parse_unary_tests
from engine.feel.syntax import Name, Node, Path
from engine.feel.types import (
    ANY,
    AnyType,
    Constrained,
    ContextOf,
    FeelType,
    Reference,
    Simple,
    name_of,
)

_WHOLE_NUMBERS = frozenset({"integer", "long"})
_MOST_TYPES = 100

MOST_BITS = 2**30
"""Regions of all different cells of a column together: 128 MB."""

Route = tuple[str, ...]
"""`applicant.age`: a variable, and members of it."""


@dataclass(frozen=True, slots=True)
class Column:
    """An input clause with its cells; `index` is that of the clause, `route` None for anything
    that is calculated. `constraints` are what the value is allowed to be, with their texts."""

    index: int
    label: str
    text: str
    route: Route | None
    type_name: str | None
    is_whole: bool
    constraints: tuple[Cell, ...]
    constraint_texts: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Inputs:
    """The columns of a table and the boxes they make. Columns of one expression are one dimension,
    as their values are the same; `dimension_of` finds it for a column's index."""

    columns: tuple[Column, ...]
    grid: Grid
    dimension_of: Mapping[int, int] = field(default_factory=dict)

    @property
    def unknown(self) -> tuple[Column, ...]:
        """The columns that can't be analysed fully."""
        return tuple(each for each in self.columns if self._is_unknown(each))

    def axis(self, column: Column) -> Axis:
        return self.grid.dimensions[self.dimension_of[column.index]].axis

    def _is_unknown(self, column: Column) -> bool:
        asked = [cell for cell in column.cells if not cell.is_anything]
        axis = self.axis(column)
        inexact = (axis.matched(cell) for cell in asked)
        return bool(asked) and (
            column.route is None
            or axis.is_opaque
            or any(not cell.is_exact for cell in asked)
            or any(matched.may & ~axis.null != matched.sure & ~axis.null for matched in inexact)
        )


def read_inputs(table: DecisionTable, scope: Scope) -> Inputs:
    """What the input columns say. A text that is no FEEL says nothing. Raises TooLarge."""
    columns = tuple(
        _column(clause, index, [rule.inputs[index] for rule in table.rules], scope)
        for index, clause in enumerate(table.inputs)
    )
    groups: dict[str, list[Column]] = {}
    for column in columns:
        groups.setdefault(column.text, []).append(column)
    dimensions = [_dimension(group, columns) for group in groups.values()]
    places = {
        column.index: place for place, group in enumerate(groups.values()) for column in group
    }
    return Inputs(columns, Grid(dimensions, len(table.rules)), places)


def _column(clause: InputClause, index: int, cells: Sequence[Text], scope: Scope) -> Column:
    text = " ".join(clause.expression.text.split())
    tree = _expression(text, scope)
    route = None if tree is None else _route(tree)
    of_clause = _Declared.of(scope.find_type(clause.type_ref))
    of_value = _Declared.of(ANY if route is None else _type_of(route, scope))
    texts = (*of_clause.constraints, *of_value.constraints)
    if clause.values is not None and clause.values.text.strip():
        texts = (clause.values.text, *texts)
    return Column(
        index,
        clause.label or text,
        text,
        route,
        of_clause.name or of_value.name,
        clause.type_ref in _WHOLE_NUMBERS,
        tuple(_cell(each, scope) for each in texts),
        texts,
        tuple(_cells(cells, scope.other_input_name(clause.variable), scope)),
    )


def _dimension(group: Sequence[Column], columns: Sequence[Column]) -> Dimension:
    """Cells are told apart by identity: to Python, true and 1 are equal."""
    first = group[0]
    distinct = {id(cell): cell for column in group for cell in column.cells}
    axis = Axis(
        next((each.type_name for each in group if each.type_name), None),
        list(distinct.values()),
        [cell for column in group for cell in column.constraints],
        is_whole=any(column.is_whole for column in group),
    )
    if len(distinct) * axis.width > MOST_BITS:
        raise TooLarge
    matched = {each: axis.matched(cell) for each, cell in distinct.items()}
    rules = zip(*(column.cells for column in group), strict=True)
    cells = [_all_of([matched[id(cell)] for cell in rule]) for rule in rules]
    return Dimension(first.label, axis, cells, _is_free(first, columns))


def _all_of(cells: Sequence[Matched]) -> Matched:
    sure, may = cells[0].sure, cells[0].may
    for cell in cells[1:]:
        sure, may = sure & cell.sure, may & cell.may
    return Matched(sure, may)


def _is_free(column: Column, columns: Sequence[Column]) -> bool:
    """Whether the value does not depend on that of another column: `a` and `a.b` do."""
    route = column.route
    if route is None:
        return False
    others = (each.route for each in columns if each.text != column.text)
    return not any(other and _is_within(route, other) for other in others)


def _is_within(one: Route, other: Route) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _expression(text: str, scope: Scope) -> Node | None:
    try:
        return parse_expression(text, scope.names, scope.named_types).tree
    except ExpressionSyntaxError:
        return None


def _cells(cells: Sequence[Text], variable: str | None, scope: Scope) -> Iterator[Cell]:
    known: dict[str, Cell] = {}
    for source in cells:
        if source.text not in known:
            known[source.text] = _cell(source.text, scope, variable)
        yield known[source.text]


def _cell(text: str, scope: Scope, variable: str | None = None) -> Cell:
    if text.strip() in ("", "-"):
        return ANYTHING
    try:
        return read_cell(parse_unary_tests(text, scope.names, scope.named_types, variable).tree)
    except ExpressionSyntaxError:
        return UNKNOWN


def _route(tree: Node) -> Route | None:
    match tree:
        case Name(_, name):
            return (name,)
        case Path(_, container, member):
            before = _route(container)
            return None if before is None else (*before, member)
    return None


def _type_of(route: Route, scope: Scope) -> FeelType:
    found = scope.variables.get(route[0], ANY)
    for member in route[1:]:
        context = _Declared.of(found).base
        members = dict(context.members) if isinstance(context, ContextOf) else {}
        found = members.get(member, ANY)
    return found


@dataclass(frozen=True, slots=True)
class _Declared:
    """What a type is in the end: its name (None for any value), and the constraints on the way."""

    base: FeelType
    constraints: tuple[str, ...] = ()

    @classmethod
    def of(cls, declared: FeelType) -> _Declared:
        constraints: list[str] = []
        for _ in range(_MOST_TYPES):
            if isinstance(declared, Reference):
                declared = declared.resolve()
            elif isinstance(declared, Constrained):
                constraints.append(declared.text)
                declared = declared.base
            else:
                return cls(declared, tuple(constraints))
        return cls(ANY)

    @property
    def name(self) -> str | None:
        if isinstance(self.base, AnyType):
            return None
        return self.base.name if isinstance(self.base, Simple) else name_of(self.base)
