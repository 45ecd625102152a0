"""A form's fields on a page: each kind, with what was typed and what is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template_string, session

from engine.forms import Form, check_submission, load_form
from web.answers import facts_of
from web.form_view import by_field, submitted, view_of

SOURCE = (Path(__file__).parent / "data" / "every_kind.json").read_bytes()
PAGE = (
    '{% from "macros/form.html" import error_summary, fields %}'
    "{{ error_summary(form) }}{{ fields(form) }}"
)


@pytest.fixture
def form() -> Form:
    return load_form("every_kind.json", SOURCE)


@pytest.fixture
def page(app: Flask) -> Iterator[None]:
    with app.test_request_context("/"):
        session["lang"] = "en"
        yield


Draw = Callable[..., str]


@pytest.fixture
def draw(page: None, form: Form) -> Draw:
    def drawn(values: dict[str, object], errors: Any = None) -> str:
        return render_template_string(PAGE, form=view_of(form, values, errors))

    return drawn


def control(html: str, name: str) -> str:
    """The whole group of a field."""
    start = html.index(f'data-field="{name}"')
    rest = html[start:]
    end = rest.find("data-field=", 1)
    return rest if end < 0 else rest[:end]


def test_a_number_asks_for_digits(draw: Draw) -> None:
    html = control(draw({"places": 3}), "places")
    assert 'type="text"' in html
    assert 'inputmode="numeric"' in html
    assert 'value="3"' in html
    assert "(optional)" not in html


def test_money_shows_its_unit(draw: Draw) -> None:
    html = control(draw({"contract_sum": 1250000.5}), "contract_sum")
    assert 'inputmode="decimal"' in html
    assert 'value="1250000.5"' in html
    assert "₸" in html
    assert "(optional)" in html


def test_a_choice_is_a_list_with_the_chosen_one(draw: Draw) -> None:
    html = control(draw({"region": "71"}), "region")
    assert "<select" in html
    assert '<option value="71" selected>Astana city</option>' in html
    assert '<option value="75">Almaty city</option>' in html


def test_radios_stand_in_a_named_group(draw: Draw) -> None:
    html = control(draw({"measure": "PW"}), "measure")
    assert re.search(r"<legend[^>]*>Employment measure", html)
    assert 'aria-describedby="field-measure-hint"' in html
    assert re.search(r'value="PW"\s+type="radio" checked', html)
    assert not re.search(r'value="YP"\s+type="radio" checked', html)


def test_several_choices_are_boxes(draw: Draw) -> None:
    html = control(draw({"languages": ["kk", "ru"]}), "languages")
    assert html.count('type="checkbox" checked') == 2


def test_yes_or_no_is_one_box(draw: Draw) -> None:
    assert "checked" in control(draw({"is_ready": True}), "is_ready")
    assert "checked" not in control(draw({"is_ready": False}), "is_ready")


def test_kinds_of_text_tell_the_browser(draw: Draw) -> None:
    html = draw({"starts_on": "2026-12-01"})
    assert 'type="date"' in control(html, "starts_on")
    assert 'value="2026-12-01"' in control(html, "starts_on")
    assert 'type="email"' in control(html, "email")
    assert 'autocomplete="email"' in control(html, "email")
    assert 'type="tel"' in control(html, "phone")
    assert "<textarea" in control(html, "note")
    assert 'maxlength="2000"' in control(html, "note")


def test_what_was_typed_can_carry_no_markup(draw: Draw) -> None:
    html = draw({"note": "</textarea><script>x</script>", "email": '"><b>'})
    assert "<script>" not in html
    assert "<b>" not in html


def test_a_condition_is_given_to_the_page(draw: Draw) -> None:
    html = draw({})
    found = re.search(r'data-field="age_limit" data-show-if="([^"]+)"', html)
    assert found is not None
    assert json.loads(found[1].replace("&#34;", '"')) == {"measure": ["YP"]}


def test_errors_stand_at_the_field_and_in_a_linked_summary(draw: Draw) -> None:
    html = draw({"places": "many"}, {"places": {"en": "Give a number"}})
    assert '<a href="#field-places">Number of places: Give a number</a>' in html
    field = control(html, "places")
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="field-places-error"' in field
    assert 'id="field-places-error"' in field
    assert 'value="many"' in field
    assert "Give a number" in field


def test_an_error_of_the_whole_form_is_in_the_summary(draw: Draw) -> None:
    html = draw({}, {"": {"en": "No places are left"}})
    assert "<li>No places are left</li>" in html


def test_the_first_control_of_a_group_is_where_the_summary_leads(draw: Draw) -> None:
    html = draw({}, {"measure": {"en": "Choose"}})
    assert 'href="#field-measure"' in html
    assert re.search(r'<input[^>]*id="field-measure"', html)


def test_a_form_without_errors_has_no_summary(draw: Draw) -> None:
    assert "error-summary" not in draw({})


def test_a_form_is_in_the_pages_language(app: Flask, form: Form) -> None:
    with app.test_request_context("/"):
        session["lang"] = "kk"
        html = render_template_string(PAGE, form=view_of(form, {}))
    assert "Орын саны" in html
    assert "міндетті емес" in html


def test_posted_values_are_read_by_the_form(app: Flask, form: Form) -> None:
    data = {
        "places": "3",
        "contract_sum": "1 250 000,50",
        "measure": "PW",
        "languages": ["kk", "ru"],
        "consent": "true",
        "starts_on": "2026-12-01",
        "command_id": "x",
    }
    with app.test_request_context("/", method="POST", data=data):
        values = submitted(form)
    assert values["places"] == 3
    assert values["contract_sum"] == 1250000.5
    assert values["languages"] == ["kk", "ru"]
    assert values["is_ready"] is False
    assert values["consent"] is True
    assert "command_id" not in values


def test_wrong_values_come_back_as_they_were_typed(app: Flask, form: Form) -> None:
    with app.test_request_context("/", method="POST", data={"places": "three", "consent": "true"}):
        session["lang"] = "en"
        values = submitted(form)
        view = view_of(form, values, by_field(check_submission(form, values)))
    places = next(each for each in view.fields if each.field.name == "places")
    assert places.text == "three"
    assert places.error
    assert view.has_errors


def test_a_rule_over_several_fields_is_said_at_its_field_and_in_the_summary(page: None) -> None:
    said = {"kk": "Соңғы күн ертерек", "ru": "Раньше первого", "en": "The last day is too early"}
    schema = {
        "type": "object",
        "properties": {
            name: {"type": "string", "format": "date", "x-label": {"en": label}}
            for name, label in (("first_day", "First day"), ("last_day", "Last day"))
        },
    }
    schema["properties"]["last_day"]["x-check"] = {
        "expression": "= date(last_day) >= date(first_day)",
        "x-error": said,
    }
    form = load_form("trip.json", json.dumps(schema).encode())
    values = {"first_day": "2026-05-02", "last_day": "2026-05-01"}
    view = view_of(form, values, by_field(check_submission(form, values)))
    html = render_template_string(PAGE, form=view)
    assert view.errors == (("field-last_day", "Last day: The last day is too early"),)
    assert 'href="#field-last_day">Last day: The last day is too early</a>' in html
    assert "The last day is too early" in control(html, "last_day")
    assert 'value="2026-05-01"' in control(html, "last_day")


def test_facts_are_in_words(page: None, form: Form) -> None:
    values = {
        "places": 3,
        "contract_sum": 1250000,
        "region": "75",
        "languages": ["kk", "ru"],
        "is_ready": True,
        "starts_on": "2026-12-01",
        "phone": None,
        "other": "not of a form",
    }
    facts = {fact.label: fact.value for fact in facts_of(form.fields, values)}
    assert facts == {
        "Number of places": "3",
        "Sum of the contract": "1,250,000\N{NO-BREAK SPACE}₸",
        "Region": "Almaty city",
        "Working languages": "Kazakh, Russian",
        "For employing students": "Yes",
        "Start date": "1 December 2026",
    }
