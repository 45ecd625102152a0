"""What has expired is removed, a limited number of rows at a time; what has not stays."""

from __future__ import annotations

import json

import pytest

from engine.commands import CleanUp, CompleteTask, PrepareSignature, UploadDocument
from engine.errors import NotAllowed
from engine.retention import Cleanup, Retention, on_cleanup
from tests.support.diagrams import end_event, path, process, service_task, start_event, user_task
from tests.support.files import png
from tests.support.house import OPERATOR, SYSTEM, House, person
from tests.support.papers import FORM, every_signature_of, letter

ASKED: list[frozenset[str]] = []


@on_cleanup
def prune(cleanup: Cleanup) -> int:
    """Removes a row, and asks which of two jobs are left."""
    ASKED.append(cleanup.jobs_left(["gone", "j"]))
    return 1


@pytest.fixture
def full(make_house) -> House:
    """A house with a nonce, an upload and a command's result of one moment."""
    house = make_house(
        handlers={"write": letter},
        signatures=every_signature_of("Aigul"),
        retention=Retention((), (prune,)),
    )
    house.deploy(
        process(
            "p",
            start_event("s"),
            service_task("write", topic="write"),
            user_task("a", candidate_groups="staff", form_key="p/forms/paper.json"),
            user_task(
                "sign", candidate_groups="staff", properties={"signatureDocument": "${letter}"}
            ),
            end_event("e"),
            *path("s", "write", "a", "sign", "e"),
            properties={"inputs": "who"},
        ),
        files={"p/forms/paper.json": json.dumps(FORM).encode()},
    )
    first, second = (house.start("p", {"who": "Айгүл"}) for _ in range(2))
    house.execute(CompleteTask(house.tasks(first, "a")[0], {}, command_id="once"))
    house.execute(PrepareSignature(house.tasks(first, "sign")[0]))
    task_id = house.tasks(second, "a")[0]
    house.execute(UploadDocument("paper", "scan.png", png(), task_id=task_id))
    return house


def kept(house: House) -> tuple[int, int, int]:
    names = ("signature_nonce", "upload", "command_result")
    nonces, uploads, results = (len(house.rows(name)) for name in names)
    return nonces, uploads, results


def test_each_kind_goes_when_it_has_expired(full: House) -> None:
    assert kept(full) == (1, 1, 1)
    settings = full.engine.surroundings.settings
    made = full.clock.now
    for lifetime, before, after in (
        (settings.nonce_lifetime, (1, 1, 1), (0, 1, 1)),
        (settings.upload_lifetime, (0, 1, 1), (0, 0, 0)),
    ):
        full.clock.now = made + lifetime
        full.execute(CleanUp(), SYSTEM)
        assert kept(full) == before
        full.clock.advance(seconds=1)
        full.execute(CleanUp(), SYSTEM)
        assert kept(full) == after


def test_a_command_sent_again_is_answered_as_long_as_its_result_is_kept(full: House) -> None:
    lifetime = full.engine.surroundings.settings.command_result_lifetime
    full.clock.now += lifetime
    assert full.execute(CleanUp(), SYSTEM).command_results == 0
    full.clock.advance(seconds=1)
    assert full.execute(CleanUp(), SYSTEM).command_results == 1


def test_no_more_than_the_limit_goes_at_once(full: House) -> None:
    task_id = full.rows("user_task", element_id="sign")[0].id
    for _ in range(4):
        full.execute(PrepareSignature(task_id))
    full.clock.advance(hours=1)
    told = [full.execute(CleanUp(limit=2), SYSTEM) for _ in range(3)]
    assert [(done.nonces, done.is_done) for done in told] == [(2, False), (2, False), (1, True)]


def test_applications_prune_their_own_and_learn_which_jobs_are_left(full: House) -> None:
    ASKED.clear()
    with full.engine.database.transaction() as connection:
        connection.exec_driver_sql(
            "INSERT INTO job (id, kind, tenant, instance_id, definition_id, scope,"
            " created_at, due_at, priority, retries, attempts, fencing_token)"
            " SELECT 'j', 'timer', '', id, definition_id, 0, started_at, '9', 0, 1, 0, 0"
            " FROM process_instance LIMIT 1"
        )
    assert full.execute(CleanUp(), SYSTEM).of_applications == 1
    assert [frozenset({"j"})] == ASKED


def test_operators_and_owners_clean_up(full: House) -> None:
    full.execute(CleanUp(), OPERATOR)
    with pytest.raises(NotAllowed):
        full.execute(CleanUp(), person("aigul"))
