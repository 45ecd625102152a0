"""What every adapter of the registries must do alike: one table over the file and over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handlers.fk_b03.facts import contradictions
from handlers.shared.asking import ask_all
from handlers.shared.http import Limits
from handlers.shared.registries import (
    EnterpriseRegistry,
    FileRegistry,
    HttpRegistry,
    RegistryUnavailable,
)
from tests.support.house import Clock
from tests.support.scripted_registries import Behaviour, Gateway, answering

TODAY, NUMBER = date(2026, 3, 2), "150140000012"
RECORD = {"matches": True}
NOT_THERE = object()


@dataclass(frozen=True)
class Says:
    """What a registry says of a number.

    `file`: what the file has at `*` and at the number; `told`: status and content over HTTP.
    """

    file: tuple[object, object]
    told: tuple[int, object]


def found(held: bool, **more: object) -> dict[str, object]:
    return {"number": NUMBER, "found": held, **more}


HELD = Says((NOT_THERE, RECORD), (200, found(True, record=RECORD)))
NOTHING = Says((NOT_THERE, None), (404, found(False)))
NOT_ON_THE_LIST = Says((None, NOT_THERE), (200, found(False)))
ON_THE_LIST = Says((None, RECORD), (200, found(True, record=RECORD)))
SILENT = Says((NOT_THERE, NOT_THERE), (422, {}))
DOWN = Says((NOT_THERE, {"unavailable": "maintenance"}), (503, b""))
ODD = Says((NOT_THERE, ["matches"]), (200, found(True, record=["matches"])))

Registry = Callable[[Mapping[str, Says]], EnterpriseRegistry]


def write_file(path: Path, said: Mapping[str, Says]) -> None:
    numbers: dict[str, dict[str, object]] = {}
    for registry, says in said.items():
        for number, record in zip(("*", NUMBER), says.file, strict=True):
            if record is not NOT_THERE:
                numbers.setdefault(number, {})[registry] = record
    path.write_text(json.dumps(numbers))


def over_http(registry: str, says: Says) -> Behaviour:
    status, content = says.told
    if isinstance(content, dict):
        content = {**content, "registry": registry}
    return answering(status, content)


@pytest.fixture(params=["file", "http"])
def registry(request: Any, tmp_path: Path) -> Iterator[Registry]:
    """Tells the registries what to say; always the same adapter."""
    path = tmp_path / "registries.json"
    with Gateway() as gateway:
        over = HttpRegistry(
            gateway.address,
            clock=Clock(),
            limits=Limits(connect=5, read=5, whole=10),
            tries=1,
        )
        adapter = FileRegistry(path, lambda: TODAY) if request.param == "file" else over

        def told(said: Mapping[str, Says]) -> EnterpriseRegistry:
            write_file(path, said)
            gateway.behaviours.clear()
            gateway.behaviours.update({name: over_http(name, says) for name, says in said.items()})
            return adapter

        yield told


@pytest.mark.parametrize(
    ("says", "record"),
    [(HELD, RECORD), (NOTHING, None), (NOT_ON_THE_LIST, None), (ON_THE_LIST, RECORD)],
    ids=["held", "nothing held", "not on the list", "on the list"],
)
def test_what_is_said_is_the_answer(
    registry: Registry, says: Says, record: Mapping[str, object] | None
) -> None:
    assert registry({"heads": says}).ask("heads", NUMBER) == record


@pytest.mark.parametrize(
    ("says", "number_only"),
    [(SILENT, True), (DOWN, False), (ODD, False)],
    ids=["silent", "down", "odd"],
)
def test_what_is_not_said_is_no_answer_and_no_fact(
    registry: Registry, says: Says, number_only: bool
) -> None:
    with pytest.raises(RegistryUnavailable) as refused:
        registry({"heads": says}).ask("heads", NUMBER)
    assert refused.value.asked
    assert refused.value.number_only is number_only


@pytest.mark.parametrize("absent", [NOTHING, NOT_ON_THE_LIST], ids=["nothing", "list"])
def test_heads_of_what_is_not_registered_are_a_contradiction(
    registry: Registry, absent: Says
) -> None:
    adapter = registry({"business_register": absent, "heads": HELD})
    names = ["business_register", "heads"]
    round_ = ask_all(lambda name: adapter.ask(name, NUMBER), names, lambda _so_far: None)
    assert round_.missing == {}
    assert set(contradictions(round_.answers)) == {"business_register"}


def test_a_number_that_neither_register_nor_heads_hold_is_not_registered(
    registry: Registry,
) -> None:
    adapter = registry({"business_register": NOTHING, "heads": NOTHING})
    answers = {name: adapter.ask(name, NUMBER) for name in ("business_register", "heads")}
    assert answers == {"business_register": None, "heads": None}
    assert contradictions(answers) == {}


def test_the_first_answer_after_a_failure_is_told_once(registry: Registry) -> None:
    back: list[str] = []
    registry({}).when_back(back.append)
    for says in (HELD, HELD, DOWN, DOWN, NOTHING, HELD, SILENT, HELD):
        adapter = registry({"heads": says})
        try:
            adapter.ask("heads", NUMBER)
        except RegistryUnavailable:
            assert says in (DOWN, SILENT)
    assert back == ["heads", "heads"], "at the start, and after it was down; not after one number"
