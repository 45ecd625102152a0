"""A form definition and its fields: all that a page needs to draw it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from engine.forms.decided import DecisionSource
from engine.forms.option_sources import ChoiceSource, TableSource
from engine.forms.rules import Rule
from engine.forms.texts import Texts, in_language

Kind = Literal[
    "text",
    "textarea",
    "integer",
    "number",
    "boolean",
    "date",
    "choice",
    "radio",
    "choices",
    "email",
    "tel",
    "const-true",
    "document",
]

TEXT_LENGTH = 500
"""Characters of a text whose field sets no maxLength."""

TEXTAREA_LENGTH = 10_000
"""Characters of a longer text whose field sets no maxLength."""


@dataclass(frozen=True)
class Option:
    """One value to choose.

    `hints` say what choosing it means, `attributes` what a classifier says of it besides.
    """

    value: object
    labels: Texts
    hints: Texts = field(default_factory=dict)
    attributes: Mapping[str, object] = field(default_factory=dict)

    @property
    def posted(self) -> str:
        """The value as it stands in HTML and comes back."""
        if isinstance(self.value, bool):
            return "true" if self.value else "false"
        return str(self.value)

    def label(self, language: str) -> str:
        return in_language(self.labels, language) or self.posted

    def hint(self, language: str) -> str:
        return in_language(self.hints, language)


@dataclass(frozen=True)
class Field:
    """One field of a form.

    `required` is what the form always asks for; a condition may ask for more. `show_if` maps
    earlier fields to the values at which this one is asked. `rules` are those over several fields
    that are told at this one. `source` says where options come from that the form does not list,
    `table` whose keys in force they are, `decision` which decision has a say in the field.
    `extensions` are the field's `x-…` keywords that have no meaning here.
    """

    name: str
    kind: Kind
    labels: Texts
    hints: Texts = field(default_factory=dict)
    required: bool = False
    options: tuple[Option, ...] = ()
    minimum: int | float | None = None
    maximum: int | float | None = None
    multiple_of: int | float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    format: str | None = None
    inputmode: str | None = None
    autocomplete: str | None = None
    default: object = None
    read_only: bool = False
    show_if: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    source: ChoiceSource | None = None
    table: TableSource | None = None
    decision: DecisionSource | None = None
    extensions: Mapping[str, object] = field(default_factory=dict)

    def label(self, language: str) -> str:
        return in_language(self.labels, language) or self.name

    def hint(self, language: str) -> str:
        return in_language(self.hints, language)

    def is_shown(self, values: Mapping[str, object]) -> bool:
        """Whether the field is asked for beside these values of the fields before it."""
        return all(
            any(_same(values.get(name), wanted) for wanted in allowed)
            for name, allowed in self.show_if.items()
        )

    def is_long(self) -> bool:
        """Whether the text may have several lines."""
        return self.kind == "textarea"


def _same(value: object, wanted: object) -> bool:
    if isinstance(value, (list, tuple)):
        return wanted in value
    return value == wanted and isinstance(value, bool) == isinstance(wanted, bool)


@dataclass(frozen=True, eq=False)
class Form:
    """A form. `schema` is the JSON Schema (2020-12) it was read from; `key` the form key.

    `intros` say what the form is for; `shows` names variables that stand above its fields.
    `is_reviewed`: whoever filled it in reads the answers over before they are sent, by a button
    that says `sends`. Where only some fields are open, `whole` is the form with all of them, and
    `closed` what the others hold.
    """

    key: str
    schema: Mapping[str, object]
    titles: Texts
    fields: tuple[Field, ...]
    intros: Texts = field(default_factory=dict)
    shows: tuple[str, ...] = ()
    is_reviewed: bool = False
    sends: Texts = field(default_factory=dict)
    whole: Form | None = None
    closed: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_closed(self) -> bool:
        """Whether remarks closed it, and left no field open."""
        return bool(self.closed) and all(each.read_only for each in self.fields)

    def title(self, language: str) -> str:
        return in_language(self.titles, language)

    def intro(self, language: str) -> str:
        return in_language(self.intros, language)

    def send_label(self, language: str) -> str:
        """What the button says that sends reviewed answers; empty: the page's own words."""
        return in_language(self.sends, language)

    def field(self, name: str) -> Field | None:
        return next((each for each in self.fields if each.name == name), None)

    def shown_fields(self, values: Mapping[str, object]) -> tuple[Field, ...]:
        """The fields that are asked for with these values, in order.

        A field whose condition rests on a hidden field is hidden too.
        """
        seen: dict[str, object] = {}
        shown = []
        for each in self.fields:
            if each.is_shown(seen):
                shown.append(each)
                seen[each.name] = values.get(each.name, self.closed.get(each.name))
        return tuple(shown)

    def missing_translations(self, languages: tuple[str, ...]) -> tuple[str, ...]:
        """What lacks a text, as "field: language" ("" is the form's title or introduction).

        What has no texts at all (a number to choose) speaks for itself.
        """
        texts: list[tuple[str, Texts]] = [("", self.titles), ("", self.intros)]
        for each in self.fields:
            texts += [(each.name, each.labels), (each.name, each.hints)]
            for option in each.options:
                name = f"{each.name}={option.posted}"
                texts += [(name, option.labels), (name, option.hints)]
        return tuple(
            f"{name}: {language}"
            for name, labels in texts
            if labels
            for language in languages
            if not labels.get(language)
        )
