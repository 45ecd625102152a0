"""Where a token's variables are: scopes belong to the engine, this room only names them.

A scope is named by the token that opened it, 0 is the process instance. SpiffWorkflow's own data
and script engine are never used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from engine.errors import EngineError, StepFailed
from engine.feel import is_feel

if TYPE_CHECKING:
    from engine.spiff.tokens import Token

PROCESS_SCOPE = 0


class Variables(Protocol):
    """The engine's variables, as this room sees them. Reads walk up, writes go where defined."""

    def evaluate(
        self, expression: str, scope: int, extra: Mapping[str, object] | None = None
    ) -> object:
        """The value of `${…}` in a scope; plain text is its own value.

        `extra` shadows the scope's variables. Raises EngineError where there is no value.
        """

    def why_null(self, expression: str, scope: int) -> str:
        """Why an expression's value is null, in a sentence; empty where nothing is known."""

    def open_scope(self, token: int, parent: int, values: Mapping[str, object]) -> None:
        """A new scope with these local variables."""

    def close_scope(self, token: int) -> None:
        """The scope and its local variables are gone."""

    def has_scope(self, token: int) -> bool:
        """Whether the token has a scope of its own."""

    def get_local(self, scope: int, name: str) -> object:
        """A variable of this very scope; raises KeyError."""

    def set_local(self, scope: int, name: str, value: object) -> None:
        """Set a variable of this very scope."""

    def get(self, scope: int, name: str) -> object:
        """The nearest variable of that name, walking up; raises KeyError."""

    def set(self, scope: int, name: str, value: object) -> None:
        """Set it in the nearest scope that defines it, else in the process instance."""


def scope_of(token: Token) -> int:
    """The nearest scope at or above a token."""
    if token.process.variables.has_scope(token.id):
        return token.id
    return enclosing_scope(token)


def enclosing_scope(token: Token) -> int:
    """The nearest scope above a token."""
    around = token.owner or token.workflow.host
    return PROCESS_SCOPE if around is None else scope_of(around)


def evaluate(token: Token, text: str, extra: Mapping[str, object] | None = None) -> object:
    """The value of an attribute of the diagram where the token stands; raises StepFailed."""
    try:
        return token.process.variables.evaluate(text, scope_of(token), extra)
    except StepFailed:
        raise
    except EngineError as error:
        raise StepFailed(token.element_id, f"{text}: {error}") from error


def holds(token: Token, condition: str, *, is_awaited: bool = False) -> bool:
    """Whether a condition is true where the token stands.

    Null counts as false in `${…}`. In FEEL it often means that a value was missing or of another
    kind: there it is an error that says why, but where the condition is awaited, as an event's,
    whose values may still come. Raises StepFailed, also for any other value.
    """
    value = evaluate(token, condition)
    if value is None:
        if is_feel(condition) and not is_awaited:
            found = why_null(token, condition)
            raise StepFailed(
                token.element_id, f"Expected {condition} to be true or false, but it is {found}"
            )
        return False
    if not isinstance(value, bool):
        raise StepFailed(
            token.element_id, f"Expected {condition} to be true or false, but it is {value!r}"
        )
    return value


def why_null(token: Token, expression: str) -> str:
    """The word null, with the reasons where an expression has them."""
    reason = token.process.variables.why_null(expression, scope_of(token))
    return f"null: {reason}" if reason else "null"


def read(token: Token, name: str) -> object:
    """A variable by its name; raises StepFailed where there is none."""
    try:
        return token.process.variables.get(scope_of(token), name)
    except KeyError as error:
        raise StepFailed(token.element_id, f"Expected a variable {name}, but found none") from error


def open_local_scope(token: Token, values: Mapping[str, object]) -> None:
    """Give the token these local variables, in the scope it has or in a new one."""
    variables = token.process.variables
    if not variables.has_scope(token.id):
        variables.open_scope(token.id, enclosing_scope(token), values)
        return
    for name, value in values.items():
        variables.set_local(token.id, name, value)


def write_outward(token: Token, values: Mapping[str, object]) -> None:
    """Write variables from the token's scope outward."""
    scope = scope_of(token)
    for name, value in values.items():
        token.process.variables.set(scope, name, value)
