"""Texts in several languages."""

from __future__ import annotations

from collections.abc import Mapping

LANGUAGES = ("kk", "ru", "en")
Texts = Mapping[str, str]


def in_language(texts: Texts, language: str) -> str:
    """The text in a language; else in Russian, Kazakh, English, any; "" where there is none."""
    for wanted in (language, "ru", "kk", "en"):
        if texts.get(wanted):
            return texts[wanted]
    return next(iter(texts.values()), "")
