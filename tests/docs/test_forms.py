"""docs/forms.md shows forms that load."""

from __future__ import annotations

import pytest

from engine.diagram import read_diagram
from engine.forms import (
    FORMATS,
    LANGUAGES,
    Form,
    FormDataField,
    check_submission,
    form_from_fields,
    load_form,
)
from tests.docs.test_diagrams import inside_a_process
from tests.support.markdown import codes, document

TEXT = document("docs/forms.md")


@pytest.fixture
def form() -> Form:
    (example,) = (block.text for block in TEXT.blocks if block.language == "json")
    return load_form("example", example.encode())


def test_the_example_loads_with_every_text(form: Form) -> None:
    assert form.missing_translations(LANGUAGES) == ()
    kinds = {field.name: field.kind for field in form.fields}
    assert kinds == {
        "kind": "radio",
        "reason": "textarea",
        "first_day": "date",
        "days": "integer",
        "email": "email",
        "is_agreed": "const-true",
    }


def test_the_example_checks_what_the_text_says(form: Form) -> None:
    paid = {"kind": "paid", "first_day": "2026-07-01", "is_agreed": True}
    assert check_submission(form, paid) == ()
    (refused,) = check_submission(form, {**paid, "kind": "unpaid"})
    assert (refused.field, refused.keyword) == ("reason", "required")
    (refused,) = check_submission(form, {**paid, "kind": "unpaid", "reason": "Short"})
    assert refused.messages["en"] == "Write at least 10 characters"
    (refused,) = check_submission(form, {**paid, "reason": "Because I said so"})
    assert refused.keyword == "hidden"
    unpaid = {**paid, "kind": "unpaid", "reason": "Because I said so"}
    assert check_submission(form, {**unpaid, "days": 5}) == ()
    assert check_submission(form, {**paid, "days": 6}) == ()
    (refused,) = check_submission(form, {**unpaid, "days": 6})
    assert refused.messages["en"] == "Unpaid leave is 5 days at most"


def test_every_format_is_told() -> None:
    told = [code for row in TEXT.rows("Formats") for code in codes(row[0])]
    assert sorted(told) == sorted(FORMATS)


def test_the_drawn_fields_are_a_form() -> None:
    (example,) = (block.text for block in TEXT.blocks if block.language == "xml")
    task = (
        read_diagram(inside_a_process(example), "example.bpmn").processes["p"].elements["approve"]
    )
    drawn = form_from_fields(
        "approve", [FormDataField.from_facts(each) for each in task.form_fields]
    )
    assert [(field.name, field.kind, field.required) for field in drawn.fields] == [
        ("approved", "boolean", False),
        ("days", "integer", True),
    ]
    assert drawn.fields[1].maximum == 30
