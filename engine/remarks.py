"""Remarks on what was filled in: which fields they open again, and what was changed since.

Two properties of a user task say so: `remarks`, an expression for {field: remark}, and `earlier`,
one for {field: value as it was}.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine import feel
from engine.diagram import ElementFacts
from engine.forms import Form, Options, opened
from engine.scopes import ROOT, Scopes


def remarks_at(element: ElementFacts, scopes: Scopes) -> Mapping[str, str]:
    """The remarks on fields that a task is about; empty where there are none."""
    found = _mapping(element.remarks, scopes)
    return {name: text for name, text in found.items() if isinstance(text, str)}


def earlier_at(element: ElementFacts, scopes: Scopes) -> Mapping[str, object] | None:
    """The values that a task is compared with; None where there is nothing to compare."""
    return _mapping(element.earlier, scopes) or None


def form_with_remarks(
    form: Form | None, remarks: Mapping[str, str], scopes: Scopes, now: datetime, options: Options
) -> Form | None:
    """The form with only what the remarks name open; without remarks the whole form is."""
    if form is None or not remarks:
        return form
    return opened(form, remarks, scopes.view(ROOT), now, options)


def _mapping(expression: str | None, scopes: Scopes) -> Mapping[str, object]:
    if expression is None:
        return {}
    try:
        value = scopes.evaluate(expression, ROOT)
    except feel.ExpressionError:
        return {}
    return value if isinstance(value, Mapping) else {}
