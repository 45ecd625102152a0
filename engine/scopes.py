"""Variables: a scope is a token's (0: the instance's); reads walk up, writes go where defined.

The values of one instance during one command, kept as the JSON bytes of the store and decoded when
read, so that a step costs what it touches and not what the instance holds. Semantics are those of
Camunda 7: a write goes to the nearest scope that has the name, else to the process instance.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from engine import feel
from engine.store.codec import dump_json, load_json

ROOT = 0
PRIVATE = "#"

Functions = Mapping[str, Callable[..., object]]
Row = tuple[int, str, bytes]


class Scopes:
    """The scopes of one instance. `parents` maps a scope to the one around it."""

    def __init__(
        self,
        parents: Mapping[int, int],
        rows: Iterable[tuple[int, str, bytes]],
        functions: Callable[[], Functions],
        constants: Mapping[str, object],
    ) -> None:
        self.parents = dict(parents)
        self._names: dict[int, dict[str, bytes]] = {ROOT: {}}
        for scope, name, value in rows:
            self._names.setdefault(scope, {})[name] = value
        self._functions = functions
        self._constants = dict(constants)
        self._decoded: dict[tuple[int, str], Any] = {}
        self._stored = frozenset(self._names)
        self._changed: set[tuple[int, str]] = set()
        self._closed: set[int] = set()

    # -- the protocol of the spiff room

    def evaluate(
        self, expression: str, scope: int, extra: Mapping[str, object] | None = None
    ) -> object:
        """The value of text, `${…}` or `= …` as seen from `scope`; `extra` hides what is there.

        Raises feel.ExpressionError.
        """
        if not feel.may_hold_expression(expression):
            return expression
        return feel.evaluate_text(expression, self.view(scope, extra), self._functions())

    def why_null(self, expression: str, scope: int) -> str:
        """Why an expression's value is null, in a sentence; empty where nothing is known."""
        return feel.reasons(expression, self.view(scope), self._functions())

    def open_scope(self, token: int, parent: int, values: Mapping[str, object]) -> None:
        """Opens the scope of `token` inside `parent`; opening it again only adds values."""
        self._names.setdefault(token, {})
        if token != ROOT:
            self.parents.setdefault(token, parent)
        self._closed.discard(token)
        for name, value in values.items():
            self.set_local(token, name, value)

    def close_scope(self, token: int) -> None:
        """Ends the scope of `token` with its variables."""
        if token == ROOT or token not in self._names:
            return
        for name in self._names.pop(token):
            self._decoded.pop((token, name), None)
            self._changed.discard((token, name))
        self.parents.pop(token, None)
        self._closed.add(token)

    def has_scope(self, token: int) -> bool:
        """Whether `token` has a scope of its own."""
        return token in self._names

    def get_local(self, scope: int, name: str) -> object:
        """The value of a name defined in this very scope. Raises KeyError."""
        key = (scope, name)
        if key not in self._decoded:
            self._decoded[key] = load_json(self._names[scope][name])
        return self._decoded[key]

    def set_local(self, scope: int, name: str, value: object) -> None:
        """Defines or changes a name in this very scope. The value must be JSON (TypeError)."""
        data = dump_json(value)
        names = self._names[scope]
        if names.get(name) == data:
            return
        names[name] = data
        self._decoded.pop((scope, name), None)
        self._changed.add((scope, name))

    def get(self, scope: int, name: str) -> object:
        """The value of a name as seen from `scope`. Raises KeyError."""
        defining = self._defining(scope, name)
        if defining is None:
            raise KeyError(name)
        return self.get_local(defining, name)

    def set(self, scope: int, name: str, value: object) -> None:
        """Writes to the nearest scope that defines the name, else to the process instance."""
        defining = self._defining(scope, name)
        self.set_local(ROOT if defining is None else defining, name, value)

    # -- for processors

    def set_constant(self, name: str, value: object) -> None:
        """Changes a name that every scope sees and none may write."""
        self._constants[name] = value

    def view(self, scope: int, extra: Mapping[str, object] | None = None) -> Mapping[str, object]:
        """All that is visible from `scope`, decoded when asked for."""
        return _View(self, scope, extra or {}, self._constants)

    def chain(self, scope: int) -> Iterator[int]:
        """`scope` and those around it, from the inside out."""
        current: int | None = scope
        while current is not None:
            yield current
            current = None if current == ROOT else self.parents.get(current, ROOT)

    def changes(self) -> tuple[list[Row], AbstractSet[int]]:
        """What the store must write: rows that are new or changed, and scopes to delete."""
        rows = [(scope, name, self._names[scope][name]) for scope, name in sorted(self._changed)]
        return rows, self._closed & self._stored

    def names(self, scope: int) -> Mapping[str, bytes]:
        """The rows of one scope as bytes."""
        return self._names.get(scope, {})

    def _defining(self, scope: int, name: str) -> int | None:
        """The nearest scope that has the name, None where none has it."""
        current = scope
        while name not in self._names.get(current, {}):
            if current == ROOT:
                return None
            current = self.parents.get(current, ROOT)
        return current


class _View(Mapping[str, object]):
    def __init__(
        self,
        scopes: Scopes,
        scope: int,
        extra: Mapping[str, object],
        constants: Mapping[str, object],
    ) -> None:
        self._scopes = scopes
        self._scope = scope
        self._extra = extra
        self._constants = constants

    def __getitem__(self, name: str) -> object:
        if name in self._constants:
            return self._constants[name]
        if name in self._extra:
            return self._extra[name]
        if name.startswith(PRIVATE):
            raise KeyError(name)
        return self._scopes.get(self._scope, name)

    def __iter__(self) -> Iterator[str]:
        seen: set[str] = set()
        sources = [self._extra, *map(self._scopes.names, self._scopes.chain(self._scope))]
        for source in [*sources, self._constants]:
            for name in source:
                if name not in seen and not name.startswith(PRIVATE):
                    seen.add(name)
                    yield name

    def __len__(self) -> int:
        return sum(1 for _ in self)
