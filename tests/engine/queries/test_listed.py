"""The variables that a process names for lists."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.diagrams import Element
from tests.support.house import House, person


def test_listed_variables_come_in_order_of_the_cases_that_are_seen(
    house: House, one_task: Callable[..., Element]
) -> None:
    properties = {"listed": "places, year", "inputs": "year, places, bin", "party": "${bin}"}
    house.deploy(one_task(properties=properties))
    own = house.start("p", {"year": 2026, "places": 3, "bin": "b1"})
    bare = house.start("p", {"year": 2027, "bin": "b1"})
    others = house.start("p", {"year": 2026, "places": 1, "bin": "b2"})
    actor = person("dana", "staff", parties=frozenset({"b1"}))
    found = house.engine.queries.listed_variables(actor, [own, bare, others])
    assert {key: list(values.items()) for key, values in found.items()} == {
        own: [("places", 3), ("year", 2026)],
        bare: [("year", 2027)],
    }


def test_a_process_that_names_none_lists_none(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task(properties={"inputs": "x"}))
    case = house.start("p", {"x": 1})
    assert house.engine.queries.listed_variables(person("aigul", "staff"), [case]) == {case: {}}
