"""The process applications: one package per key, and what they share.

`discover` finds by convention what each package of handlers brings along:

- functions marked with `@external_task` and `@completion_check`, in any module;
- functions marked with `@on_erasure` and `@on_cleanup`, in any module;
- classes marked with `@port`, and a module `wiring` whose `ports(surroundings)` fills them;
- a module `records` with its tables in `metadata`, and the package `migrations` beside it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from engine.completion_check import Check, check_name_of
from engine.errors import EngineError
from engine.external_task import Handler, read_handler, topic_of
from engine.retention import Retention, is_erasure, is_pruning
from handlers.shared.ports import is_port
from handlers.shared.wiring import Surroundings


class DiscoveryError(EngineError):
    """The packages of handlers contradict each other, or one can't be read."""


@dataclass(frozen=True)
class Applications:
    """All that the packages of handlers bring along.

    handlers: by topic. checks: completion checks by name. ports: the classes that handlers and
    checks ask for. metadata: SQLAlchemy MetaData of the applications' tables. migrations: folders
    of Alembic revisions, one branch each. retention: what erases and prunes their tables.
    """

    handlers: Mapping[str, Handler]
    checks: Mapping[str, Check]
    ports: frozenset[type]
    metadata: tuple[Any, ...]
    migrations: tuple[Path, ...]
    wirings: tuple[ModuleType, ...] = ()
    retention: Retention = Retention()

    def wire(self, surroundings: Surroundings) -> dict[type, object]:
        """One adapter for each port. Raises DiscoveryError where a port has none, or two."""
        adapters: dict[type, object] = {}
        for module in self.wirings:
            for port, adapter in module.ports(surroundings).items():
                if port in adapters:
                    raise DiscoveryError(
                        f"Expected one adapter for {port.__name__}, but {module.__name__} "
                        "brings another"
                    )
                adapters[port] = adapter
        missing = sorted(port.__name__ for port in self.ports - adapters.keys())
        if missing:
            raise DiscoveryError(f"Expected an adapter for {', '.join(missing)}, but there is none")
        return adapters


def discover(packages: Iterable[str] | None = None) -> Applications:
    """Reads the packages of handlers: the shared one and those named, or all below `handlers`.

    Raises DiscoveryError for a topic or check that two functions claim and for a handler whose
    signature is no contract; ImportError where a module can't be imported.
    """
    wanted = _own_packages() if packages is None else packages
    names = list(dict.fromkeys([f"{__name__}.shared", *wanted]))
    modules = [module for name in names for module in _modules(name)]
    ports = frozenset(
        value for module in modules for value in _own_values(module) if is_port(value)
    )
    handlers: dict[str, Handler] = {}
    checks: dict[str, Check] = {}
    for module in modules:
        for value in _own_values(module):
            topic, check = topic_of(value), check_name_of(value)
            if topic is not None:
                _claim("topic", topic, value, {key: it.function for key, it in handlers.items()})
                handlers[topic] = _read(value, ports)
            if check is not None:
                _claim("completion check", check, value, checks)
                checks[check] = value
    return Applications(
        handlers=handlers,
        checks=checks,
        ports=ports,
        metadata=tuple(module.metadata for module in _named(modules, "records")),
        migrations=tuple(folder for name in names for folder in _migrations(name)),
        wirings=tuple(_named(modules, "wiring")),
        retention=_retention(modules),
    )


def _own_packages() -> list[str]:
    """The packages below `handlers`. Raises DiscoveryError for a folder that is none."""
    for folder in (folder for path in __path__ for folder in Path(path).iterdir()):
        if any(folder.glob("*.py")) and not (folder / "__init__.py").exists():
            raise DiscoveryError(
                f"Expected handlers/{folder.name}/__init__.py, so that its handlers are found, "
                "but it is missing: an empty file will do"
            )
    return sorted(
        f"{__name__}.{module.name}" for module in pkgutil.iter_modules(__path__) if module.ispkg
    )


def _modules(package: str) -> Iterator[ModuleType]:
    root = importlib.import_module(package)
    yield root
    for module in pkgutil.iter_modules(getattr(root, "__path__", ())):
        if not module.ispkg:
            yield importlib.import_module(f"{package}.{module.name}")


def _own_values(module: ModuleType) -> list[Any]:
    return [
        value
        for value in vars(module).values()
        if getattr(value, "__module__", None) == module.__name__
    ]


def _named(modules: Iterable[ModuleType], name: str) -> list[ModuleType]:
    return [module for module in modules if module.__name__.rpartition(".")[2] == name]


def _migrations(package: str) -> list[Path]:
    root = importlib.import_module(package)
    folders = [Path(path) / "migrations" for path in getattr(root, "__path__", ())]
    return [folder for folder in folders if folder.is_dir()]


def _retention(modules: Iterable[ModuleType]) -> Retention:
    values = [value for module in modules for value in _own_values(module)]
    return Retention(
        erasures=tuple(value for value in values if is_erasure(value)),
        prunings=tuple(value for value in values if is_pruning(value)),
    )


def _claim(kind: str, name: str, claimant: Any, claimed: Mapping[str, Any]) -> None:
    if name in claimed and claimed[name] is not claimant:
        raise DiscoveryError(
            f"Expected one function for {kind} {name}, but both {_place(claimed[name])} and "
            f"{_place(claimant)} claim it"
        )


def _read(function: Any, ports: frozenset[type]) -> Handler:
    try:
        return read_handler(function, ports)
    except (TypeError, NameError) as error:
        raise DiscoveryError(
            f"Expected {_place(function)} to have a contract, but {error}"
        ) from error


def _place(function: Any) -> str:
    return f"{function.__module__}.{function.__qualname__}"
