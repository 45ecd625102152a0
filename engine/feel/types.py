"""FEEL's types: what `instance of` asks, what a value is converted to (DMN 1.5, 10.3.2.9)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeAlias, runtime_checkable

from engine.feel.budget import spend
from engine.feel.errors import Unfit
from engine.feel.temporal import Date, DateTime, DaysTime, Time, YearsMonths
from engine.feel.temporal.zones import UTC
from engine.feel.texts import in_short
from engine.feel.values import Function, Range, kind


@dataclass(frozen=True, slots=True)
class Simple:
    """A type of values without parts, by its FEEL name: number, string, date and time …"""

    name: str


@dataclass(frozen=True, slots=True)
class AnyType:
    """Every value."""


@dataclass(frozen=True, slots=True)
class NullType:
    """Only null."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """Lists whose items are all of a type."""

    item: FeelType


@dataclass(frozen=True, slots=True)
class ContextOf:
    """Contexts that have at least these members."""

    members: tuple[tuple[str, FeelType], ...]


@dataclass(frozen=True, slots=True)
class RangeOf:
    """Ranges whose ends are of a type."""

    item: FeelType


@dataclass(frozen=True, slots=True)
class FunctionOf:
    """Functions by the types of their parameters and their result; None: not declared."""

    parameters: tuple[FeelType | None, ...]
    result: FeelType | None


@dataclass(frozen=True, slots=True)
class Constrained:
    """The values of `base` that are allowed; `text` is the constraint as written."""

    base: FeelType
    allowed: Callable[[object], bool]
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A type by name that is looked up when it is needed, so that a type may hold itself."""

    name: str
    resolve: Callable[[], FeelType]


FeelType: TypeAlias = (
    Simple
    | AnyType
    | NullType
    | ListOf
    | ContextOf
    | RangeOf
    | FunctionOf
    | Constrained
    | Reference
)

Pair: TypeAlias = tuple[FeelType, FeelType]

ANY = AnyType()
NULL = NullType()
NUMBER = Simple("number")
STRING = Simple("string")
BOOLEAN = Simple("boolean")
DATE = Simple("date")
TIME = Simple("time")
DATE_TIME = Simple("date and time")
DAYS_TIME = Simple("days and time duration")
YEARS_MONTHS = Simple("years and months duration")

_MOST_REFERENCES = 100
_CLASSES: Mapping[str, type] = {
    "number": Decimal,
    "string": str,
    "boolean": bool,
    "date": Date,
    "time": Time,
    "date and time": DateTime,
    "days and time duration": DaysTime,
    "years and months duration": YearsMonths,
}
_NAMES: Mapping[str, FeelType] = {
    **{name: Simple(name) for name in _CLASSES},
    "Any": ANY,
    "Null": NULL,
    "list": ListOf(ANY),
    "context": ContextOf(()),
    "range": RangeOf(ANY),
    "dateTime": DATE_TIME,
    "dayTimeDuration": DAYS_TIME,
    "yearMonthDuration": YEARS_MONTHS,
    "integer": NUMBER,
    "long": NUMBER,
    "double": NUMBER,
}


@runtime_checkable
class TypedFunction(Protocol):
    """A function that says of what type it is."""

    @property
    def function_type(self) -> FunctionOf: ...


def simple_type(name: str) -> FeelType | None:
    """The built-in type of this name, None if there is none.

    Takes FEEL's names, `dateTime`, `dayTimeDuration` and `yearMonthDuration` of DMN 1.1, the
    names that Camunda's modeller writes for numbers, and each with the prefix `feel:`.
    """
    return _NAMES.get(name.strip().removeprefix("feel:"))


def is_instance(value: object, feel_type: FeelType) -> bool:
    """`value instance of type`; null is only an instance of Null.

    Allowed values play no part: they say which values are right, not of what type a value is.
    """
    if value is None:
        return _resolved(feel_type) == NULL
    return _conforms(value, feel_type, constrained=False)


def coerce(value: object, feel_type: FeelType) -> object:
    """The value as one of the type (10.3.2.9.4): itself where it conforms, null always.

    Else the item of a list of one, a list of the value, or midnight UTC of a date. Raises Unfit
    where none of them conforms with an allowed value.
    """
    if value is None or _conforms(value, feel_type, constrained=True):
        return value
    for converted in _conversions(value, _bare(feel_type)):
        if _conforms(converted, feel_type, constrained=True):
            return converted
    found = misfit(value, feel_type)
    place = f" in {found.path}" if found.path else ""
    wanted = found.type
    if isinstance(wanted, Constrained) and _conforms(found.value, wanted.base, constrained=True):
        given = in_short(found.value)
        raise Unfit(f"expected a value that is allowed{place}: {wanted.text}, but found {given}")
    raise Unfit(f"expected a value of type {name_of(wanted)}{place}, but found {kind(found.value)}")


@dataclass(frozen=True, slots=True)
class Misfit:
    """The innermost part of a value that is not of its type; `path` is as `lines[2].amount`, ""
    for all of the value."""

    path: str
    value: object
    type: FeelType


def misfit(value: object, feel_type: FeelType) -> Misfit:
    """Where a value that does not conform to a type goes wrong first."""
    path = ""
    while True:
        found = next(_misfitting(value, _bare(feel_type)), None)
        if found is None:
            return Misfit(path.removeprefix("."), value, feel_type)
        step, value, feel_type = found
        path += step


def _misfitting(value: object, bare: FeelType) -> Iterator[tuple[str, object, FeelType]]:
    """The members or items that are missing or do not conform, each after what leads to it."""
    if isinstance(bare, ContextOf) and isinstance(value, dict):
        for name, member in bare.members:
            if name not in value or not _conforms(value[name], member, constrained=True):
                yield f".{name}", value.get(name), member
    elif isinstance(bare, ListOf) and isinstance(value, list):
        for place, each in enumerate(value, start=1):
            if not _conforms(each, bare.item, constrained=True):
                yield f"[{place}]", each, bare.item


def name_of(feel_type: FeelType) -> str:
    """The type as FEEL writes it, for messages: `list<number>`."""
    match feel_type:
        case Simple(name) | Reference(name):
            return name
        case AnyType():
            return "Any"
        case NullType():
            return "Null"
        case ListOf(item):
            return f"list<{name_of(item)}>"
        case ContextOf(members):
            inner = ", ".join(f"{name}: {name_of(member)}" for name, member in members)
            return f"context<{inner}>"
        case RangeOf(item):
            return f"range<{name_of(item)}>"
        case FunctionOf(parameters, result):
            inner = ", ".join(name_of(parameter or ANY) for parameter in parameters)
            return f"function<{inner}>->{name_of(result or ANY)}"
        case Constrained(base):
            return name_of(base)


def conforms_to(narrow: FeelType, wide: FeelType) -> bool:
    """Whether every value of one type is a value of the other (10.3.2.9.2).

    Lists and ranges by their items, contexts in width and depth, functions by wider parameters
    and a narrower result. Allowed values play no part.
    """
    return _is_narrower(narrow, wide, frozenset())


def _conversions(value: object, bare: FeelType) -> Iterator[object]:
    if isinstance(bare, ListOf):
        yield [value]
    elif isinstance(value, list) and len(value) == 1:
        yield value[0]
    elif isinstance(value, Date) and bare == DATE_TIME:
        yield DateTime(value, Time(0, 0, 0, 0, UTC))


def _conforms(value: object, feel_type: FeelType, *, constrained: bool) -> bool:
    """Null conforms wherever it stands: an item or a member whose value is not known."""
    if value is None:
        return True
    match _resolved(feel_type):
        case Simple(name):
            return isinstance(value, _CLASSES[name])
        case ListOf(item):
            return isinstance(value, list) and _all_conform(value, item, constrained)
        case ContextOf(members):
            return isinstance(value, dict) and _members_conform(value, members, constrained)
        case RangeOf(item):
            return isinstance(value, Range) and _all_conform(
                (value.start, value.end), item, constrained
            )
        case FunctionOf() as wanted:
            return isinstance(value, Function) and conforms_to(_type_of(value), wanted)
        case Constrained(base, allowed):
            return _conforms(value, base, constrained=constrained) and (
                not constrained or allowed(value)
            )
        case resolved:
            return resolved == ANY


def _all_conform(values: Sequence[object], item: FeelType, constrained: bool) -> bool:
    spend(len(values))
    return all(_conforms(value, item, constrained=constrained) for value in values)


def _members_conform(
    value: Mapping[str, object], members: tuple[tuple[str, FeelType], ...], constrained: bool
) -> bool:
    spend(len(members))
    return all(
        name in value and _conforms(value[name], member, constrained=constrained)
        for name, member in members
    )


def _type_of(function: Function) -> FunctionOf:
    if isinstance(function, TypedFunction):
        return function.function_type
    return FunctionOf((None,) * len(function.parameters), None)


def _is_narrower(narrow: FeelType, wide: FeelType, asked: frozenset[Pair]) -> bool:
    """`asked` are the pairs whose answer is being looked for: of itself a type is narrower."""
    if (narrow, wide) in asked:
        return True
    asked |= {(narrow, wide)}
    match _bare(narrow), _bare(wide):
        case (NullType(), _) | (_, AnyType()):
            return True
        case (ListOf(one), ListOf(other)) | (RangeOf(one), RangeOf(other)):
            return _is_narrower(one, other, asked)
        case ContextOf(members), ContextOf(wanted):
            present = dict(members)
            return all(
                name in present and _is_narrower(present[name], member, asked)
                for name, member in wanted
            )
        case FunctionOf(takes, gives), FunctionOf(given, expected):
            return (
                len(takes) == len(given)
                and all(
                    _is_narrower(argument or ANY, parameter or ANY, asked)
                    for parameter, argument in zip(takes, given, strict=True)
                )
                and (gives is None or _is_narrower(gives, expected or ANY, asked))
            )
        case one, other:
            return one == other


def _bare(feel_type: FeelType) -> FeelType:
    """The type without the constraints around it."""
    bare = _resolved(feel_type)
    while isinstance(bare, Constrained):
        bare = _resolved(bare.base)
    return bare


def _resolved(feel_type: FeelType) -> FeelType:
    """What a reference stands for; one that leads back to itself says nothing: any value."""
    for _ in range(_MOST_REFERENCES):
        if not isinstance(feel_type, Reference):
            return feel_type
        feel_type = feel_type.resolve()
    return ANY
