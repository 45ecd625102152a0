"""Files beside a diagram that can't be read are named, with the line where it is known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from engine.diagram import Surroundings, check_diagram, read_diagram, resource_problems

RESOURCES = Path(__file__).parent / "resources"


def reasons(name: str, content: str) -> list[str]:
    return [problem.message for problem in resource_problems({name: content.encode()})]


def table(*rows: dict[str, object]) -> str:
    return json.dumps({"rows": list(rows)})


def test_readable_files_have_no_problem() -> None:
    files = {
        f"demo/{name}": (RESOURCES / "demo" / name).read_bytes()
        for name in ("forms/places.json", "statuses.json", "map.json")
    }
    assert resource_problems({**files, "demo.bpmn": b"<", "demo/letter.typ": b"{"}) == []


def test_line_of_a_mistake_in_json() -> None:
    (problem,) = resource_problems({"demo/terms.json": b'{\n"rows": [\n}'})
    assert (problem.rule, problem.severity, problem.line) == ("readable-resource", "error", 3)
    assert "demo/terms.json" in problem.message


@pytest.mark.parametrize(
    "content", ["", "{", '{"a": NaN}', "[" * 100_000, "\ufeff{}", '{"a": 1} x']
)
def test_no_json(content: str) -> None:
    assert len(reasons("demo/terms.json", content)) == 1


def test_no_utf8() -> None:
    assert len(resource_problems({"demo/a.json": '{"а": 1}'.encode("cp1251")})) == 1


def test_forms_are_checked_though_nobody_shows_them() -> None:
    assert reasons("demo/forms/a.json", "[]")
    assert reasons("demo/forms/a.json", '{"type": "object", "properties": {"a": {}}}')


def test_what_is_wrong_with_a_form_is_told_of_the_form() -> None:
    content = b'{"type": "object", "properties": {"a": {}}}'
    problems = resource_problems({"demo/forms/a.json": content})
    assert problems
    for problem in problems:
        assert problem.rule == "form-schema"
        assert problem.message.startswith("Expected demo/forms/a.json to be a form that can be ")


def test_a_form_whose_fields_are_listed_must_be_among_the_files() -> None:
    label = {"kk": "Өріс", "ru": "Поле", "en": "Field"}
    listed = {"type": "array", "x-label": label, "x-fields-of": {"forms": ["demo/forms/b.json"]}}
    form = json.dumps({"type": "object", "properties": {"a": listed}}).encode()
    (problem,) = resource_problems({"demo/forms/a.json": form})
    assert (problem.rule, problem.severity) == ("form-schema", "error")
    assert "a: x-fields-of names demo/forms/b.json, which is not among the files" in problem.message
    other = {"type": "object", "properties": {"b": {"type": "string", "x-label": label}}}
    files = {"demo/forms/a.json": form, "demo/forms/b.json": json.dumps(other).encode()}
    assert resource_problems(files) == []


def test_a_language_that_is_missing_is_a_warning() -> None:
    form = (RESOURCES / "demo/bad_forms/russian_only.json").read_bytes()
    (problem,) = resource_problems({"demo/forms/a.json": form})
    assert problem.severity == "warning"


def test_statuses_and_map_have_their_shape() -> None:
    assert reasons("demo/statuses.json", "[]")
    assert reasons("demo/statuses.json", '{"review": 1}')
    assert reasons("demo/map.json", '{"rows": []}')


NAMES = {"kk": "Іс", "ru": "Дело", "en": "Deed"}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("actions.json", [], "expected an object of actions"),
        ("actions.json", {"edit": 1}, "expected action edit to be an object"),
        ("actions.json", {"edit": {"names": {"kk": "Іс"}}}, "action edit to be named in three"),
        ("actions.json", {"edit": {"names": NAMES, "asks": "?"}}, "what action edit asks"),
        ("actions.json", {"edit": {"names": NAMES, "task": []}}, "has task, which has no meaning"),
        ("actions.json", {"edit": {"names": NAMES, "tasks": [{}]}}, "to name its element"),
        ("actions.json", {"edit": {"names": NAMES, "tasks": "a"}}, "tasks of action edit to be a"),
        ("actions.json", {"edit": {"names": NAMES, "message": 1}}, "message of action edit"),
        (
            "actions.json",
            {"edit": {"names": NAMES, "tasks": [{"element": "a", "process": "q"}]}},
            "name it and what it is held by",
        ),
        (
            "actions.json",
            {"edit": {"names": NAMES, "tasks": [{"element": "a", "chosen": {"b": 1}}]}},
            "what is chosen at a task of action edit to be texts",
        ),
        ("waiting.json", [], "expected an object of texts"),
        ("tasks.json", {"a": {**NAMES, "kk": ""}}, "what is read at a to be named in three"),
        ("waiting.json", {"a": {**NAMES, "en": " "}}, "what is read at a to be named in three"),
        ("statuses.json", {"new": {"allows": "edit"}}, "status new to allow a list of codes"),
    ],
)
def test_actions_and_waiting_texts_have_their_shape(name: str, content: Any, told: str) -> None:
    (reason,) = reasons(f"demo/{name}", json.dumps(content))
    assert told in reason


def test_documents_are_named_in_three_languages() -> None:
    names = {"kk": "Өтінім", "ru": "Заявка", "en": "Application"}
    file = "demo/documents.json"
    assert reasons(file, json.dumps({"documents": {"paper": names}})) == []
    assert reasons(file, json.dumps({"paper": names}))
    for wrong in ("Application", {**names, "kk": " "}, {"ru": "Заявка"}):
        (reason,) = reasons(file, json.dumps({"documents": {"paper": wrong}}))
        assert "document paper to be named in three languages" in reason


def test_dated_rows() -> None:
    good = [
        {"key": "rate", "from": "2025-01-01", "to": "2025-12-31", "value": 1},
        {"key": "rate", "from": "2026-01-01", "to": None, "value": 2},
        {"key": "other", "from": None, "value": 2},
    ]
    assert reasons("demo/terms.json", table(*good)) == []


@pytest.mark.parametrize(
    "row",
    [
        {"key": "rate", "from": "01.01.2026", "value": 1},
        {"key": "rate", "from": 2026, "value": 1},
        {"key": "rate", "from": "2026-02-01", "to": "2026-01-01", "value": 1},
        {"from": "2026-02-01", "value": 1},
    ],
)
def test_a_row_that_is_no_dated_row(row: dict[str, object]) -> None:
    assert len(reasons("demo/terms.json", table(row))) == 1


def test_two_rows_for_one_day() -> None:
    rows = [
        {"key": "rate", "from": "2025-01-01", "to": "2026-01-01", "value": 1},
        {"key": "rate", "from": "2026-01-01", "to": None, "value": 2},
    ]
    (reason,) = reasons("demo/terms.json", table(*rows))
    assert "row 2 (rate)" in reason


@pytest.mark.parametrize(
    ("name", "rule", "fixture"),
    [("statuses.json", "status", "status"), ("map.json", "map-row", "map-row")],
)
def test_the_diagram_that_needs_an_unreadable_file_says_so_too(
    name: str, rule: str, fixture: str, surroundings: Surroundings
) -> None:
    xml = (Path(__file__).parent / "rules" / fixture / "valid.bpmn").read_bytes()
    resources = {**surroundings.resources, f"demo/{name}": b"["}
    found = check_diagram(read_diagram(xml, "demo.bpmn"), Surroundings(resources=resources))
    assert [(problem.rule, problem.severity) for problem in found] == [(rule, "error")]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": "calendar"}, "its head can't be read: kind"),
        ({"value": {"type": "date"}}, "its head can't be read: value"),
        ({"value": {"type": "integer", "maximum": 3}}, "row 1 (a), value: The number must be 3"),
        ({"value": {"type": "text"}}, "row 1 (a), value: Fill in this field"),
    ],
)
def test_a_dated_table_is_what_its_head_says(changes: dict[str, Any], reason: str) -> None:
    content = {"rows": [{"key": "a", "from": "2026-01-01", "to": None, "value": 5}], **changes}
    (problem,) = resource_problems({"p/terms.json": json.dumps(content).encode()})
    assert reason in problem.message


def test_a_dated_table_with_a_head_that_fits_passes() -> None:
    content = {
        "value": {"type": "integer"},
        "rows": [{"key": "a", "from": "2026-01-01", "to": None, "value": 5}],
    }
    assert resource_problems({"p/terms.json": json.dumps(content).encode()}) == []


CHOOSING = json.dumps(
    {
        "type": "object",
        "properties": {
            "year": {
                "type": "integer",
                "x-label": {"kk": "x", "ru": "x", "en": "x"},
                "x-options": {"table": "windows"},
            }
        },
    }
)


@pytest.mark.parametrize(
    ("name", "content", "is_there"),
    [
        ("demo/windows.json", table({"key": "2026", "from": "2026-01-01", "value": True}), True),
        ("demo/windows.json", '{"a": 1}', False),
        ("demo/window.json", table({"key": "2026", "from": "2026-01-01", "value": True}), False),
        ("other/windows.json", table(), False),
    ],
)
def test_a_form_chooses_from_a_table_that_is_there(name: str, content: str, is_there: bool) -> None:
    files = {"demo/forms/a.json": CHOOSING.encode(), name: content.encode()}
    assert_chooses(files, is_there)
    listed = {"type": "array", "x-label": NAMES, "x-fields-of": {"forms": ["demo/forms/b.json"]}}
    choosing = json.loads(CHOOSING)
    choosing["properties"]["listed"] = listed
    other = {"type": "object", "properties": {"b": {"type": "string", "x-label": NAMES}}}
    files["demo/forms/a.json"] = json.dumps(choosing).encode()
    assert_chooses({**files, "demo/forms/b.json": json.dumps(other).encode()}, is_there)


def assert_chooses(files: dict[str, bytes], is_there: bool) -> None:
    problems = resource_problems(files)
    assert (problems == []) is is_there
    if not is_there:
        (problem,) = problems
        assert (problem.rule, problem.severity) == ("form-schema", "error")
        assert "year: x-options: demo/windows.json is no dated table" in problem.message
