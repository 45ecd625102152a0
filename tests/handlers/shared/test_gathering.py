"""Many variables as one dataclass."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from engine.external_task import ContractBroken, ExternalTask, external_task, read_handler
from handlers.shared.gathering import gathers


@dataclass(frozen=True)
class Address:
    street: str
    house: int
    note: str = "none"


@dataclass(frozen=True)
class Person:
    street: str


class Port:
    """Stands for a port."""


got: list[tuple[object, ...]] = []


@external_task("sample.deliver")
@gathers("address")
def deliver(task: ExternalTask, port: Port, address: Address, weight: int) -> None:
    got.append((task.id, port, address, weight))


def _task(now: object, **variables: object) -> ExternalTask:
    return ExternalTask("j", "sample.deliver", "e", "i", "p", None, "k", variables, now, now)


def test_the_contract_holds_each_field() -> None:
    contract = read_handler(deliver, frozenset({Port})).contract
    assert {name: (p.type, p.required) for name, p in contract.reads.items()} == {
        "street": (str, True),
        "house": (int, True),
        "note": (str, False),
        "weight": (int, True),
    }
    assert contract.takes_task
    assert contract.ports == {"port": Port}


def test_the_function_gets_the_dataclass(now: object) -> None:
    got.clear()
    port = Port()
    handler = read_handler(deliver, frozenset({Port}))
    handler.run(_task(now, street="Үлгі", house=2, weight=5, note=None), {Port: port})
    assert got == [("j", port, Address("Үлгі", 2, "none"), 5)]


def test_a_missing_field_breaks_the_contract(now: object) -> None:
    handler = read_handler(deliver, frozenset({Port}))
    with pytest.raises(ContractBroken, match="house"):
        handler.run(_task(now, street="Үлгі", weight=5), {Port: Port()})


def test_two_dataclasses_must_not_ask_for_one_variable() -> None:
    with pytest.raises(TypeError, match="street"):

        @gathers("address", "person")
        def meet(address: Address, person: Person) -> None: ...


def test_only_a_dataclass_gathers() -> None:
    with pytest.raises(TypeError, match="dataclass"):

        @gathers("address")
        def meet(address: str) -> None: ...
