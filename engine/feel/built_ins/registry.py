"""How a built-in function is declared, and how a call finds the overload it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from engine.feel.errors import Unfit
from engine.feel.values import Function

Body = TypeVar("Body", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Overload:
    """One way to call a built-in: parameters by FEEL name, the first `required` of them needed.

    A variadic overload takes any number of arguments and gives them to `body` as one list.
    """

    parameters: tuple[str, ...]
    required: int
    is_variadic: bool
    body: Callable[..., object]

    def takes(self, count: int) -> bool:
        return self.is_variadic or self.required <= count <= len(self.parameters)

    def takes_names(self, names: frozenset[str]) -> bool:
        return names <= set(self.parameters) and names >= set(self.parameters[: self.required])

    def call(self, arguments: Sequence[object]) -> object:
        if self.is_variadic:
            return self.body(list(arguments))
        return self.body(*arguments)

    def call_named(self, arguments: Mapping[str, object]) -> object:
        """Optional parameters before a named one that are not named themselves are null."""
        last = max((self.parameters.index(name) for name in arguments), default=-1)
        return self.body(*[arguments.get(name) for name in self.parameters[: last + 1]])


class BuiltIn(Function):
    """A built-in function: one name, one or more overloads."""

    def __init__(self, name: str) -> None:
        self.name: str = name
        self.overloads: list[Overload] = []

    @property
    def parameters(self) -> tuple[str, ...]:  # type: ignore[override]
        return self.overloads[0].parameters

    def invoke(self, arguments: Sequence[object]) -> object:
        count = len(arguments)
        for overload in self.overloads:
            if overload.takes(count):
                return overload.call(arguments)
        raise Unfit(f"expected {self.signature}, but found {count} argument(s)")

    def invoke_named(self, arguments: dict[str, object]) -> object:
        names = frozenset(arguments)
        for overload in self.overloads:
            if overload.takes_names(names):
                return overload.call_named(arguments)
        raise Unfit(f"expected {self.signature}, but found the arguments {', '.join(arguments)}")

    @property
    def signature(self) -> str:
        """The ways to call it, in words for messages: `substring(string, start position)`."""
        return " or ".join(
            f"{self.name}({', '.join(overload.parameters)})" for overload in self.overloads
        )


BUILT_INS: dict[str, BuiltIn] = {}
"""Name → function; filled as the modules beside this one are imported."""


def built_in(name: str, *parameters: str) -> Callable[[Body], Body]:
    """Declares a function as a built-in of FEEL.

    A parameter ending in `?` may be left out; one that begins with `*` takes all arguments as one
    list. Several declarations of one name are overloads: a call by position takes the first that
    accepts so many arguments, a call by name the first that has those names. Of declarations above
    one function the one nearest to it is the first.
    """

    def declare(body: Body) -> Body:
        function = BUILT_INS.setdefault(name, BuiltIn(name))
        function.overloads.append(
            Overload(
                tuple(parameter.strip("*?") for parameter in parameters),
                sum(not parameter.endswith("?") for parameter in parameters),
                any(parameter.startswith("*") for parameter in parameters),
                body,
            )
        )
        return body

    return declare
