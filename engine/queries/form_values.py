"""What stands in a form when a person opens it."""

from __future__ import annotations

from collections.abc import Iterable

from engine import feel
from engine.forms import Field, Form
from engine.forms.definition_check import ANEW
from engine.scopes import Scopes

PREFILL = "x-prefill"
"""Keyword of a field in a form's JSON Schema: an expression for the value it begins with."""


def form_values(
    form: Form | None, draft: dict[str, object] | None, scopes: Scopes, scope: int
) -> dict[str, object]:
    """The saved draft, if there is one, with what is only shown; else for each field the variable
    of its name, else the field's default, else the value of its `x-prefill` (none where that can't
    be evaluated)."""
    fields = () if form is None else form.fields
    if draft is not None:
        shown = tuple(field for field in fields if field.read_only)
        return {**_values(shown, scopes, scope), **draft}
    return _values(fields, scopes, scope)


def _values(fields: Iterable[Field], scopes: Scopes, scope: int) -> dict[str, object]:
    view = scopes.view(scope)
    values: dict[str, object] = {}
    for field in fields:
        if field.name in view and field.extensions.get(ANEW) is not True:
            values[field.name] = view[field.name]
        elif field.default is not None:
            values[field.name] = field.default
        else:
            prefilled = _prefilled(field, scopes, scope)
            if prefilled is not None:
                values[field.name] = prefilled
    return values


def _prefilled(field: Field, scopes: Scopes, scope: int) -> object:
    text = field.extensions.get(PREFILL)
    if not isinstance(text, str):
        return None
    try:
        return scopes.evaluate(text, scope)
    except feel.ExpressionError:
        return None
