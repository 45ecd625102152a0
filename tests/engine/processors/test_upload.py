"""Files of forms: kept for a person and a form, then documents of the instance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.commands import CompleteTask, SaveTaskDraft, StartProcessInstance, UploadDocument
from engine.errors import BadCommand, InvalidSubmission, NotAllowed
from engine.results import Uploaded
from tests.support.diagrams import Element, end_event, path, process, start_event, user_task
from tests.support.files import pdf, png
from tests.support.house import House, person

LABEL = {"kk": "Қағаз", "ru": "Бумага", "en": "Paper"}
FORM = {
    "type": "object",
    "x-title": LABEL,
    "required": ["paper"],
    "additionalProperties": False,
    "properties": {
        "paper": {"type": "string", "format": "document", "x-label": LABEL},
        "note": {"type": "string", "x-label": LABEL},
    },
}
START = {**FORM, "required": []}


@pytest.fixture
def deployed(house: House) -> House:
    house.deploy(
        two_tasks(),
        files={
            "p/forms/paper.json": json.dumps(FORM).encode(),
            "p/forms/start.json": json.dumps(START).encode(),
        },
    )
    return house


def two_tasks() -> Element:
    return process(
        "p",
        start_event("s", form_key="p/forms/start.json"),
        user_task("a", candidate_groups="staff", form_key="p/forms/paper.json"),
        user_task("b", candidate_groups="staff", form_key="p/forms/paper.json"),
        end_event("e"),
        *path("s", "a", "b", "e"),
    )


def upload(house: House, task_id: str, content: bytes, user: str = "aigul") -> Uploaded:
    command = UploadDocument("paper", "../scan.pdf", content, task_id=task_id)
    kept: Uploaded = house.execute(command, person(user))
    return kept


def test_an_accepted_form_makes_its_file_a_document_with_a_hash(deployed: House) -> None:
    instance = deployed.start()
    kept = upload(deployed, deployed.tasks(instance, "a")[0], png())
    assert (kept.name, kept.media_type) == ("scan.png", "image/png")
    deployed.complete(instance, "a", {"paper": kept.upload_id})
    reference = deployed.variables(instance)["paper"]
    assert (reference["name"], reference["size"]) == ("scan.png", len(png()))
    assert deployed.engine.document_content(reference["document"]) == png()
    assert deployed.rows("upload") == []


def test_a_document_that_is_there_already_stays(deployed: House) -> None:
    instance = deployed.start()
    kept = upload(deployed, deployed.tasks(instance, "a")[0], pdf())
    deployed.complete(instance, "a", {"paper": kept.upload_id})
    before = deployed.variables(instance)["paper"]
    deployed.complete(instance, "b", {"paper": before["document"]})
    assert deployed.variables(instance)["paper"] == before
    assert len(deployed.rows("document")) == 1


def test_a_file_outlives_a_draft_and_a_refused_form(deployed: House) -> None:
    instance = deployed.start()
    task = deployed.tasks(instance, "a")[0]
    kept = upload(deployed, task, pdf())
    deployed.execute(SaveTaskDraft(task, {"paper": kept.upload_id}))
    with pytest.raises(InvalidSubmission):
        deployed.execute(CompleteTask(task, {"paper": kept.upload_id, "note": "a\x00"}))
    assert deployed.engine.queries.upload(person(), kept.upload_id).name == "scan.pdf"
    deployed.complete(instance, "a", {"paper": kept.upload_id})
    assert deployed.variables(instance)["paper"]["name"] == "scan.pdf"


def test_a_start_form_takes_a_file(deployed: House) -> None:
    command = UploadDocument("paper", "a.pdf", pdf(), process_id="p")
    kept = deployed.execute(command, person())
    instance = deployed.start(variables={"paper": kept.upload_id})
    assert deployed.variables(instance)["paper"]["name"] == "a.pdf"


def test_another_persons_file_is_not_taken(deployed: House) -> None:
    instance = deployed.start()
    kept = upload(deployed, deployed.tasks(instance, "a")[0], pdf(), "bolat")
    assert deployed.engine.queries.upload(person("aigul"), kept.upload_id) is None
    with pytest.raises(InvalidSubmission, match="Attach it again"):
        deployed.complete(instance, "a", {"paper": kept.upload_id}, person("aigul"))


def test_a_file_is_of_one_form_only(deployed: House) -> None:
    one, other = deployed.start(), deployed.start()
    kept = upload(deployed, deployed.tasks(one, "a")[0], pdf())
    with pytest.raises(InvalidSubmission, match="Attach it again"):
        deployed.complete(other, "a", {"paper": kept.upload_id})


def test_a_document_of_another_case_can_not_be_named(deployed: House) -> None:
    one, other = deployed.start(), deployed.start()
    kept = upload(deployed, deployed.tasks(one, "a")[0], pdf())
    deployed.complete(one, "a", {"paper": kept.upload_id})
    document = deployed.variables(one)["paper"]["document"]
    with pytest.raises(InvalidSubmission, match="Attach it again"):
        deployed.complete(other, "a", {"paper": document})


def test_a_file_expires(deployed: House) -> None:
    instance = deployed.start()
    task = deployed.tasks(instance, "a")[0]
    kept = upload(deployed, task, pdf())
    deployed.clock.advance(days=31)
    with pytest.raises(InvalidSubmission, match="Attach it again"):
        deployed.complete(instance, "a", {"paper": kept.upload_id})
    upload(deployed, task, pdf())
    assert len(deployed.rows("upload")) == 1


def test_a_second_file_replaces_the_first(deployed: House) -> None:
    task = deployed.tasks(deployed.start(), "a")[0]
    first, second = upload(deployed, task, pdf()), upload(deployed, task, png())
    assert [row.id for row in deployed.rows("upload")] == [second.upload_id]
    assert first.upload_id != second.upload_id


def test_a_file_of_another_kind_is_refused_at_its_field(deployed: House) -> None:
    task = deployed.tasks(deployed.start(), "a")[0]
    with pytest.raises(InvalidSubmission) as refused:
        upload(deployed, task, b"MZ a program")
    assert set(refused.value.fields["paper"]) == {"kk", "ru", "en"}


def test_how_large_a_file_may_be_is_a_setting(tmp_path: Path) -> None:
    house = House(tmp_path, settings={"upload_bytes": 100})
    house.deploy(
        two_tasks(),
        files={
            "p/forms/paper.json": json.dumps(FORM).encode(),
            "p/forms/start.json": json.dumps(START).encode(),
        },
    )
    task = house.tasks(house.start(), "a")[0]
    with pytest.raises(InvalidSubmission, match="too large"):
        upload(house, task, pdf("x" * 200))
    house.close()


def test_only_a_field_for_a_document_takes_one(deployed: House) -> None:
    task = deployed.tasks(deployed.start(), "a")[0]
    with pytest.raises(BadCommand, match="a field for a document"):
        deployed.execute(UploadDocument("note", "a.pdf", pdf(), task_id=task))


def test_who_may_not_do_the_task_attaches_nothing(deployed: House) -> None:
    task = deployed.tasks(deployed.start(), "a")[0]
    with pytest.raises(NotAllowed):
        deployed.execute(
            UploadDocument("paper", "a.pdf", pdf(), task_id=task), person("x", "others")
        )


def test_a_repeated_start_makes_one_document(deployed: House) -> None:
    kept = deployed.execute(UploadDocument("paper", "a.pdf", pdf(), process_id="p"), person())
    command = StartProcessInstance("p", {"paper": kept.upload_id}, command_id="once")
    assert deployed.execute(command) == deployed.execute(command)
    assert len(deployed.rows("document")) == 1


def test_a_file_that_is_sent_again_with_its_command_id_is_kept_once(deployed: House) -> None:
    task_id = deployed.tasks(deployed.start(), "a")[0]
    command = UploadDocument("paper", "scan.png", png(), task_id=task_id, command_id="once")
    first = deployed.execute(command, person("aigul"))
    assert deployed.execute(command, person("aigul")) == first
    assert len(deployed.rows("upload")) == 1
