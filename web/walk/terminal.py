"""A walk that is guided by who sits at the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import click

from engine.errors import InvalidSubmission
from engine.forms import Field, Form, in_language, read_submission
from web.walk.guide import LetTimePass, Move, Offer, Stop, Values
from web.walk.words import said

_YES_NO = ("boolean", "const-true")


class Terminal:
    """Asks for every choice and every field; what is refused is asked again."""

    begins_at: datetime | None = None
    starter: str | None = None

    def __init__(self, language: str) -> None:
        self._language = language

    def start_values(self, form: Form | None) -> Values:
        """See Guide."""
        return self._ask(form, {})

    def next_move(self, offers: Sequence[Offer], next_due: datetime | None) -> Move:
        """See Guide."""
        each_task = {offer.task.id: offer for offer in reversed(offers)}
        choices = [each_task[task_id] for task_id in sorted(each_task)]
        if not choices:
            return self._wait_or_stop(next_due)
        click.echo(self._said("open"))
        for number, offer in enumerate(choices, start=1):
            who = in_language(offer.person.names, self._language)
            click.echo(f"  {number}. {in_language(offer.task.names, self._language)} ({who})")
        choice: int = click.prompt(
            self._said("which"),
            type=click.IntRange(0, len(choices)),
            default=1,
        )
        return choices[choice - 1] if choice else self._wait_or_stop(next_due)

    def task_values(self, form: Form | None, standing: Values) -> Values:
        """See Guide."""
        return self._ask(form, standing)

    def hear_refusal(self, refused: InvalidSubmission) -> None:
        """See Guide."""
        for name, sentences in refused.fields.items():
            sentence = in_language(sentences, self._language)
            click.echo(self._said("refused", field=name or self._said("form"), sentence=sentence))

    def _said(self, name: str, **details: object) -> str:
        return said(name, self._language, **details)

    def _wait_or_stop(self, next_due: datetime | None) -> Move:
        if next_due is None:
            click.echo(self._said("nothing"))
            return Stop()
        until = next_due.isoformat(timespec="minutes")
        if click.confirm(self._said("pass", until=until), default=True):
            return LetTimePass()
        return Stop()

    def _ask(self, form: Form | None, standing: Values) -> dict[str, object]:
        """Asks for each field that is shown beside the answers before it."""
        if form is None:
            return {}
        posted: dict[str, str | list[str]] = {}
        for field in form.fields:
            if not field.read_only and field.is_shown(read_submission(form, posted)):
                posted[field.name] = self._ask_field(field, standing)
        return read_submission(form, posted)

    def _ask_field(self, field: Field, standing: Values) -> str | list[str]:
        label = field.label(self._language)
        value = standing.get(field.name)
        if field.kind in _YES_NO:
            return "true" if click.confirm(label, default=value is True) else "false"
        for option in field.options:
            click.echo(f"    {option.posted}: {option.label(self._language)}")
        typed: str = click.prompt(label, default=_typed(field, value), show_default=bool(value))
        return typed.split(",") if field.kind == "choices" else typed


def _typed(field: Field, value: object) -> str:
    """A value as one would type it; nothing for none."""
    if value is None or isinstance(value, Mapping):
        return ""
    if isinstance(value, list):
        return ",".join(_typed(field, each) for each in value)
    for option in field.options:
        if option.value == value:
            return option.posted
    return str(value)
