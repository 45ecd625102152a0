"""What people are called."""

from __future__ import annotations

from handlers.shared.people_names import NamesFromDirectory

NAMES = {"kk": "Айгүл", "ru": "Айгуль", "en": "Aigul"}


def test_a_person_is_called_by_name_in_each_language() -> None:
    people = NamesFromDirectory({"aigul": NAMES}.__getitem__)
    assert people.of("aigul") == NAMES


def test_who_is_not_known_is_called_by_their_code() -> None:
    assert NamesFromDirectory(lambda _user: {}).of("u-7") == dict.fromkeys(NAMES, "u-7")


def test_a_language_without_a_name_has_the_code() -> None:
    people = NamesFromDirectory(lambda _user: {"ru": "Айгуль"})
    assert people.of("aigul") == {"kk": "aigul", "ru": "Айгуль", "en": "aigul"}
