"""Variables in memory: what `engine.spiff.Variables` asks for, without a database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from engine import feel


class VariablesInMemory:
    """Scopes by token; 0 is the process instance. `functions` are those of expressions."""

    def __init__(
        self,
        values: Mapping[str, object] | None = None,
        functions: Mapping[str, Callable[..., object]] | None = None,
    ) -> None:
        self.scopes: dict[int, dict[str, object]] = {0: dict(values or {})}
        self.parents: dict[int, int] = {}
        self.functions = dict(functions or {})

    def evaluate(
        self, expression: str, scope: int, extra: Mapping[str, object] | None = None
    ) -> object:
        visible: dict[str, object] = {}
        for each in reversed(list(self._upward(scope))):
            visible.update(self.scopes[each])
        return feel.evaluate_text(expression, visible | dict(extra or {}), self.functions)

    def why_null(self, expression: str, scope: int) -> str:
        return feel.reasons(expression, self.scopes[scope], self.functions)

    def open_scope(self, token: int, parent: int, values: Mapping[str, object]) -> None:
        if token in self.scopes or parent not in self.scopes:
            raise AssertionError(f"scope {token} can't be opened in {parent}")
        self.scopes[token] = dict(values)
        self.parents[token] = parent

    def close_scope(self, token: int) -> None:
        del self.scopes[token]
        del self.parents[token]
        if token in self.parents.values():
            raise AssertionError(f"scope {token} is closed before what is inside it")

    def has_scope(self, token: int) -> bool:
        return token in self.scopes

    def get_local(self, scope: int, name: str) -> object:
        return self.scopes[scope][name]

    def set_local(self, scope: int, name: str, value: object) -> None:
        self.scopes[scope][name] = value

    def get(self, scope: int, name: str) -> object:
        return self.scopes[self._defining(scope, name)][name]

    def set(self, scope: int, name: str, value: object) -> None:
        try:
            target = self._defining(scope, name)
        except KeyError:
            target = 0
        self.scopes[target][name] = value

    def _upward(self, scope: int) -> Iterator[int]:
        current: int | None = scope
        while current is not None:
            yield current
            current = self.parents.get(current)

    def _defining(self, scope: int, name: str) -> int:
        for each in self._upward(scope):
            if name in self.scopes[each]:
                return each
        raise KeyError(name)
