"""Lets a handler take many variables as one frozen dataclass.

    @external_task("demo.print_label")
    @gathers("address")
    def print_label(task: ExternalTask, address: Address) -> None: ...

The engine reads the contract from the signature, so the decorated function shows every field of
`Address` as a parameter of its own: the contract names each variable, with its type and default.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Callable
from typing import Any, get_type_hints


def gathers(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Marks parameters that are dataclasses of variables.

    Raises TypeError at import where one is no dataclass, or where two ask for the same variable.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        hints = get_type_hints(function)
        parameters: dict[str, inspect.Parameter] = {}
        fields: dict[str, tuple[str, ...]] = {}
        for name, parameter in inspect.signature(function).parameters.items():
            if name in names:
                added = _parameters_of(hints[name])
                fields[name] = tuple(added)
            else:
                added = {name: parameter.replace(annotation=hints[name])}
            repeated = parameters.keys() & added.keys()
            if repeated:
                raise TypeError(
                    f"Expected {function.__qualname__} to read each variable once, "
                    f"but {sorted(repeated)} come twice"
                )
            parameters.update(added)

        @functools.wraps(function)
        def gathered(**arguments: Any) -> Any:
            for name, own in fields.items():
                values = {key: arguments.pop(key) for key in own if key in arguments}
                arguments[name] = hints[name](**values)
            return function(**arguments)

        keyword_only = [
            parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
            for parameter in parameters.values()
        ]
        gathered.__annotations__ = {
            parameter.name: parameter.annotation for parameter in keyword_only
        } | {"return": hints.get("return")}
        vars(gathered)["__signature__"] = inspect.Signature(keyword_only)
        return gathered

    return decorate


def _parameters_of(kind: Any) -> dict[str, inspect.Parameter]:
    if not dataclasses.is_dataclass(kind):
        raise TypeError(f"Expected a dataclass of variables, but found {kind!r}")
    hints = get_type_hints(kind)
    found = {}
    for field in dataclasses.fields(kind):
        default = inspect.Parameter.empty if field.default is dataclasses.MISSING else field.default
        found[field.name] = inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=default,
            annotation=hints[field.name],
        )
    return found
