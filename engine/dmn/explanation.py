"""What an evaluation did: each decision with its inputs, the rules that matched, its warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from engine.dmn import reasons
from engine.dmn.places import in_words
from engine.dmn.problems import Wording
from engine.feel import errors, limits
from engine.feel.errors import Unfit
from engine.feel.feel import Evaluation, FeelWarning, Frame, to_json
from engine.feel.values import kind

MOST_STEPS = 1_000
"""Decisions that one evaluation keeps an account of; a decision service can be called in a loop."""

MOST_RULES = 1_000
"""Matched rules that one decision keeps an account of."""


@dataclass(frozen=True, slots=True)
class MatchedRule:
    """A rule of a table that counts for the result.

    `number` is its row from 1, `annotations` are (column, text); `line` is that of the file.
    """

    id: str | None
    number: int
    annotations: tuple[tuple[str, str], ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Why a value is null ("warning") or why a decision has no result ("error").

    `text` is the expression ("" where the reason is not in one), `position` the place in it
    (0-based), `decision` the name of the decision that was evaluated. `reason` is an English
    sentence, `messages` the same by language where it has words of its own: FEEL's have none.
    """

    reason: str
    severity: Literal["warning", "error"] = "warning"
    decision: str | None = None
    text: str = ""
    position: int = 0
    messages: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def in_language(self, language: str) -> str:
        """The sentence in `language`, in English where there is none."""
        return self.messages.get(language, self.reason)


@dataclass(frozen=True, slots=True)
class DecisionStep:
    """One decision that was evaluated; `inputs` are what it requires, by name. Values are JSON.

    `decision` is its id (its name where it has none).
    """

    decision: str
    name: str
    inputs: Mapping[str, object]
    rules: tuple[MatchedRule, ...]
    outputs: object
    warnings: tuple[Notice, ...]


@dataclass(frozen=True, slots=True)
class Told(FeelWarning):
    """A reason that is told in several languages."""

    messages: Mapping[str, str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Failure(Told):
    """The reason of an error."""


@dataclass(slots=True)
class OpenStep:
    """A decision that is being evaluated."""

    decision: str | None
    rules: list[MatchedRule] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


@dataclass(slots=True)
class Explained(Evaluation):
    """An evaluation that keeps an account of itself."""

    notices: list[Notice] = field(default_factory=list)
    steps: list[DecisionStep] = field(default_factory=list)
    _open: list[OpenStep] = field(default_factory=lambda: [OpenStep(None)])
    _noticed: int = 0

    @property
    def step(self) -> OpenStep:
        """What is being evaluated now."""
        return self._open[-1]

    def begin(self, decision: str) -> None:
        """Opens the account of a decision; `end` closes it."""
        self.note()
        self._open.append(OpenStep(decision))

    def end(self, decision: str, inputs: Mapping[str, object], value: object) -> None:
        """Closes the account that was opened last; `decision` is the id.

        One that was evaluated within another, in a service, is only kept up to the limit.
        """
        self.note()
        step = self._open.pop()
        if len(self.steps) < MOST_STEPS or len(self._open) == 1:
            shown_inputs = {name: shown(each) for name, each in inputs.items()}
            self.steps.append(
                DecisionStep(
                    decision,
                    step.decision or decision,
                    shown_inputs,
                    tuple(step.rules),
                    shown(value),
                    tuple(step.notices),
                )
            )

    def fail(self, messages: Mapping[str, str]) -> None:
        """Keeps the reason, by language, why a decision has no result."""
        if not any(isinstance(each, Failure) for each in self.warnings[limits.WARNINGS :]):
            told = _sentences(messages)
            self.warnings.append(Failure(told["en"], "", 0, told))

    def note(self) -> None:
        """Puts the warnings since the last time to the account of the decision they belong to."""
        for each in self.warnings[self._noticed :]:
            severity: Literal["warning", "error"] = (
                "error" if isinstance(each, Failure) else "warning"
            )
            messages = each.messages if isinstance(each, Told) else {}
            notice = Notice(
                each.reason, severity, self.step.decision, each.text, each.position, messages
            )
            self.step.notices.append(notice)
            self.notices.append(notice)
        self._noticed = len(self.warnings)


def report_rules(frame: Frame, rules: Sequence[MatchedRule]) -> None:
    """Tells which rules of a table counted, once for each evaluation of a table."""
    if isinstance(frame.evaluation, Explained):
        kept = frame.evaluation.step.rules
        kept.extend(rules[: MOST_RULES - len(kept)])


def report_error(frame: Frame, wording: Wording, **details: object) -> None:
    """Tells why a decision has no result: its table contradicts itself, a value is not allowed."""
    if isinstance(frame.evaluation, Explained):
        frame.evaluation.fail(wording.fill(details))
    else:
        report_warning(frame, wording, **details)


def report_warning(frame: Frame, wording: Wording, **details: object) -> None:
    """Tells why a value is null."""
    warnings = frame.evaluation.warnings
    if len(warnings) < limits.WARNINGS:
        told = _sentences(wording.fill(details))
        warnings.append(Told(told["en"], "", 0, told))


def report_at(frame: Frame, wording: Wording, place: str, **details: object) -> None:
    """Tells why a value at a `place` of a model is null."""
    report_warning(frame, wording, place=in_words(place), **details)


def report_no_feel(frame: Frame, place: str, text: str) -> None:
    """Tells that the text at a place is none of FEEL, so that its value is null."""
    report_at(frame, reasons.NO_FEEL, place, text=repr(text[: errors.MOST_SHOWN]))


def report_unfit(frame: Frame, unfit: Unfit) -> None:
    """Tells what FEEL says of a value that became null."""
    frame.evaluation.warn(str(unfit), "", 0)


def _sentences(messages: Mapping[str, str]) -> dict[str, str]:
    return {language: text[:1].upper() + text[1:] for language, text in messages.items()}


MOST_SHOWN = 2_000
"""How many values, in lists and contexts, the account of one value holds."""

MOST_LEVELS = 100
"""Lists and contexts within each other in the account of a value."""

CUT = "…"
"""What stands for the rest where a value is too large for the account."""


def shown(value: object) -> object:
    """A FEEL value as JSON; what JSON has no word for in words, `a function`."""
    return _Account().of(value, 1)


class _Account:
    """The account of one value, which may hold itself many times."""

    def __init__(self) -> None:
        self._left = MOST_SHOWN

    def of(self, value: object, level: int) -> object:
        if isinstance(value, str):
            return value
        if level > MOST_LEVELS and isinstance(value, (list, dict)):
            return CUT
        if isinstance(value, list):
            return self._list(value, level)
        if isinstance(value, dict):
            return self._context(value, level)
        try:
            return to_json(value)
        except Unfit:
            return kind(value)

    def _list(self, items: list[object], level: int) -> list[object]:
        account: list[object] = []
        for item in items:
            if self._left <= 0:
                return [*account, CUT]
            self._left -= 1
            account.append(self.of(item, level + 1))
        return account

    def _context(self, entries: dict[str, object], level: int) -> dict[str, object]:
        account: dict[str, object] = {}
        for name, member in entries.items():
            if self._left <= 0:
                return {**account, CUT: CUT}
            self._left -= 1
            account[name] = self.of(member, level + 1)
        return account
