"""The demo people are invented, complete, and able to play every role."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.identifiers import is_bin, is_iin
from web.people import People, Person, load_people

ENTERPRISES = Path(__file__).parents[2] / "handlers" / "shared" / "demo" / "enterprises.json"


def test_every_role_is_played() -> None:
    assert {role.group for role, _ in load_people().by_role()} == load_people().groups()


def test_there_are_specialists_and_directors_of_at_least_two_centres() -> None:
    for group in ("specialist", "director"):
        members = [person for person in load_people() if group in person.groups]
        centres = {unit for person in members for unit in person.units or ()}
        assert len(centres) >= 2


def test_numbers_have_valid_check_digits_and_names_are_in_three_languages() -> None:
    for person in load_people():
        assert person.iin is not None
        assert is_iin(person.iin), person.id
        assert all(is_bin(number) for number in person.bins), person.id
        assert set(person.names) == set(person.place) == {"kk", "ru", "en"}
        assert all("Дем" in name or "Demo" in name for name in person.names.values())
    assert len({person.iin for person in load_people()}) == len(list(load_people()))


def test_every_demo_enterprise_belongs_to_an_employer() -> None:
    listed = set(json.loads(ENTERPRISES.read_text(encoding="utf-8"))) - {"*"}
    owned = {party for person in load_people() for party in person.parties or ()}
    assert owned == listed


def test_a_sole_trader_signs_for_their_own_iin() -> None:
    for person in load_people():
        for party in person.parties or ():
            assert party in person.bins or party == person.iin


def test_people_of_an_unknown_group_are_refused() -> None:
    stranger = Person("x", {"en": "Demo X"}, frozenset({"nobody"}))
    with pytest.raises(ValueError, match="nobody"):
        People([stranger], [])
