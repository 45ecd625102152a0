"""What an analysis has to say about a decision model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from engine.dmn.problems import Problem, Wording

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True)
class Finding:
    """Something wrong ("error"), suspicious ("warning") or worth knowing ("note") in a decision.

    `code` is the kebab-case name of what was looked for, `rules` are the numbers (from 1) of the
    rules of a table that it is about, `message` is an English sentence, `messages` the same by
    language (en, ru, kk).
    """

    code: str
    severity: Severity
    decision_id: str | None
    rules: tuple[int, ...]
    line: int | None
    message: str
    messages: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def in_language(self, language: str) -> str:
        """The sentence in `language`, in English where there is none."""
        return self.messages.get(language, self.message)

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line is not None else "file"
        if self.decision_id is not None:
            place = f"{place}, {self.decision_id}"
        return f"{place}: {self.message} [{self.code}]"


@dataclass(frozen=True)
class Kind:
    """One thing that is looked for: its code, its usual severity, its sentence."""

    code: str
    severity: Severity
    wording: Wording


@dataclass(frozen=True, slots=True)
class Place:
    """Where findings are made: the decision (or function) by id, and its name for the sentences."""

    decision_id: str | None
    owner: str

    def finding(
        self,
        kind: Kind,
        rules: Sequence[int] = (),
        line: int | None = None,
        severity: Severity | None = None,
        **details: object,
    ) -> Finding:
        """A finding here; `owner` is among the details of every sentence."""
        messages = kind.wording.fill({"owner": self.owner, **details})
        return Finding(
            kind.code,
            severity or kind.severity,
            self.decision_id,
            tuple(rules),
            line,
            messages["en"],
            messages,
        )


def of_problem(problem: Problem, decision_id: str | None) -> Finding:
    """A problem that was found in reading or compiling, as a finding."""
    return Finding(
        problem.rule,
        problem.severity,
        decision_id,
        (),
        problem.line,
        problem.message,
        problem.messages,
    )
