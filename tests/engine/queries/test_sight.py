"""The conditions in SQL say the same as `engine.visibility`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest
from sqlalchemy import update

from engine.errors import NotFound
from engine.identity import Actor
from engine.store.instances import InstanceRecord
from engine.store.tables import process_instance, task_candidate, user_task
from engine.visibility import may_see_instance
from tests.support.diagrams import Element
from tests.support.house import OPERATOR, House, person

LABELS = (None, "x", "y")
LIMITS = (None, frozenset[str](), frozenset({"x"}), frozenset({"x", "y"}))


@pytest.fixture
def labelled(house: House, one_task: Callable[..., Element]) -> House:
    """An instance for each pair of labels, started by Aigul."""
    house.deploy(one_task())
    for unit, party in product(LABELS, LABELS):
        instance_id = house.start(actor=person("aigul"))
        relabel(house, instance_id, unit=unit, party=party)
    return house


def relabel(house: House, instance_id: str, **labels: object) -> None:
    with house.engine.application_transaction() as connection:
        for table, column in (
            (process_instance, process_instance.c.id),
            (user_task, user_task.c.instance_id),
            (task_candidate, task_candidate.c.instance_id),
        ):
            connection.execute(update(table).where(column == instance_id).values(**labels))


@pytest.mark.parametrize(("units", "parties"), list(product(LIMITS, LIMITS)))
@pytest.mark.parametrize("user", ["aigul", "bolat"])
def test_lists_and_single_instances_follow_the_labels(
    labelled: House, user: str, units: frozenset[str] | None, parties: frozenset[str] | None
) -> None:
    actor = Actor(user, frozenset({"staff"}), units, parties)
    records = [InstanceRecord(**row._mapping) for row in labelled.rows("process_instance")]
    expected = {record.id for record in records if may_see_instance(actor, record)}
    queries = labelled.engine.queries
    listed = {row.id for row in queries.instance_list(actor, limit=100).rows}
    assert listed == expected
    for record in records:
        if record.id in expected:
            assert queries.instance(actor, record.id).row.id == record.id
        else:
            with pytest.raises(NotFound):
                queries.instance(actor, record.id)


@pytest.mark.parametrize(("units", "parties"), list(product(LIMITS, LIMITS)))
def test_the_list_of_a_group_and_its_tasks_follow_the_labels(
    labelled: House, units: frozenset[str] | None, parties: frozenset[str] | None
) -> None:
    actor = Actor("bolat", frozenset({"staff"}), units, parties)
    tasks = labelled.rows("user_task")
    expected = {
        row.id
        for row in tasks
        if (units is None or row.unit in units) and (parties is None or row.party in parties)
    }
    queries = labelled.engine.queries
    listed = {row.id for row in queries.task_list(actor, "group", limit=100).rows}
    assert listed == expected
    assert queries.task_counts(actor).group == len(expected)
    for row in tasks:
        if row.id in expected:
            assert queries.task(actor, row.id).offered
        else:
            with pytest.raises(NotFound):
                queries.task(actor, row.id)


def test_operators_and_owners_see_their_whole_tenant_and_no_other(labelled: House) -> None:
    queries = labelled.engine.queries
    blind = {"units": frozenset[str](), "parties": frozenset[str]()}
    for group in ("operator", "process_owner"):
        actor = Actor("dana", frozenset({group}), **blind)
        assert len(queries.instance_list(actor, limit=100).rows) == 9
        stranger = replace(actor, tenant="elsewhere")
        assert queries.instance_list(stranger, limit=100).rows == ()
        with pytest.raises(NotFound):
            queries.instance(stranger, labelled.rows("process_instance")[0].id)


def test_another_tenant_sees_nothing(labelled: House) -> None:
    actor = person("bolat", tenant="elsewhere")
    queries = labelled.engine.queries
    assert queries.task_list(actor, "group").rows == ()
    assert queries.instance_list(actor, state="all").rows == ()
    assert queries.startable_processes(actor) == ()
    assert queries.definitions(replace(OPERATOR, tenant="elsewhere")) == ()
    with pytest.raises(NotFound):
        queries.task(actor, labelled.rows("user_task")[0].id)
    definition_id = labelled.rows("process_definition")[0].id
    for question in (queries.diagram, queries.fields, queries.map_rows):
        with pytest.raises(NotFound):
            question(actor, definition_id)


def test_the_system_sees_every_tenant(labelled: House) -> None:
    queries = labelled.engine.queries
    system = Actor.system("elsewhere")
    assert len(queries.instance_list(system, limit=100).rows) == 9
    assert len(queries.task_list(system, "group", limit=100).rows) == 9
    assert queries.task_counts(system).group == 9


def test_whoever_has_a_task_by_name_may_look_at_its_instance(
    house: House, one_task: Callable[..., Element]
) -> None:
    house.deploy(one_task(candidate_users="dana"), one_task("q", assignee="dana"))
    dana = Actor("dana")
    for process_id in ("p", "q"):
        instance_id = house.start(process_id)
        assert house.engine.queries.instance(dana, instance_id).row.id == instance_id
        house.complete(instance_id, "a", actor=dana)
        with pytest.raises(NotFound):
            house.engine.queries.instance(dana, instance_id)
