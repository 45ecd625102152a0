from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import orjson
import pytest

from engine.errors import BadCommand, InvalidSubmission
from web.people import Person
from web.walk import Offer, Script, read_script
from web.walk.guide import LetTimePass, Stop

EMPLOYER = Person("employer-1", {"en": "Employer"}, frozenset({"employer"}))
DIRECTOR = Person("director-1", {"en": "Director"}, frozenset({"director"}))


def offer(person: Person, element: str) -> Offer:
    task: Any = SimpleNamespace(id=f"{element}-1", element_id=element)
    return Offer(person, task)


def script(tmp_path: Path, told: object) -> Script:
    file = tmp_path / "answers.json"
    file.write_bytes(orjson.dumps(told))
    return read_script(file)


def test_a_file_says_when_who_and_what(tmp_path: Path) -> None:
    read = script(
        tmp_path,
        {
            "now": "2026-03-02T09:00:00+05:00",
            "start": {"who": "employer-1", "values": {"year": 2026}},
            "steps": [{"task": "fill", "values": {"iban": "KZ"}}, {"wait": True}],
        },
    )
    assert read.begins_at == datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
    assert (read.starter, read.start_values(None)) == ("employer-1", {"year": 2026})
    chosen = read.next_move([offer(DIRECTOR, "sign"), offer(EMPLOYER, "fill")], None)
    assert chosen == offer(EMPLOYER, "fill")
    assert read.task_values(None, {"iban": "standing"}) == {"iban": "KZ"}
    assert read.next_move([], None) == LetTimePass()
    assert read.next_move([offer(DIRECTOR, "sign")], None) == Stop()


def test_who_is_named_does_it(tmp_path: Path) -> None:
    read = script(tmp_path, {"steps": [{"task": "sign", "who": "director-1"}]})
    offers = [offer(EMPLOYER, "sign"), offer(DIRECTOR, "sign")]
    assert read.next_move(offers, None) == offers[1]


@pytest.mark.parametrize(
    ("step", "sentence"),
    [
        ({"task": "sign"}, "Expected an open task sign, but there is fill (employer-1)"),
        ({"task": "fill", "who": "director-1"}, "Expected an open task fill (director-1), but"),
    ],
)
def test_a_task_that_is_not_open_is_refused_with_those_that_are(
    tmp_path: Path, step: dict[str, str], sentence: str
) -> None:
    read = script(tmp_path, {"steps": [step]})
    with pytest.raises(BadCommand) as refused:
        read.next_move([offer(EMPLOYER, "fill")], None)
    assert sentence in str(refused.value)


def test_a_file_has_no_second_answer(tmp_path: Path) -> None:
    refusal = InvalidSubmission({"iban": {"en": "Check it"}})
    with pytest.raises(InvalidSubmission):
        script(tmp_path, {}).hear_refusal(refusal)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ([], "the file to be an object"),
        ({"step": []}, "the file to have no step"),
        ({"steps": {}}, "a list of steps"),
        ({"steps": ["fill"]}, "step 1 to be an object"),
        ({"steps": [{"wait": True}, {"values": {}}]}, "step 2 to name its task"),
        ({"steps": [{"wait": "P1D"}]}, '{"wait": true} in step 1'),
        ({"steps": [{"task": "fill", "values": []}]}, "the values of step 1 to be an object"),
        ({"start": {"task": "fill"}}, "start to have no task"),
        ({"now": "soon"}, "now to be an ISO date-time"),
        ({"now": "2026-03-02T09:00:00"}, "now to have an offset"),
    ],
)
def test_a_file_that_is_not_one_is_refused_with_the_place(
    tmp_path: Path, told: object, sentence: str
) -> None:
    with pytest.raises(BadCommand) as refused:
        script(tmp_path, told)
    assert sentence in str(refused.value)


def test_a_file_that_is_no_json_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text("{", encoding="utf-8")
    with pytest.raises(BadCommand, match="is not JSON"):
        read_script(file)
