"""A list of the fields of other forms, written out before the form is read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.forms import FormUnreadable, load_form, with_fields_of, written_out

PLACE = {"kk": "Орын", "ru": "Место", "en": "Place"}
NOTE = {"kk": "Жазба", "ru": "Заметка", "en": "Note"}
REMARK = {"kk": "Ескерту: {label}", "ru": "Замечание: {label}", "en": "Remark: {label}"}
LISTED = {"kk": "Өрістер", "ru": "Поля", "en": "Fields"}
EACH = {"name": "on_{name}", "type": "string", "minLength": 3, "x-label": REMARK}
KEY = "p/forms/remark.json"


def form(**properties: Any) -> bytes:
    return json.dumps({"type": "object", "x-title": LISTED, "properties": properties}).encode()


FILES = {
    "p/forms/a.json": form(place={"type": "string", "x-label": PLACE}),
    "p/forms/b.json": form(
        place={"type": "string", "x-label": NOTE},
        note={"type": "string", "x-label": NOTE},
        keep={"type": "boolean", "x-label": NOTE},
    ),
    "p/forms/broken.json": b"{",
}
FORMS = ["p/forms/a.json", "p/forms/b.json"]


def listing(given: Any, **more: Any) -> bytes:
    fields = {"type": "array", "x-label": LISTED, "x-fields-of": given, **more}
    return form(fields=fields, last={"type": "string", "x-label": NOTE})


def problems(data: bytes) -> tuple[str, ...]:
    with pytest.raises(FormUnreadable) as refused:
        with_fields_of(KEY, data, FILES)
    return refused.value.problems


def test_the_fields_of_the_forms_are_the_choices_in_their_own_words() -> None:
    data = listing({"forms": FORMS, "except": ["keep"], "each": EACH})
    made = load_form(KEY, with_fields_of(KEY, data, FILES))
    assert [field.name for field in made.fields] == ["fields", "on_place", "on_note", "last"]
    options = made.field("fields").options
    assert [(each.value, each.labels) for each in options] == [("place", PLACE), ("note", NOTE)]
    remark = made.field("on_place")
    assert remark.labels == {"kk": "Ескерту: Орын", "ru": "Замечание: Место", "en": "Remark: Place"}
    assert (remark.min_length, remark.show_if) == (3, {"fields": ("place",)})


def test_without_a_field_for_each_there_are_choices_only() -> None:
    made = load_form(KEY, with_fields_of(KEY, listing({"forms": FORMS}), FILES))
    assert [field.name for field in made.fields] == ["fields", "last"]


def test_other_forms_stay_as_they_are() -> None:
    assert with_fields_of(KEY, FILES["p/forms/a.json"], {}) is FILES["p/forms/a.json"]
    mentioned = b'{"properties": 1, "x-fields-of": 1}'
    assert with_fields_of(KEY, mentioned, {}) == mentioned
    files = {**FILES, KEY: listing({"forms": FORMS}), "p.bpmn": b"x-fields-of"}
    made = written_out(files)
    assert {name for name in files if made[name] != files[name]} == {KEY}


@pytest.mark.parametrize(
    ("given", "more", "told"),
    [
        ({"forms": ["p/forms/c.json"]}, {}, "names p/forms/c.json, which is not among the files"),
        ({"forms": ["p/forms/broken.json"]}, {}, "names p/forms/broken.json, which is no form"),
        ({"forms": []}, {}, "must name forms"),
        ("p/forms/a.json", {}, "must name forms"),
        ({"forms": FORMS, "but": []}, {}, "but has no meaning"),
        ({"forms": FORMS, "except": ["other"]}, {}, "except names other, which none of them has"),
        ({"forms": FORMS, "except": "note"}, {}, "except must list names"),
        ({"forms": FORMS, "each": {"name": "remark"}}, {}, "a name with {name} in it"),
        ({"forms": FORMS, "each": {**EACH, "name": "{name}"}}, {"type": "string"}, "type array"),
        ({"forms": FORMS}, {"items": {"type": "string"}}, "without items of its own"),
    ],
)
def test_what_can_not_be_written_out_is_told(given: Any, more: dict[str, Any], told: str) -> None:
    (problem,) = problems(listing(given, **more))
    assert problem.startswith("fields: x-fields-of")
    assert told in problem


def test_a_field_that_is_there_already_is_not_made() -> None:
    (problem,) = problems(
        listing(
            {"forms": FORMS, "except": ["keep", "note"], "each": {**EACH, "name": "{name}"}}
        ).replace(b'"last"', b'"place"')
    )
    assert "makes place, which is a field already" in problem
