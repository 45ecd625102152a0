"""Inquiries: several registries asked about one enterprise, at once and until all have answered.

What was answered is kept for the next try, so that it asks only those that are missing; people
see meanwhile which registry is awaited, and since when.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from handlers.shared import inquiry_records as records
from handlers.shared.asking import Round, ask_all
from handlers.shared.inquiry_records import ASKING, OPERATOR, WAITING, Awaited, KeptAnswer
from handlers.shared.patience import Patience, next_wait
from handlers.shared.ports import Begin, port
from handlers.shared.registries import Record, RegistryUnavailable
from handlers.shared.texts import Texts


@dataclass(frozen=True)
class Inquiry:
    """One try of the questions about one enterprise.

    `key` is the same at every try. `registries`: what people call each one, by language. Answers
    from before `usable_from` are not used.
    """

    key: str
    instance_id: str
    business_key: str | None
    identifier: str
    registries: Mapping[str, Texts]
    now: datetime
    usable_from: datetime


Contradictions = Callable[[Mapping[str, Record | None]], Mapping[str, RegistryUnavailable]]
"""Answers of which some can't be used, seen together: by registry, what is wrong with its own."""


@port
class Inquiries(Protocol):
    """Keeps the inquiries that go on."""

    def kept(self, key: str, not_before: datetime) -> Mapping[str, KeptAnswer] | None:
        """What was answered at earlier tries, but nothing from before; None: nothing is kept."""

    def awaited(self, key: str) -> Mapping[str, Awaited]:
        """Who has not answered yet, of those that were asked at earlier tries."""

    def note(
        self, inquiry: Inquiry, round_: Round, state: str, next_try_at: datetime | None = None
    ) -> None:
        """Keeps how an inquiry stands: one of the states of `inquiry_records`."""

    def end(self, key: str) -> None:
        """Forgets an inquiry."""


class DatabaseInquiries:
    """Inquiries in the database."""

    def __init__(self, begin: Begin) -> None:
        self._begin = begin

    def kept(self, key: str, not_before: datetime) -> Mapping[str, KeptAnswer] | None:
        """See Inquiries."""
        with self._begin() as connection:
            return records.kept_answers(connection, key, not_before)

    def awaited(self, key: str) -> Mapping[str, Awaited]:
        """See Inquiries."""
        with self._begin() as connection:
            return records.awaited_of(connection, key)

    def note(
        self, inquiry: Inquiry, round_: Round, state: str, next_try_at: datetime | None = None
    ) -> None:
        """See Inquiries."""
        with self._begin() as connection:
            records.forget_answers(connection, inquiry.key, inquiry.usable_from, inquiry.now)
            records.put_inquiry(
                connection,
                key=inquiry.key,
                instance_id=inquiry.instance_id,
                business_key=inquiry.business_key,
                identifier=inquiry.identifier,
                state=state,
                now=inquiry.now,
                next_try_at=next_try_at,
            )
            for registry, record in round_.answers.items():
                records.put_answer(
                    connection, record=record, **_row(inquiry, registry), now=inquiry.now
                )
            for registry, error in round_.missing.items():
                records.put_awaited(
                    connection,
                    reason=error.reason,
                    asked=error.asked,
                    **_row(inquiry, registry),
                    now=inquiry.now,
                )
            for registry in sorted(round_.pending):
                records.put_awaited(
                    connection, reason=None, **_row(inquiry, registry), now=inquiry.now
                )

    def end(self, key: str) -> None:
        """See Inquiries."""
        with self._begin() as connection:
            records.end_inquiry(connection, key)


class RememberedInquiries:
    """Inquiries in memory: for one run of one handler, and for tests."""

    def __init__(self) -> None:
        self.states: dict[str, str] = {}
        self._kept: dict[str, dict[str, KeptAnswer]] = {}
        self._awaited: dict[str, dict[str, Awaited]] = {}

    def kept(self, key: str, not_before: datetime) -> Mapping[str, KeptAnswer] | None:
        """See Inquiries."""
        if key not in self._kept:
            return None
        answers = self._kept[key].items()
        return {name: each for name, each in answers if each.answered_at > not_before}

    def awaited(self, key: str) -> Mapping[str, Awaited]:
        """See Inquiries."""
        return dict(self._awaited.get(key, {}))

    def note(
        self, inquiry: Inquiry, round_: Round, state: str, next_try_at: datetime | None = None
    ) -> None:
        """See Inquiries."""
        self.states[inquiry.key] = state
        self._kept.setdefault(inquiry.key, {}).update(
            {name: KeptAnswer(record, inquiry.now) for name, record in round_.answers.items()}
        )
        awaited = self._awaited.setdefault(inquiry.key, {})
        for name in round_.answers:
            awaited.pop(name, None)
        for name in round_.pending | round_.missing.keys():
            self._kept[inquiry.key].pop(name, None)
            known = awaited.get(name, Awaited(inquiry.now, 0))
            failed = name in round_.missing and round_.missing[name].asked
            awaited[name] = Awaited(known.since, known.failures + failed)

    def end(self, key: str) -> None:
        """See Inquiries."""
        self.states.pop(key, None)
        self._kept.pop(key, None)
        self._awaited.pop(key, None)


class AnswersMissing(Exception):
    """Some registries gave no usable answer; what the others answered is kept.

    `missing` by registry. `retry_after`: the wait before the next try, None: there is none.
    `counts`: whether this try is one of those that may run out.
    """

    def __init__(
        self,
        missing: Mapping[str, RegistryUnavailable],
        retry_after: timedelta | None,
        *,
        counts: bool,
    ) -> None:
        super().__init__("; ".join(str(error) for error in missing.values()))
        self.missing = missing
        self.retry_after = retry_after
        self.counts = counts


def inquire(
    inquiry: Inquiry,
    ask: Callable[[str], Record | None],
    inquiries: Inquiries,
    *,
    patience: Patience,
    tries_left: int,
    contradictions: Contradictions = lambda _records: {},
) -> dict[str, KeptAnswer]:
    """The answers of all the inquiry's registries: those that are kept, and the others asked now.

    `ask` puts the question to one registry and raises RegistryUnavailable also for an answer that
    can't be used; it is called in several threads. `tries_left`: this one and those that the caller
    may make after it, of those that count. `contradictions` looks at all the answers together.
    Whoever has used the answers calls `inquiries.end`.

    Raises AnswersMissing, after noting who is awaited.
    """
    kept = dict(inquiries.kept(inquiry.key, inquiry.usable_from) or {})
    wanted = [name for name in inquiry.registries if name not in kept]
    round_ = ask_all(ask, wanted, lambda so_far: inquiries.note(inquiry, _going_on(so_far), ASKING))
    if not round_.missing:
        records_now = {name: each.record for name, each in kept.items()} | round_.answers
        for name, error in contradictions(records_now).items():
            round_.answers.pop(name, None)
            round_.missing[name] = error
    if round_.missing:
        raise _put_off(inquiry, round_, inquiries, patience, tries_left)
    for name, record in round_.answers.items():
        kept[name] = KeptAnswer(record, inquiry.now)
    return kept


def _put_off(
    inquiry: Inquiry, round_: Round, inquiries: Inquiries, patience: Patience, tries_left: int
) -> AnswersMissing:
    """Notes who is awaited, and until when or for an operator."""
    new = Awaited(inquiry.now, 0)
    before = inquiries.awaited(inquiry.key)
    asked = {name: before.get(name, new) for name, error in round_.missing.items() if error.asked}
    longest = max((inquiry.now - each.since for each in asked.values()), default=timedelta(0))
    counts = bool(asked) and longest >= patience.lasts
    if counts and tries_left <= 1:
        inquiries.note(inquiry, round_, OPERATOR)
        return AnswersMissing(round_.missing, None, counts=True)
    failures = [each.failures + 1 for each in asked.values()]
    wait_for = next_wait(patience, inquiry.key, inquiry.now, round_.missing.values(), failures)
    inquiries.note(inquiry, round_, WAITING, inquiry.now + wait_for)
    return AnswersMissing(round_.missing, wait_for, counts=counts)


def _going_on(round_: Round) -> Round:
    """A round before its end: whoever failed is still awaited, and counted once, at the end."""
    return Round(answers=round_.answers, pending=round_.pending | round_.missing.keys())


def _row(inquiry: Inquiry, registry: str) -> dict[str, Any]:
    return {
        "key": inquiry.key,
        "registry": registry,
        "names": inquiry.registries[registry],
    }
