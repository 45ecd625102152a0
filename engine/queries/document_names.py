"""What documents are called in the words of their process, and which step made them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.definitions import LANGUAGES, Definition
from engine.queries.names import NO_NAMES, Names, element_names

DOCUMENTS = "documents"


def document_names(definition: Definition, kind: str | None, element_id: str | None) -> Names:
    """From `<key>/documents.json` by the kind; of an attachment, the label of its field.

    Empty where neither says it: then the file's own name is all there is.
    """
    if kind is None:
        return NO_NAMES
    named = _named(definition).get(kind)
    return dict(named) if named else _label(definition, kind, element_id)


def is_attachment(definition: Definition, kind: str | None) -> bool:
    """Whether a document is one that the process itself has no name for, but a field of a form."""
    return kind is not None and kind not in _named(definition)


def step_names(definition: Definition, element_id: str | None) -> Names:
    """The names of the element that made a document; empty where it isn't known, or has none."""
    names = element_names(definition, element_id)
    return names if any(names.values()) else NO_NAMES


def _named(definition: Definition) -> Mapping[str, Names]:
    data: Mapping[str, Any] = definition.data(DOCUMENTS) or {}
    named: Mapping[str, Names] = data.get("documents", {})
    return named


def _label(definition: Definition, field_name: str, element_id: str | None) -> Names:
    if element_id is None or element_id not in definition.facts.elements:
        return NO_NAMES
    form = definition.form(element_id)
    field = None if form is None else form.field(field_name)
    return NO_NAMES if field is None else {code: field.label(code) for code in LANGUAGES}
