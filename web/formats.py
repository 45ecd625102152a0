"""How days, moments, terms, money and people are written on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_date, format_decimal

from web.case_notes import notes_of
from web.context import now, people, settings
from web.document_words import (
    current_documents,
    earlier_documents,
    file_name,
    file_type,
    signature_check,
)
from web.language import gettext, language, ngettext, words


def local(moment: datetime) -> datetime:
    """A moment on the clocks of the site's zone."""
    return moment.astimezone(ZoneInfo(settings().time_zone))


def as_moment(value: datetime | str) -> datetime:
    """A moment from itself or from its ISO text (UTC where it names no zone)."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def day(value: date | datetime | str | None) -> str:
    """A day in words: «2026 ж. 20 қараша»."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        value = as_moment(value) if "T" in value else date.fromisoformat(value)
    if isinstance(value, datetime):
        value = local(as_moment(value)).date()
    return _day_in(language(), value)


@lru_cache(maxsize=4096)
def _day_in(code: str, value: date) -> str:
    """A day in the language of the page, which is `code`; lists show the same days often."""
    return str(format_date(value, "d MMMM y" if code == "en" else "long"))


def moment(value: datetime | str | None) -> str:
    """A day with the time of day."""
    if value is None or value == "":
        return ""
    clock = local(as_moment(value))
    return f"{day(clock.date())}, {clock:%H:%M}"


def by_when(value: datetime | str) -> str:
    """The end of a term: its last moment, or its last day where it ends as a day does."""
    end = local(as_moment(value))
    if end.time() != time.min:
        return moment(end)
    return gettext("until and including %(day)s", day=day(_last_day(end)))


def _last_day(end: datetime) -> date:
    """The last day before the end of a term, of which midnight itself is no part."""
    return local(end - timedelta.resolution).date()


def machine_time(value: date | datetime | str) -> str:
    """A day or a moment for the `datetime` attribute of a <time>."""
    return value if isinstance(value, str) else value.isoformat()


def tenge(value: object) -> str:
    """An amount of money: «1 250 000,50 ₸»."""
    if value is None or value == "":
        return ""
    try:
        amount = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    return f"{format_decimal(amount, pattern)}\N{NO-BREAK SPACE}₸"


def has_come(value: datetime | None) -> bool:
    """Whether a moment is now or past."""
    return value is not None and as_moment(value) <= now()


@dataclass(frozen=True)
class Due:
    """A term as icon, words and colour. `tone` is "late", "soon" or "calm"."""

    tone: str
    icon: str
    words: str


def due(value: datetime | None) -> Due | None:
    """How far away a term is, counted in days of the site's zone; None where there is none."""
    if value is None:
        return None
    present = now()
    days = (_last_day(as_moment(value)) - local(present).date()) // timedelta(days=1)
    if as_moment(value) < present:
        if days == 0:
            return Due("late", "alert", gettext("Overdue since today"))
        text = ngettext("%(num)d day overdue", "%(num)d days overdue", -days)
        return Due("late", "alert", text)
    if days == 0:
        return Due("soon", "clock", gettext("Due today"))
    if days == 1:
        return Due("soon", "clock", gettext("Due tomorrow"))
    return Due("calm", "clock", ngettext("%(num)d day left", "%(num)d days left", days))


def user_name(user: str | None) -> str:
    """A user's name in the page's language; the engine and unknown users by their id."""
    if not user:
        return ""
    if user == "system":
        return gettext("Automatically")
    found = people().find(user)
    return words(found.names) if found else user


def enterprise_name(party: str) -> str:
    """An enterprise's name with its BIN or IIN; the number alone where it is not known."""
    names = words(people().enterprise(party))
    return f"{names} · {party}" if names else party


def role_names(groups: Iterable[str]) -> str:
    """Candidate groups in words, the first letter large."""
    names: list[str] = []
    for group in sorted(groups):
        role = people().role(group)
        names.append(words(role.names) if role else group)
    return ", ".join(names)


def sources(named: Iterable[str | Mapping[str, str]]) -> str:
    """Rows of a map that are carried out, without the stages that they belong to anyway."""
    rows = [each if isinstance(each, str) else words(each) for each in named]
    return ", ".join(row for row in rows if not any(other.startswith(f"{row}.") for other in rows))


def size(count: int) -> str:
    """A number of bytes in words."""
    if count >= 1024**2:
        return format_decimal(round(count / 1024**2, 1)) + "\N{NO-BREAK SPACE}" + gettext("MB")
    kilobytes = max(1, round(count / 1024))
    return format_decimal(kilobytes) + "\N{NO-BREAK SPACE}" + gettext("KB")


def add_formats(app: Flask) -> None:
    """Makes the formats known to the templates as filters."""
    filters: Mapping[str, object] = {
        "day": day,
        "moment": moment,
        "by_when": by_when,
        "machine_time": machine_time,
        "tenge": tenge,
        "file_type": file_type,
        "file_name": file_name,
        "current_documents": current_documents,
        "earlier_documents": earlier_documents,
        "signature_check": signature_check,
        "due": due,
        "has_come": has_come,
        "user_name": user_name,
        "role_names": role_names,
        "enterprise_name": enterprise_name,
        "size": size,
        "sources": sources,
        "words": words,
        "case_notes": notes_of,
    }
    app.jinja_env.filters.update(filters)
