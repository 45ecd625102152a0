"""Texts that people are told something by."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.shared.texts import LANGUAGES


def in_all_languages(fields: Mapping[str, Mapping[str, str]]) -> bool:
    """Whether each field is told of in every language, with nothing left open in braces."""
    return all(
        texts[language] and "{" not in texts[language]
        for texts in fields.values()
        for language in LANGUAGES
    )
