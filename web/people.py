"""The people who can sign in: who they are, what they see, which areas of the web are theirs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from flask_login import UserMixin

from engine.identity import Actor

DEMO_PEOPLE = Path(__file__).parent / "demo" / "people.json"


@dataclass(frozen=True)
class Person(UserMixin):
    """One person. `units` and `parties` None: every one. `bins` are the enterprises signed for.

    `email`: where the messages to their enterprises go as long as these name no address themselves.
    """

    id: str
    names: Mapping[str, str]
    groups: frozenset[str]
    units: frozenset[str] | None = None
    parties: frozenset[str] | None = None
    iin: str | None = None
    bins: frozenset[str] = frozenset()
    language: str = "kk"
    place: Mapping[str, str] = field(default_factory=dict)
    email: str | None = None

    @cached_property
    def actor(self) -> Actor:
        """This person as the engine sees them."""
        return Actor(
            user=self.id,
            groups=self.groups,
            units=self.units,
            parties=self.parties,
            iin=self.iin,
            bins=self.bins,
        )


@dataclass(frozen=True)
class Role:
    """A candidate group as people read it, and the areas of the web that it opens."""

    group: str
    names: Mapping[str, str]
    areas: tuple[str, ...]


class People:
    """The directory of people; also the engine's `Directory` for the deploy gate."""

    def __init__(
        self,
        people: Iterable[Person],
        roles: Iterable[Role],
        enterprises: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._people = {person.id: person for person in people}
        self._roles = {role.group: role for role in roles}
        self._enterprises = dict(enterprises or {})
        unknown = {group for person in self for group in person.groups} - set(self._roles)
        if unknown:
            raise ValueError(f"Expected people in known groups only, but found {sorted(unknown)}")

    def __iter__(self) -> Any:
        return iter(self._people.values())

    def find(self, user: str | None) -> Person | None:
        """The person with this id, or None."""
        return self._people.get(user or "")

    def groups(self) -> frozenset[str]:
        """Every candidate group."""
        return frozenset(self._roles)

    def users(self) -> frozenset[str]:
        """Every user id."""
        return frozenset(self._people)

    def role(self, group: str) -> Role | None:
        """The role of a candidate group, or None."""
        return self._roles.get(group)

    def enterprise(self, party: str) -> Mapping[str, str]:
        """The names of an enterprise by its BIN or IIN; empty where it is not known."""
        return self._enterprises.get(party, {})

    def address_of(self, party: str) -> str | None:
        """The address of the first person who stands for an enterprise and has one."""
        acting = (person for person in self if party in (person.parties or ()))
        return next((person.email for person in acting if person.email), None)

    def by_role(self) -> list[tuple[Role, list[Person]]]:
        """People under their roles, in the order of the roles; empty roles are left out."""
        listed = [
            (role, [person for person in self if role.group in person.groups])
            for role in self._roles.values()
        ]
        return [(role, people) for role, people in listed if people]

    def areas(self, person: Person) -> tuple[str, ...]:
        """The areas of the web that are open to this person, the first one being home."""
        areas: dict[str, None] = {}
        for role in self._roles.values():
            if role.group in person.groups:
                areas.update(dict.fromkeys(role.areas))
        return tuple(areas)


def load_people(path: Path = DEMO_PEOPLE) -> People:
    """Reads people and roles from a JSON file (shape: see `demo/people.json`)."""
    data = json.loads(path.read_text(encoding="utf-8"))
    roles = [Role(row["group"], row["names"], tuple(row["areas"])) for row in data["roles"]]
    return People([_person(row) for row in data["people"]], roles, data.get("enterprises"))


def _person(row: Mapping[str, Any]) -> Person:
    return Person(
        id=row["id"],
        names=row["names"],
        groups=frozenset(row["groups"]),
        units=_limits(row.get("units")),
        parties=_limits(row.get("parties")),
        iin=row.get("iin"),
        bins=frozenset(row.get("bins", ())),
        language=row.get("language", "kk"),
        place=row.get("place", {}),
        email=row.get("email"),
    )


def _limits(values: Iterable[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)
