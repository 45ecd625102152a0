"""What an attack is, and what may come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Dialect = Literal["feel", "juel"]


@dataclass(frozen=True, slots=True)
class Value:
    """It is an expression like any other, with this value (as JSON)."""

    value: object


@dataclass(frozen=True, slots=True)
class Null:
    """The value is null, and a warning says why: a pattern that its reason holds."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It is refused before anything runs: a pattern that the reason holds."""

    reason: str


@dataclass(frozen=True, slots=True)
class Failed:
    """It ends with an error of evaluation: a pattern that the reason holds."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """The evaluation is stopped by a limit that the error names: a pattern."""

    reason: str


Outcome = Value | Null | Refused | Failed | Stopped


@dataclass(frozen=True, slots=True)
class Attack:
    """An expression without `=` or `${ }`, and what must come of it. `given` are its variables."""

    name: str
    text: str
    must: Outcome
    given: Mapping[str, object] = field(default_factory=dict)
    dialect: Dialect = "feel"


@dataclass(frozen=True, slots=True)
class ModelAttack:
    """A DMN file, the decision asked of it, and what must come of it."""

    name: str
    xml: bytes
    must: Outcome
    decision: str = "d"
    given: Mapping[str, object] = field(default_factory=dict)


def nested(opening: str, closing: str, levels: int, within: str = "1") -> str:
    """A text within many pairs of brackets."""
    return opening * levels + within + closing * levels


def entries(count: int, first: str, following: str) -> str:
    """A context `{v0: first, v1: following …}`; `{}` in `following` is the name before."""
    later = (f"v{n}: {following.replace('{}', f'v{n - 1}')}" for n in range(1, count))
    return "{" + ", ".join([f"v0: {first}", *later]) + "}"
