"""The texts of notices: as delivered in `<application>/notices.json`, or as staff wrote them.

The delivered file is a dated table. A row's value holds `subject` and `body` by language,
`required` (the names in braces that must stand there in every language), `placeholders` (those that
may stand there although the delivered texts have none of them), and `email` (false: cabinet only).
Beside the rows, `placeholders` says what each name is, with an example by which staff see a
preview; one that is `always` there may stand in every notice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine.errors import Conflict, InvalidSubmission, NotFound
from handlers.shared import notice_records
from handlers.shared.dated import DatedTable, NoValidRow
from handlers.shared.notice_records import TextVersion
from handlers.shared.ports import Begin, port
from handlers.shared.reference_data import ReferenceData
from handlers.shared.texts import LANGUAGES, Texts, fill, placeholder_names

FILE = "notices"
LONGEST = {"subject": 200, "body": 4000}
"""Characters of a subject, and of a body."""

_BRACES = re.compile(r"[{}]")


class TextsRefused(InvalidSubmission):
    """Texts that can't be sent: {"subject-kk" and so on: {language: sentence}}."""


@dataclass(frozen=True)
class Placeholder:
    """A name that may stand in braces: what it is, an example of it, and whether it must."""

    name: str
    names: Texts
    example: object
    is_required: bool = False


@dataclass(frozen=True)
class Notice:
    """A kind of message with its texts in force.

    `version` counts what staff wrote, from 1; 0 where nobody ever did. `edited` says whether the
    texts are theirs; `delivered_subject` and `delivered_body` are those of the file.
    """

    application: str
    key: str
    subject: Texts
    body: Texts
    placeholders: tuple[Placeholder, ...]
    by_email: bool
    version: int
    edited: bool
    delivered_subject: Texts
    delivered_body: Texts

    def example(
        self, subject: Texts | None = None, body: Texts | None = None
    ) -> tuple[Texts, Texts]:
        """Subject and body (these, or others in their place) filled in for an example case."""
        values = {each.name: each.example for each in self.placeholders}
        return fill(subject or self.subject, values), fill(body or self.body, values)


@port
class NoticeTexts:
    """Reads and keeps the texts. Without `begin` there is nothing but what was delivered."""

    def __init__(self, reference_data: ReferenceData, begin: Begin | None = None) -> None:
        self._reference_data = reference_data
        self._begin = begin

    def notice(self, application: str, key: str, day: date) -> Notice:
        """A notice with its texts in force. Raises NoValidRow where there is none on the day."""
        table = self._table(application)
        value = table.value(key, day)
        return _notice(application, key, value, table.extras, self._newest_of(application, key))

    def has(self, application: str, key: str, day: date) -> bool:
        """Whether there is a notice of this key on the day."""
        try:
            self._table(application).row(key, day)
        except NoValidRow:
            return False
        return True

    def notices(self, application: str, day: date) -> list[Notice]:
        """Every notice of an application, in the order of its file."""
        table = self._table(application)
        written = self._newest(application)
        return [
            _notice(application, key, row.value, table.extras, written.get(key))
            for key, row in table.in_force(day).items()
        ]

    def versions(self, application: str, key: str) -> list[TextVersion]:
        """What staff made of a notice, newest first."""
        if self._begin is None:
            return []
        with self._begin() as connection:
            return notice_records.versions(connection, application, key)

    def write(
        self,
        seen: Notice,
        subject: Mapping[str, str],
        body: Mapping[str, str],
        by: str,
        now: datetime,
    ) -> None:
        """Puts other texts in force, in place of those that were `seen`.

        Raises TextsRefused; Conflict where somebody else wrote meanwhile.
        """
        texts = check_texts(seen, subject, body)
        self._add(seen, texts, by, now)

    def restore(self, seen: Notice, by: str, now: datetime) -> None:
        """Puts the delivered texts in force again. Raises Conflict."""
        self._add(seen, None, by, now)

    def _add(self, seen: Notice, texts: tuple[Texts, Texts] | None, by: str, now: datetime) -> None:
        with self._transaction() as connection:
            newest = notice_records.newest_of(connection, seen.application, seen.key)
            is_seen = seen.version == (newest.version if newest else 0)
            if is_seen and notice_records.add_version(
                connection, seen.application, seen.key, seen.version + 1, texts, by, now
            ):
                return
            kept = notice_records.versions(connection, seen.application, seen.key)
        if not kept:
            raise Conflict(f"Expected notice {seen.key} at version 0, but {seen.version} was seen")
        latest = kept[0]
        raise Conflict(
            f"Expected notice {seen.key} as it was seen, but {latest.edited_by} has written it",
            who=latest.edited_by,
            when=latest.edited_at,
        )

    def _transaction(self) -> AbstractContextManager[Any]:
        if self._begin is None:
            raise NotFound("Expected a database to keep texts in, but there is none")
        return self._begin()

    def _table(self, application: str) -> DatedTable:
        return self._reference_data.table(f"{application}/{FILE}")

    def _newest_of(self, application: str, key: str) -> TextVersion | None:
        if self._begin is None:
            return None
        with self._begin() as connection:
            return notice_records.newest_of(connection, application, key)

    def _newest(self, application: str) -> dict[str, TextVersion]:
        if self._begin is None:
            return {}
        with self._begin() as connection:
            return notice_records.newest(connection, application)


def check_texts(
    notice: Notice, subject: Mapping[str, str], body: Mapping[str, str]
) -> tuple[Texts, Texts]:
    """Subject and body as they would be kept: trimmed, each in every language.

    Raises TextsRefused for a language that is missing, a text that is too long, a brace that opens
    no placeholder, a placeholder that the notice does not have, and one that must stand there and
    does not.
    """
    known = {each.name for each in notice.placeholders}
    kept: dict[str, Texts] = {"subject": {}, "body": {}}
    wrong: dict[str, Texts] = {}
    for part, texts in (("subject", subject), ("body", body)):
        for language in LANGUAGES:
            text = texts.get(language, "").replace("\r\n", "\n").strip()
            problem = _problem(part, text, known)
            if problem is not None:
                wrong[f"{part}-{language}"] = problem
            kept[part][language] = text
    for language in LANGUAGES:
        stands = placeholder_names({part: texts[language] for part, texts in kept.items()})
        required = [each for each in notice.placeholders if each.is_required]
        gone = [each for each in required if each.name not in stands]
        if gone and not wrong.keys() & {f"subject-{language}", f"body-{language}"}:
            wrong[f"body-{language}"] = _required(gone)
    if wrong:
        raise TextsRefused(wrong)
    return kept["subject"], kept["body"]


def _required(gone: list[Placeholder]) -> Texts:
    def named(each: Placeholder, language: str) -> str:
        return f"{{{each.name}}} ({each.names.get(language, each.name)})"

    names = {code: ", ".join(named(each, code) for each in gone) for code in LANGUAGES}
    return fill(_REQUIRED, {"names": names})


def _problem(part: str, text: str, known: set[str]) -> Texts | None:
    if not text:
        return dict(_MISSING)
    if len(text) > LONGEST[part]:
        return fill(_TOO_LONG, {"most": LONGEST[part]})
    if part == "subject" and "\n" in text:
        return dict(_ONE_LINE)
    unknown = sorted(placeholder_names({"": text}) - known)
    if unknown:
        there = ", ".join(f"{{{name}}}" for name in sorted(known))
        return fill(_UNKNOWN, {"name": f"{{{unknown[0]}}}", "known": there})
    bare = text
    for name in known:
        bare = bare.replace(f"{{{name}}}", "")
    return dict(_BRACE) if _BRACES.search(bare) else None


def _notice(
    application: str,
    key: str,
    value: Mapping[str, Any],
    extras: Mapping[str, Any],
    written: TextVersion | None,
) -> Notice:
    subject, body = dict(value["subject"]), dict(value["body"])
    edited = written is not None and written.subject is not None and written.body is not None
    return Notice(
        application=application,
        key=key,
        subject=(written.subject if written else None) or subject,
        body=(written.body if written else None) or body,
        placeholders=_placeholders(value, extras.get("placeholders", {})),
        by_email=value.get("email", True),
        version=written.version if written else 0,
        edited=edited,
        delivered_subject=subject,
        delivered_body=body,
    )


def _placeholders(
    value: Mapping[str, Any], described: Mapping[str, Mapping[str, Any]]
) -> tuple[Placeholder, ...]:
    may_stand = {
        *placeholder_names(value["subject"], value["body"]),
        *value.get("placeholders", ()),
        *(name for name, each in described.items() if each.get("always")),
    }
    names = [name for name in described if name in may_stand]
    names += sorted(may_stand - described.keys())
    return tuple(
        Placeholder(
            name,
            dict(described.get(name, {}).get("names", {})),
            described.get(name, {}).get("example", name),
            name in value.get("required", ()),
        )
        for name in names
    )


_MISSING = {
    "kk": "Мәтінді енгізіңіз: ол үш тілде де керек",
    "ru": "Введите текст: он нужен на всех трёх языках",
    "en": "Enter a text: it is needed in all three languages",
}
_TOO_LONG = {
    "kk": "Мәтін тым ұзын: ең көбі {most} таңба",
    "ru": "Текст слишком длинный: не больше {most} знаков",
    "en": "The text is too long: at most {most} characters",
}
_ONE_LINE = {
    "kk": "Тақырып бір жолдан тұруы керек",
    "ru": "Тема занимает одну строку",
    "en": "A subject is one line",
}
_UNKNOWN = {
    "kk": "Бұл хабарламада {name} деген орын жоқ. Барлары: {known}",
    "ru": "В этом сообщении нет места {name}. Есть: {known}",
    "en": "This message has no placeholder {name}. There are: {known}",
}
_REQUIRED = {
    "kk": "Бұл хабарлама мынасыз жіберілмейді: {names}",
    "ru": "Без этого сообщение не отправляется: {names}",
    "en": "This message is not sent without: {names}",
}
_BRACE = {
    "kk": "Фигуралы жақша тек толтырылатын орында тұрады, мысалы {number}",
    "ru": "Фигурные скобки стоят только вокруг названия места, например {number}",
    "en": "Braces only stand around the name of a placeholder, as {number}",
}
