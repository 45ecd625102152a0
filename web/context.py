"""What a view may reach: the engine, the person who is signed in, the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, cast
from zoneinfo import ZoneInfo

from flask import current_app, g
from flask_login import current_user

from engine.commands import Command
from engine.forms import NO_OPTIONS, Options, OptionsByDay
from engine.identity import Actor
from engine.queries import Queries
from engine.signatures import Examined
from engine.signatures.parsing import SignedMessage
from handlers.shared.demo.registry_moods import RegistryMoods
from web.kept_checks import CheckStore
from web.kept_details import DetailsStore
from web.once import once_a_page
from web.people import People, Person
from web.post import Post
from web.settings import WebSettings

EXTENSION = "qadam"


class Engine(Protocol):
    """The engine as the web uses it: commands in, rows out."""

    @property
    def queries(self) -> Queries: ...

    def execute(self, command: Command, actor: Actor) -> Any: ...


class DemoSigner(Protocol):
    """Signs with a demo key; there is one only where the demo authority is trusted."""

    def sign(self, content: bytes, *, iin: str, bin: str | None, name: str) -> bytes:
        """A detached CMS (DER) over `content`."""
        ...


class Signatures(Protocol):
    """Verifies signatures as the engine does, for the page where one tries one's own."""

    def examine_message(self, message: SignedMessage, content: bytes, at: datetime) -> Examined:
        """Raises SignatureRefused."""
        ...


@dataclass(frozen=True)
class Surroundings:
    """All that `create_app` was given."""

    engine: Engine
    settings: WebSettings
    people: People
    clock: Callable[[], datetime]
    signer: DemoSigner | None = None
    options: OptionsByDay | None = None
    details: DetailsStore | None = None
    signatures: Signatures | None = None
    registry_moods: RegistryMoods | None = None
    post: Post | None = None
    checks: CheckStore | None = None


def surroundings() -> Surroundings:
    """What the running application was created with."""
    return cast(Surroundings, current_app.extensions[EXTENSION])


def engine() -> Engine:
    """The engine."""
    return surroundings().engine


def queries() -> Queries:
    """The engine's queries."""
    return once_a_page(surroundings().engine.queries)


def people() -> People:
    """The directory of people."""
    return surroundings().people


def settings() -> WebSettings:
    """The settings of the web."""
    return surroundings().settings


def now() -> datetime:
    """The moment, by the engine's clock."""
    return surroundings().clock()


def options() -> Options:
    """The classifiers in force today; read once for a request."""
    given = surroundings().options
    if given is None:
        return NO_OPTIONS
    if "options" not in g:
        today = now().astimezone(ZoneInfo(settings().time_zone)).date()
        g.options = given.on(today, None)
    return cast(Options, g.options)


def person() -> Person:
    """The person who is signed in. Only for views behind the sign-in."""
    return cast(Person, current_user)


def actor() -> Actor:
    """The person who is signed in, as the engine sees them."""
    return person().actor
