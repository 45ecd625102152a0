"""A form as a page shows it: its fields with what was typed and what is wrong."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flask import request

from engine.forms import (
    Field,
    FieldDecision,
    FieldError,
    Form,
    Option,
    check_submission,
    has_nothing_below,
    keys_for,
    offered_for,
    read_submission,
)
from web.answers import in_words, posted, typed
from web.context import now, options, settings
from web.formats import local
from web.language import language, words
from web.linked_choices import Link, followers_of, gone_choices, leaders_of, links_of
from web.uploads import Attached, attached

Texts = Mapping[str, str]

CHOOSE = "choose"
"""The press that offers anew what follows a choice, `choose:FIELD`; nothing is kept by it."""

LONG_LIST = 12
"""Options of a list that is offered with a search."""


@dataclass(frozen=True)
class FieldView:
    """One field. `typed` is what stands in it: the text, or the posted values that are chosen.

    `options` are what can be chosen beside the other values; a field that is not `is_asked` has
    nothing to choose below what was chosen. `follows` are the fields that it changes with, and
    others change with a field that `leads`. `focus`: the reader goes on here. `decision`: what a
    decision says of it beside the other values. `attached`: the file that stands in a field for
    one. `is_closed`: it stays as it is, `in_words`; `remark`: what is to be corrected in it.
    `is_decided`: all that it follows is answered.
    """

    field: Field
    typed: frozenset[str]
    error: str = ""
    link: Link | None = None
    options: tuple[Option, ...] = ()
    is_asked: bool = True
    follows: frozenset[str] = frozenset()
    leads: bool = False
    focus: bool = False
    decision: FieldDecision | None = None
    attached: Attached | None = None
    in_words: str = ""
    is_closed: bool = False
    remark: str = ""
    is_decided: bool = True

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
    def most_bytes(self) -> int:
        """How large a file of the field may be."""
        return settings().max_file_bytes

    @property
    def told(self) -> str:
        """What a decision says of the field, in words."""
        return words(self.decision.texts) if self.decision else ""

    @property
    def stops(self) -> bool:
        """Whether it must be answered, and a decision leaves nothing to answer.

        Before all that it follows is answered, nothing is decided yet.
        """
        leaves_nothing = self.decision is not None and self.decision.offers == ()
        return leaves_nothing and self.field.required and self.is_decided

    @property
    def described_by(self) -> str:
        """Ids of its hint, of what is told and of its error, for aria-describedby."""
        named = [f"{self.id}-remark"] if self.remark else []
        named += [f"{self.id}-hint"] if self.hint else []
        named += [f"{self.id}-told"] if self.told else []
        return " ".join(named + ([f"{self.id}-error"] if self.error else []))

    @property
    def show_if(self) -> str:
        """The condition under which the field is asked for, as JSON of posted values."""
        if not self.field.show_if:
            return ""
        return json.dumps(
            {
                name: [posted(each) for each in wanted]
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
    def is_long(self) -> bool:
        """Whether one would search the list rather than read it."""
        return len(self.options) > LONG_LIST

    def option_label(self, option: Option) -> str:
        """What is read of one value to choose."""
        source = self.field.source
        label = option.label(language())
        return f"{label} · {option.posted}" if source and source.shows_code else label

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
    def is_stopped(self) -> bool:
        """Whether it can't be sent as it stands."""
        return any(view.stops for view in self.fields)

    @property
    def may_stop_by(self) -> frozenset[str]:
        """The fields whose answers decide whether it can be sent at all."""
        return frozenset[str]().union(
            *(
                view.follows
                for view in self.fields
                if view.field.required and view.decision and view.decision.offers is not None
            )
        )

    @property
    def has_files(self) -> bool:
        """Whether the form is sent with files."""
        return any(view.field.kind == "document" for view in self.fields)

    @property
    def has_errors(self) -> bool:
        return bool(self.errors or self.general)


def view_of(
    form: Form | None,
    values: Mapping[str, object],
    errors: Mapping[str, Texts] | None = None,
    *,
    chosen: str | None = None,
    decisions: Mapping[str, FieldDecision] | None = None,
    remarks: Mapping[str, str] | None = None,
) -> FormView:
    """A form with values; `errors` maps a field ("" for the whole) to a sentence by language.

    `chosen`: the field whose choice was just made, so that what follows it is offered anew. A code
    that the classifier has no more is said, and is to be chosen again. `decisions` are what
    decisions say of fields: what they don't offer is not shown, and not chosen either. `remarks`
    stand beside their fields.
    """
    said = {name: words(texts) for name, texts in (errors or {}).items()}
    if form is not None:
        for name, texts in gone_choices(form, values, options()).items():
            said.setdefault(name, words(texts))
    decided = decisions or {}
    for name, decision in decided.items():
        if name in said and decision.offers == () and decision.texts:
            said[name] = words(decision.texts)
    fields = tuple(_views(form, values, said, chosen, decided, remarks or {})) if form else ()
    known = {view.field.name for view in fields if view.is_asked}
    return FormView(
        title=form.title(language()) if form else "",
        fields=fields,
        errors=tuple(
            (view.id, f"{view.label}: {view.error}")
            for view in fields
            if view.error and view.is_asked
        ),
        general=tuple(text for name, text in said.items() if name not in known),
    )


def _views(
    form: Form,
    values: Mapping[str, object],
    said: Mapping[str, str],
    chosen: str | None,
    decisions: Mapping[str, FieldDecision],
    remarks: Mapping[str, str],
) -> Iterator[FieldView]:
    links = links_of(form)
    follows = leaders_of(form)
    leading = {name for names in follows.values() for name in names}
    next_one = next(iter(followers_of(form, chosen)), None) if chosen else None
    for each in form.fields:
        decision = decisions.get(each.name)
        allows = decision.allows if decision else _anything
        value = values.get(each.name, each.default)
        offered = _offered(each, values)
        yield FieldView(
            each,
            typed(value if allows(value) else None),
            said.get(each.name, ""),
            links.get(each.name),
            options=tuple(option for option in offered if allows(option.value)),
            is_asked=not has_nothing_below(each, values, options()),
            follows=frozenset(follows.get(each.name, ())),
            leads=each.name in leading,
            focus=each.name in (next_one, chosen if decision else None),
            decision=decision,
            attached=attached(each, value),
            in_words=in_words(each, value) if value is not None else "",
            is_closed=each.name in form.closed,
            remark=remarks.get(each.name, ""),
            is_decided=all(values.get(name) is not None for name in follows.get(each.name, ())),
        )


def _offered(asked: Field, values: Mapping[str, object]) -> Sequence[Option]:
    """What can be chosen; of a dated table also what was chosen while it still held."""
    offered = offered_for(asked, values, options()) or ()
    known = keys_for(asked.table, options()) if asked.table is not None else None
    if known is None:
        return offered
    value = values.get(asked.name)
    return (*offered, *(option for option in known.others if option.value == value))


def _anything(_value: object) -> bool:
    return True


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
    return dict(read_submission(form, posted, options()))


def chosen_field() -> str | None:
    """The field whose choice was pressed («Show what belongs to it»), None at another press."""
    press, _, name = request.form.get("press", "").partition(":")
    return name if press == CHOOSE and name else None


def problems(form: Form | None, values: Mapping[str, object]) -> dict[str, Texts]:
    """What is wrong with the answers by themselves, by field."""
    return by_field(check_submission(form, values, local(now()), options())) if form else {}


def by_field(errors: Iterable[FieldError]) -> dict[str, Texts]:
    """The first error of each field."""
    found: dict[str, Texts] = {}
    for error in errors:
        found.setdefault(error.field, error.messages)
    return found
