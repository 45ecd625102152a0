"""Cases that belong together."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.counting import counted
from tests.support.diagrams import Element
from tests.support.house import House, person

OURS, THEIRS = "150140000012", "150140000022"


def start(house: House, key: str, party: str, *held: str) -> str:
    values = {"party": party, "lines": [{"application": each} for each in held]}
    instance_id: str = house.start("p", values, business_key=key)
    return instance_id


def test_a_case_is_found_by_what_it_holds(house: House, one_task: Callable[..., Element]) -> None:
    house.deploy(one_task(properties={"party": "${party}"}))
    older = start(house, "D-1", OURS, "2026-1", "2026-2")
    newest = start(house, "D-2", OURS, "2026-2")
    start(house, "D-3", THEIRS, "2026-1", "2026-2")
    start(house, "D-4", OURS, "2026-10")
    queries = house.engine.queries
    held = {
        key: queries.case_holding(person(), OURS, "lines", key)
        for key in ("2026-1", "2026-2", "2026-3")
    }
    assert held["2026-1"] is not None
    assert held["2026-1"].id == older
    assert [each.element_id for each in held["2026-1"].waiting_for] == ["a"]
    assert held["2026-2"] is not None
    assert held["2026-2"].id == newest, "the newest of two"
    assert held["2026-3"] is None
    assert queries.case_holding(person(), OURS, "others", "2026-1") is None


def test_the_case_of_another_is_not_found(house: House, one_task: Callable[..., Element]) -> None:
    house.deploy(one_task(properties={"party": "${party}"}))
    theirs = start(house, "D-3", THEIRS, "2026-1")
    ours = person("bolat", parties=frozenset({OURS}))
    queries = house.engine.queries
    assert queries.case_holding(ours, THEIRS, "lines", "2026-1") is None
    assert queries.ids_by_key(ours, ["D-3"]) == {}
    assert queries.ids_by_key(person(), ["D-3", "D-9"]) == {"D-3": theirs}


def test_many_are_found_with_as_many_statements_as_one(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task(properties={"party": "${party}"}))
    first = start(house, "D-1", OURS, "2026-1", "2026-2")
    second = start(house, "D-2", THEIRS, "2026-3")

    def asked(parties: dict[str, str]) -> tuple[dict[str, str], int]:
        with counted(house.engine.database.reader) as counts:
            found = house.engine.queries.cases_holding(person(), "lines", parties)
        return {text: row.id for text, row in found.items()}, counts.total

    one = asked({"2026-1": OURS})
    many = asked({"2026-1": OURS, "2026-2": OURS, "2026-3": THEIRS, "2026-4": OURS})
    assert one[0] == {"2026-1": first}
    assert many == ({"2026-1": first, "2026-2": first, "2026-3": second}, one[1])
    assert asked({"2026-3": OURS, "2026-9": THEIRS})[0] == {}, "it is another party's"
