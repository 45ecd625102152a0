"""Rows to begin a calendar of Kazakhstan with; staff correct them.

From the `holidays` library: holidays, days off moved from a weekend, and the transfers by
government order that it knows. Later orders, and Eid al-Adha of coming years, are entered by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import holidays

from engine.calendar.working_days import CalendarDay

Texts = Mapping[str, str]

HOLIDAYS: Mapping[str, Texts] = {
    "New Year's Day": {"kk": "Жаңа жыл", "ru": "Новый год", "en": "New Year"},
    "Orthodox Christmas": {
        "kk": "Православиелік Рождество",
        "ru": "Православное Рождество",
        "en": "Orthodox Christmas",
    },
    "International Women's Day": {
        "kk": "Халықаралық әйелдер күні",
        "ru": "Международный женский день",
        "en": "International Women's Day",
    },
    "Nowruz Holiday": {"kk": "Наурыз мейрамы", "ru": "Наурыз мейрамы", "en": "Nauryz"},
    "Kazakhstan's People Solidarity Holiday": {
        "kk": "Қазақстан халқының бірлігі мерекесі",
        "ru": "Праздник единства народа Казахстана",
        "en": "Unity Day of the People of Kazakhstan",
    },
    "Defender of the Fatherland Day": {
        "kk": "Отан қорғаушы күні",
        "ru": "День защитника Отечества",
        "en": "Defender of the Fatherland Day",
    },
    "Victory Day": {"kk": "Жеңіс күні", "ru": "День Победы", "en": "Victory Day"},
    "Capital Day": {"kk": "Астана күні", "ru": "День столицы", "en": "Capital Day"},
    "Constitution Day": {
        "kk": "Қазақстан Республикасының Конституциясы күні",
        "ru": "День Конституции Республики Казахстан",
        "en": "Constitution Day",
    },
    "Republic Day": {"kk": "Республика күні", "ru": "День Республики", "en": "Republic Day"},
    "First President Day": {
        "kk": "Қазақстан Республикасының Тұңғыш Президенті күні",
        "ru": "День Первого Президента Республики Казахстан",
        "en": "First President Day",
    },
    "Independence Day": {
        "kk": "Тәуелсіздік күні",
        "ru": "День Независимости",
        "en": "Independence Day",
    },
    "Eid al-Adha": {"kk": "Құрбан айт", "ru": "Курбан-айт", "en": "Eid al-Adha"},
}
"""The library's English name → names in three languages."""

_REMARKS: Mapping[str, Texts] = {
    "observed": {
        "kk": "демалыс ауыстырылды",
        "ru": "перенос выходного дня",
        "en": "day off moved",
    },
    "estimated": {"kk": "болжамды күн", "ru": "предполагаемая дата", "en": "expected date"},
}
_DAY_OFF: Texts = {
    "kk": "Демалыс күні ({day} орнына)",
    "ru": "Выходной день (перенесён с {day})",
    "en": "Day off (moved from {day})",
}
_WORKING: Texts = {
    "kk": "Жұмыс күні (ауыстырылған)",
    "ru": "Рабочий день (перенос)",
    "en": "Working day (moved)",
}
_LANGUAGES = ("kk", "ru", "en")
_SUBSTITUTED = re.compile(r"Day off \(substituted from (\d\d)/(\d\d)/(\d{4})\)")
_REMARKED = re.compile(r"(.+?) \(([a-z, ]+)\)")


def seed_rows(years: Iterable[int]) -> list[CalendarDay]:
    """Every exception of the years, by day, with names in Kazakh, Russian and English."""
    wanted = sorted(set(years))
    known = holidays.country_holidays("KZ", years=wanted, language="en_US")
    rows = {day: CalendarDay(day, working=False, names=_names(name)) for day, name in known.items()}
    rows.update(
        {day: CalendarDay(day, working=True, names=_WORKING) for day in known.weekend_workdays}
    )
    return [rows[day] for day in sorted(rows) if day.year in wanted]


def _names(name: str) -> Texts:
    """Names of a day on which several holidays may fall ("A; B")."""
    each = [_one(part) for part in name.split("; ")]
    return {language: "; ".join(texts[language] for texts in each) for language in _LANGUAGES}


def _one(name: str) -> Texts:
    moved = _SUBSTITUTED.fullmatch(name)
    if moved is not None:
        day = f"{moved[2]}.{moved[1]}.{moved[3]}"
        return {language: text.format(day=day) for language, text in _DAY_OFF.items()}
    remarked = _REMARKED.fullmatch(name)
    plain, remarks = (remarked[1], remarked[2].split(", ")) if remarked else (name, [])
    texts = HOLIDAYS.get(plain, dict.fromkeys(_LANGUAGES, plain))
    if not remarks:
        return texts
    return {
        language: f"{texts[language]} ({', '.join(_REMARKS[each][language] for each in remarks)})"
        for language in _LANGUAGES
    }
