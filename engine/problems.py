"""What is wrong with a file: one sentence in three languages, with the element and the line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "note"]


class ByLanguage(dict[str, str]):
    """A detail of a sentence that is told in each language by itself: language → text."""


@dataclass(frozen=True)
class Wording:
    """One sentence in English, Russian and Kazakh; `{name}` stands for a detail of the finding."""

    en: str
    ru: str
    kk: str

    def fill(self, details: Mapping[str, object]) -> dict[str, str]:
        """The sentences with their details, by language; of a ByLanguage the text of each."""
        return {
            language: text.format_map(
                {
                    name: each[language] if isinstance(each, ByLanguage) else each
                    for name, each in details.items()
                }
            )
            for language, text in self.templates().items()
        }

    def templates(self) -> dict[str, str]:
        """The sentences as they are written, by language."""
        return {"en": self.en, "ru": self.ru, "kk": self.kk}


@dataclass(frozen=True)
class Problem:
    """A reason to refuse a file ("error"), to look at it again ("warning"), or what could not be
    looked at ("note").

    `element_id` and `line` say where (None: the file as a whole), `rule` is the kebab-case name of
    the rule, `message` an English sentence, `messages` the same by language (en, ru, kk).
    """

    element_id: str | None
    line: int | None
    rule: str
    severity: Severity
    message: str
    messages: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def in_language(self, language: str) -> str:
        """The sentence in `language`, in English where there is none."""
        return self.messages.get(language, self.message)

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line is not None else "file"
        if self.element_id is not None:
            place = f"{place}, {self.element_id}"
        return f"{place}: {self.message} [{self.rule}]"


def make_problem(
    rule: str,
    wording: Wording,
    details: Mapping[str, object],
    *,
    element_id: str | None = None,
    line: int | None = None,
    severity: Severity = "error",
) -> Problem:
    """A problem from a wording and its details."""
    messages = wording.fill(details)
    return Problem(element_id, line, rule, severity, messages["en"], messages)
