"""A form of which only some fields are open: the others are shown as they are.

That is how a remark on an answer works: what it names can be changed, and what depends on that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from engine.forms.check import check_submission
from engine.forms.definition import Field, Form
from engine.forms.options import NO_OPTIONS, Options


def opened(
    form: Form,
    named: Iterable[str],
    held: Mapping[str, object],
    now: datetime | None = None,
    options: Options = NO_OPTIONS,
) -> Form:
    """The form with the named fields open, and those that must be open with them.

    These are fields that depend on an open one (shown, offered, filled, required or decided by it),
    the other of two that are checked against each other (a choice, and a number that holds its
    code), and fields whose value as it is held would be refused now. `held` are the values known
    so far.
    """
    names = {field.name for field in form.fields if not field.read_only}
    known = {name: held[name] for name in names if held.get(name) is not None}
    wrong = {error.field for error in check_submission(form, known, now, options)}
    open_names = _with_dependent(form, names & (set(named) | wrong)) & names
    closed = {name: held.get(name) for name in names - open_names}
    fields = tuple(
        replace(field, read_only=True) if field.name in closed else field for field in form.fields
    )
    return replace(form, fields=fields, whole=form, closed=closed)


def _with_dependent(form: Form, names: set[str]) -> set[str]:
    found = set(names)
    while True:
        more = {field.name for field in form.fields if not found.isdisjoint(_leaders(field))}
        for field in form.fields:
            if field.name in found and field.source is not None:
                more.update(field.source.fills)
            pair = _checked_together(field)
            if not found.isdisjoint(pair):
                more |= pair
        more |= _required_by(form, found)
        if more <= found:
            return found
        found |= more


def _leaders(field: Field) -> set[str]:
    """The fields that this one changes with."""
    leaders = set(field.show_if)
    if field.source is not None and field.source.parent is not None:
        leaders.add(field.source.parent)
    if field.decision is not None and field.decision.offers is not None:
        leaders |= field.decision.reads
    return leaders


def _checked_together(field: Field) -> set[str]:
    """The choice and the number that holds its code: one can't be changed without the other."""
    if field.source is None or field.source.code_in is None:
        return set()
    return {field.name, field.source.code_in.field}


def _required_by(form: Form, names: set[str]) -> set[str]:
    """The fields about which a condition of the form says something when one of `names` does."""
    found: set[str] = set()
    conditions: Any = form.schema.get("allOf", ())
    for condition in conditions:
        asked = set(_below(condition.get("if")))
        if not asked.isdisjoint(names):
            for branch in ("then", "else"):
                found.update(_below(condition.get(branch)))
    return found


def _below(schema: Any) -> tuple[str, ...]:
    if not isinstance(schema, Mapping):
        return ()
    return (*schema.get("properties", ()), *schema.get("required", ()))
