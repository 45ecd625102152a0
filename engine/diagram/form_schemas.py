"""Forms as the gate sees them: whether they can be shown, and which variables they write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.diagram.facts import ElementFacts
from engine.diagram.value_types import JsonTypes, of_schema
from engine.forms import LANGUAGES, FormUnreadable, load_form, with_fields_of

FORM_RULE = "form-schema"


def is_form(name: str) -> bool:
    """Whether a file of a deployment is a form by its place, shown by an element or not."""
    return "/forms/" in name and name.endswith(".json")


@dataclass(frozen=True)
class FormFault:
    """What is wrong with a form file: a reason in English; an error, or merely a warning."""

    reason: str
    is_error: bool


def form_file_faults(name: str, files: Mapping[str, bytes]) -> tuple[FormFault, ...]:
    """Everything that is wrong with a form among the files of a deployment."""
    try:
        data = with_fields_of(name, files[name], files)
    except FormUnreadable as error:
        return tuple(FormFault(reason, True) for reason in error.problems)
    return form_faults(data)


@lru_cache(maxsize=512)
def form_faults(data: bytes) -> tuple[FormFault, ...]:
    """Everything that is wrong with a form file; texts that lack a language are warnings."""
    try:
        form = load_form("", data)
    except FormUnreadable as error:
        return tuple(FormFault(reason, True) for reason in error.problems)
    missing = form.missing_translations(LANGUAGES)
    if not missing:
        return ()
    return (FormFault(f"texts are missing: {', '.join(missing)}", False),)


def form_tables(name: str, files: Mapping[str, bytes]) -> Mapping[str, str]:
    """The dated tables that fields of a form choose from, by field; none of an unreadable form.

    `name` is the form's path below `bpmn/`.
    """
    try:
        return _tables(name, with_fields_of(name, files[name], files))
    except FormUnreadable:
        return {}


@lru_cache(maxsize=512)
def _tables(name: str, data: bytes) -> Mapping[str, str]:
    form = load_form(name, data)
    return {field.name: field.table.name for field in form.fields if field.table is not None}


def field_names(element: ElementFacts, files: Mapping[str, bytes]) -> frozenset[str] | None:
    """The fields of an element's form, none where it has no form; None where they can't be known,
    as the form is not among the files or can't be read."""
    if element.form_key is None:
        return frozenset(each.id for each in element.form_fields)
    return frozenset(form_field_types(files.get(element.form_key, b""))) or None


@lru_cache(maxsize=512)
def form_field_types(data: bytes) -> Mapping[str, JsonTypes | None]:
    """The fields of a form with their JSON types; empty for an unreadable form."""
    try:
        form = load_form("", data)
    except FormUnreadable:
        return {}
    properties = form.schema["properties"]
    fields = properties if isinstance(properties, Mapping) else {}
    return {name: of_schema(field) for name, field in fields.items()}
