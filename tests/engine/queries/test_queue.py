"""The place of an instance among those that wait for an external task."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.commands import FetchAndLockJobs, StartProcessInstance
from engine.errors import NotFound
from engine.external_task import TemporaryFailure
from tests.support.diagrams import end_event, path, process, service_task, start_event
from tests.support.house import OPERATOR, SYSTEM, House, person


def deploy(house: House, topic: str = "work", process_id: str = "p") -> None:
    task = service_task("w", topic=topic)
    house.deploy(process(process_id, start_event("s"), task, end_event("e"), *path("s", "w", "e")))


def start(house: House, process_id: str = "p") -> str:
    """An instance whose external task nobody has begun."""
    command = StartProcessInstance(process_id, {})
    instance_id: str = house.execute(command).instance_id
    return instance_id


def test_the_place_is_by_order_and_moves_up(make_house: Callable[..., House]) -> None:
    house = make_house(handlers={"work": lambda: None, "other": lambda: None})
    deploy(house)
    deploy(house, "other", "q")
    beside = start(house, "q")
    first = start(house)
    house.clock.advance(seconds=1)
    second = start(house)
    ask = house.engine.queries.place_in_queue
    places = [ask(OPERATOR, each, "work") for each in (first, second, beside)]
    assert places == [1, 2, None]
    assert ask(OPERATOR, beside, "other") == 1
    house.work()
    assert ask(OPERATOR, second, "work") is None


def test_one_that_waits_for_an_operator_keeps_nobody_waiting(
    make_house: Callable[..., House],
) -> None:
    def work() -> None:
        raise ValueError("broken")

    house = make_house(handlers={"work": work}, settings={"retries": 1})
    deploy(house)
    stopped = start(house)
    house.work()
    later = start(house)
    ask = house.engine.queries.place_in_queue
    assert (ask(OPERATOR, stopped, "work"), ask(OPERATOR, later, "work")) == (None, 1)


def test_one_that_is_tried_again_later_keeps_nobody_waiting(
    make_house: Callable[..., House],
) -> None:
    def work() -> None:
        raise TemporaryFailure("not now")

    house = make_house(handlers={"work": work}, settings={"retries": 3})
    deploy(house)
    put_off = start(house)
    house.work()
    house.clock.advance(seconds=1)
    later = start(house)
    ask = house.engine.queries.place_in_queue
    assert (ask(OPERATOR, put_off, "work"), ask(OPERATOR, later, "work")) == (None, 1)
    house.clock.advance(days=1)
    assert (ask(OPERATOR, put_off, "work"), ask(OPERATOR, later, "work")) == (2, 1)


def test_one_that_is_being_worked_off_is_counted(make_house: Callable[..., House]) -> None:
    house = make_house(handlers={"work": lambda: None})
    deploy(house)
    first = start(house)
    house.execute(FetchAndLockJobs("w", max_jobs=1), SYSTEM)
    house.clock.advance(seconds=1)
    second = start(house)
    ask = house.engine.queries.place_in_queue
    assert (ask(OPERATOR, first, "work"), ask(OPERATOR, second, "work")) == (1, 2)


def test_only_who_sees_the_instance_is_told(make_house: Callable[..., House]) -> None:
    house = make_house(handlers={"work": lambda: None})
    deploy(house)
    instance = start(house)
    stranger = person("stranger", "staff", parties=frozenset({"150140000012"}))
    with pytest.raises(NotFound):
        house.engine.queries.place_in_queue(stranger, instance, "work")
