"""Checks what was chosen against the classifier or the dated table that it was chosen from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from engine.forms.definition import Field, Form, Option
from engine.forms.field_error import FieldError, failed, own_sentence, property_of
from engine.forms.formats import FORMATS
from engine.forms.messages import NEXT, NO_NEXT, filled, sentence
from engine.forms.option_sources import OPTIONS, TableSource
from engine.forms.options import Options, TableKeys, keys_for, offered_for
from engine.forms.texts import Texts

OTHER_CODE = f"{OPTIONS} code-in"
"""What is wrong where another field's number holds the code of another choice."""


def waits_for_another(field: Field, given: Mapping[str, object]) -> bool:
    """Whether there is nothing to choose yet, because the choice before it is missing."""
    source = field.source
    return source is not None and source.parent is not None and source.parent not in given


def not_offered(
    form: Form, field: Field, value: object, given: Mapping[str, object], options: Options
) -> Iterator[FieldError]:
    """A code that the classifier in force does not have, or not below what was chosen before."""
    if field.table is not None:
        yield from _not_in_force(form, field, field.table, value, options)
        return
    source = field.source
    if source is None:
        return
    offered = offered_for(field, given, options)
    if offered is None:
        yield FieldError(field.name, sentence(OPTIONS, about="missing"), OPTIONS)
        return
    chosen = next((option for option in offered if option.value == value), None)
    if chosen is not None:
        yield from _of_another(form, field, chosen, given, offered)
        return
    everywhere = options.offered(source.classifier, source.level, None) or ()
    if any(option.value == value for option in everywhere):
        yield failed(form, field.name, OPTIONS)
    else:
        yield FieldError(field.name, sentence(OPTIONS, about="gone"), OPTIONS)


def _not_in_force(
    form: Form, field: Field, table: TableSource, value: object, options: Options
) -> Iterator[FieldError]:
    """A key that the dated table does not have today; with the period that begins next.

    A field's own sentence takes the key as `{v}`; its own for `next` the key that comes, with the
    `{first}` and the `{last}` day.
    """
    known = keys_for(table, options)
    if known is None:
        yield FieldError(field.name, sentence(OPTIONS, about="no table"), OPTIONS)
        return
    if any(option.value == value for option in known.in_force):
        return
    found = next((option for option in known.others if option.value == value), None)
    if found is None:
        yield FieldError(field.name, sentence("type", about="choice"), OPTIONS)
        return
    given = property_of(form, field.name).get("x-error", {})
    own = own_sentence(given, OPTIONS)
    key = found.labels or found.posted
    told = filled(own, key) if own else sentence(OPTIONS, key, about="not in force")
    yield FieldError(field.name, _with_next(told, known, given.get("next", NEXT)), OPTIONS)


def _with_next(told: Texts, known: TableKeys, following: Texts) -> Texts:
    coming = known.coming
    if coming is None:
        return {code: f"{_ended(text)} {NO_NEXT[code]}" for code, text in told.items()}
    first, last = (
        f"{day:%d.%m.%Y}" if day is not None else "…" for day in (coming.first, coming.last)
    )
    named = filled(following, coming.key.labels or coming.key.posted)
    return {
        code: f"{_ended(text)} {named[code].replace('{first}', first).replace('{last}', last)}"
        for code, text in told.items()
    }


def _ended(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _of_another(
    form: Form,
    field: Field,
    chosen: Option,
    given: Mapping[str, object],
    offered: Sequence[Option],
) -> Iterator[FieldError]:
    """A choice whose code another field's number should hold, and holds that of another one.

    A number that holds no offered one's code, or is wrong by itself, says nothing.
    """
    code = field.source.code_in if field.source is not None else None
    other = None if code is None else form.field(code.field)
    if code is None or other is None:
        return
    number = given.get(code.field)
    if not isinstance(number, str) or not FORMATS.get(other.format or "", bool)(number):
        return
    named = [option for option in offered if code.is_held(option.attributes, number)]
    if named and chosen not in named:
        yield failed(form, field.name, OTHER_CODE, named[0].labels)
