"""Where in a decision a text stands, in words of a language: "rule 3, input 1 (age)"."""

from __future__ import annotations

from collections.abc import Mapping

from engine.problems import ByLanguage

LOGIC = "its logic"
"""The place of the boxed expression of a decision or function itself."""

_WORDS: Mapping[str, tuple[str, str]] = {
    "its logic": ("логика", "логикасы"),
    "called function": ("вызываемая функция", "шақырылатын функция"),
    "allowed values": ("допустимые значения", "рұқсат етілген мәндер"),
    "values": ("значения", "мәндер"),
    "default": ("по умолчанию", "әдепкі мән"),
    "annotation": ("примечание", "ескертпе"),
    "argument": ("аргумент", "аргумент"),
    "body": ("тело", "денесі"),
    "column": ("столбец", "баған"),
    "entry": ("запись", "жазба"),
    "input": ("условие", "шарт"),
    "match": ("условие отбора", "іріктеу шарты"),
    "item": ("элемент", "элемент"),
    "output": ("результат", "нәтиже"),
    "row": ("строка", "жол"),
    "rule": ("правило", "ереже"),
}
_LANGUAGES = {"ru": 0, "kk": 1}


def in_words(place: str) -> ByLanguage:
    """A place in every language."""
    return ByLanguage({language: place_in(language, place) for language in ("en", *_LANGUAGES)})


def place_in(language: str, place: str) -> str:
    """A place with its words in a language; names and keywords of DMN stay as they are."""
    if language not in _LANGUAGES:
        return place
    return ", ".join(_translated(part, _LANGUAGES[language]) for part in place.split(", "))


def _translated(part: str, language: int) -> str:
    for word, translations in _WORDS.items():
        if part == word or part.startswith(f"{word} "):
            return translations[language] + part.removeprefix(word)
    return part
