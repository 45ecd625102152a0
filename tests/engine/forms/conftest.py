"""Forms made in a test."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from engine.forms import Form, load_form

MakeForm = Callable[..., Form]


def make_form(
    _required: tuple[str, ...] = (),
    _more: dict[str, object] | None = None,
    **properties: dict[str, object],
) -> Form:
    """A form of these properties; their labels are their names unless given."""
    labelled = {
        name: {"x-label": {"kk": name, "ru": name, "en": name}, **schema}
        for name, schema in properties.items()
    }
    schema = {"type": "object", "required": list(_required), "properties": labelled}
    schema.update(_more or {})
    return load_form("test/form.json", json.dumps(schema).encode())


@pytest.fixture(name="make_form")
def _make_form() -> MakeForm:
    return make_form
