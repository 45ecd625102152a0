"""A form as a page shows it: its fields with what was typed and what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import request
from flask_babel import format_decimal, gettext

from engine.forms import Field, FieldError, Form, read_submission
from web.formats import day, tenge
from web.language import language, words
from web.linked_choices import Link, links_of

Texts = Mapping[str, str]


@dataclass(frozen=True)
class FieldView:
    """One field. `typed` is what stands in it: the text, or the posted values that are chosen."""

    field: Field
    typed: frozenset[str]
    error: str = ""
    link: Link | None = None

    @property
    def id(self) -> str:
        """The id of its first control, which the error summary leads to."""
        return f"field-{self.field.name}"

    @property
    def text(self) -> str:
        """What stands in a field of one value."""
        return next(iter(self.typed), "")

    @property
    def label(self) -> str:
        return self.field.label(language())

    @property
    def hint(self) -> str:
        return self.field.hint(language())

    @property
    def unit(self) -> str:
        """What the number counts (`x-unit`), as ₸."""
        unit = self.field.extensions.get("x-unit", "")
        return words(unit) if isinstance(unit, (str, Mapping)) else ""

    @property
    def described_by(self) -> str:
        """Ids of its hint and its error, for the control's aria-describedby."""
        named = [f"{self.id}-hint"] if self.hint else []
        return " ".join(named + ([f"{self.id}-error"] if self.error else []))

    @property
    def show_if(self) -> str:
        """The condition under which the field is asked for, as JSON of posted values."""
        if not self.field.show_if:
            return ""
        return json.dumps(
            {
                name: [_posted(each) for each in wanted]
                for name, wanted in self.field.show_if.items()
            },
            ensure_ascii=False,
        )

    @property
    def narrowed_by(self) -> str:
        """Which values another field leaves, as JSON; empty where it depends on none."""
        if self.link is None:
            return ""
        told = {"by": self.link.by, "allowed": self.link.allowed}
        return json.dumps(told, ensure_ascii=False)

    @property
    def width(self) -> str:
        """The class of GOV.UK that says how much is expected."""
        length = self.field.max_length or 0
        if self.field.kind in ("integer", "number"):
            return "govuk-input--width-10"
        if self.field.kind == "date" or 0 < length <= 12:
            return "govuk-input--width-10"
        return "govuk-input--width-20" if 0 < length <= 40 else ""


@dataclass(frozen=True)
class FormView:
    """A whole form; `errors` also holds what belongs to no single field."""

    title: str
    fields: tuple[FieldView, ...]
    errors: tuple[tuple[str, str], ...] = ()
    general: tuple[str, ...] = field(default_factory=tuple)

    @property
    def has_errors(self) -> bool:
        return bool(self.errors or self.general)


def view_of(
    form: Form | None, values: Mapping[str, object], errors: Mapping[str, Texts] | None = None
) -> FormView:
    """A form with values; `errors` maps a field ("" for the whole) to a sentence by language."""
    said = {name: words(texts) for name, texts in (errors or {}).items()}
    links = links_of(form) if form else {}
    fields = tuple(
        FieldView(
            each,
            _typed(values.get(each.name, each.default)),
            said.get(each.name, ""),
            links.get(each.name),
        )
        for each in (form.fields if form else ())
    )
    known = {view.field.name for view in fields}
    return FormView(
        title=form.title(language()) if form else "",
        fields=fields,
        errors=tuple((view.id, f"{view.label}: {view.error}") for view in fields if view.error),
        general=tuple(text for name, text in said.items() if name not in known),
    )


def submitted(form: Form | None) -> dict[str, object]:
    """The values that were posted for a form; wrong ones stay as they were typed."""
    if form is None:
        return {}
    names = {each.name for each in form.fields}
    posted: dict[str, str | list[str]] = {
        name: values if len(values) > 1 else values[0]
        for name, values in request.form.lists()
        if name in names
    }
    return dict(read_submission(form, posted))


def by_field(errors: Iterable[FieldError]) -> dict[str, Texts]:
    """The first error of each field."""
    found: dict[str, Texts] = {}
    for error in errors:
        found.setdefault(error.field, error.messages)
    return found


@dataclass(frozen=True)
class Fact:
    """A label and its value in words."""

    label: str
    value: str


def facts_of(fields: Iterable[Field], values: Mapping[str, object]) -> list[Fact]:
    """What is known already, in the words of the forms that asked for it."""
    known = []
    for each in fields:
        value = values.get(each.name)
        if value is None or value == "":
            continue
        known.append(Fact(each.label(language()), in_words(each, value)))
    return known


def in_words(of: Field, value: object) -> str:
    """A value as a person reads it: the label of a choice, yes or no, a day, an amount."""
    if isinstance(value, (list, tuple)):
        return ", ".join(in_words(of, each) for each in value)
    for option in of.options:
        if option.posted == _posted(value):
            return option.label(language())
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if of.kind == "date" and isinstance(value, str):
        return day(value)
    if of.extensions.get("x-unit") == "₸":
        return tenge(value)
    if of.kind == "number" and isinstance(value, (int, float)):
        return str(format_decimal(value))
    return str(value)


def _typed(value: object) -> frozenset[str]:
    if value is None:
        return frozenset()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return frozenset(_posted(each) for each in value)
    return frozenset({_posted(value)})


def _posted(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
