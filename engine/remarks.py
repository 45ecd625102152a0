"""Remarks on what was filled in: which fields they open again, and what was changed since.

Two properties of a user task say so: `remarks`, an expression for {field: remark}, and `earlier`,
one for {field: value as it was}. Remarks that can't be read open nothing: the step fails.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from engine import feel
from engine.diagram import ElementFacts
from engine.errors import StepFailed
from engine.forms import Form, Options, opened
from engine.scopes import ROOT, Scopes


def remarks_at(element: ElementFacts, scopes: Scopes) -> Mapping[str, str]:
    """The remarks on fields that a task is about; empty where there are none.

    Raises StepFailed where the expression fails, or gives no {field: remark}.
    """
    if element.remarks is None:
        return {}
    try:
        found = scopes.evaluate(element.remarks, ROOT)
    except feel.ExpressionError as error:
        raise StepFailed(element.id, str(error)) from error
    if found is None:
        return {}
    if not isinstance(found, Mapping) or not all(isinstance(each, str) for each in found.values()):
        raise StepFailed(element.id, f"Expected remarks as {{field: remark}}, but found {found!r}")
    return dict(found)


def earlier_at(element: ElementFacts, scopes: Scopes) -> Mapping[str, object] | None:
    """The values that a task is compared with; None where there is nothing to compare yet."""
    if element.earlier is None:
        return None
    try:
        found = scopes.evaluate(element.earlier, ROOT)
    except feel.ExpressionError:
        return None
    return found if isinstance(found, Mapping) and found else None


def form_with_remarks(
    form: Form | None, remarks: Mapping[str, str], scopes: Scopes, now: datetime, options: Options
) -> Form | None:
    """The form with only what the remarks name open; without remarks the whole form is."""
    if form is None or not remarks:
        return form
    return opened(form, remarks, scopes.view(ROOT), now, options)
