"""A person's own enterprises, offered wherever a start form asks for the number of one."""

from __future__ import annotations

from dataclasses import replace

from engine.forms import Field, Form, Option
from web.context import people, person
from web.language import LANGUAGES, words

_NUMBERS = frozenset({"kz-bin", "kz-iin-or-bin"})


def offering_own(form: Form | None) -> Form | None:
    """The form with a choice of the person's enterprises in place of typing a number.

    Unchanged for those who stand for every enterprise, or for none.
    """
    if form is None or not person().parties:
        return form
    return replace(form, fields=tuple(map(_offered, form.fields)))


def _offered(field: Field) -> Field:
    if field.format not in _NUMBERS:
        return field
    own = sorted(person().parties or ())
    return replace(
        field,
        kind="choice",
        hints={},
        options=tuple(Option(party, _labels(party)) for party in own),
        default=own[0] if len(own) == 1 else field.default,
    )


def own_enterprises() -> dict[str, str]:
    """The person's enterprises as they read them: name and number, by number; by name in order."""
    named = {party: words(_labels(party)) or party for party in person().parties or ()}
    return dict(sorted(named.items(), key=lambda entry: entry[1]))


def _labels(party: str) -> dict[str, str]:
    names = people().enterprise(party)
    return {code: f"{names[code]} · {party}" for code in LANGUAGES if code in names}
