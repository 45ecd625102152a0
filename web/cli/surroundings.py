"""What commands begin with: the settings, the people, an installation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from engine.store.database import Database
from web.bootstrap import Installation, install
from web.cli.failure import Failure
from web.configuration import DEMO, Configuration, read_configuration
from web.people import People, load_people

language_option = click.option(
    "--language",
    type=click.Choice(["en", "ru", "kk"]),
    default="en",
    help="Of names and sentences.",
)


def configured(port: int | None = None) -> Configuration:
    """The settings of the environment. Raises Failure for one that can't be read."""
    try:
        configuration = read_configuration()
    except ValueError as error:
        raise Failure(f"a setting can't be read: {error}") from error
    return configuration if port is None else replace(configuration, port=port)


def people_of(configuration: Configuration) -> People:
    """The people of an installation. Raises Failure where their file can't be read."""
    if configuration.people is None:
        return load_people()
    try:
        return load_people(configuration.people)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Failure(f"the people in {configuration.people} can't be read: {error!r}") from error


def opened(configuration: Configuration) -> Installation:
    """The installation, not yet serving. Raises Failure, EngineError."""
    people_of(configuration)
    return install(configuration)


def thrown_away(configuration: Configuration, folder: Path) -> Configuration:
    """A demonstration in a folder of its own, with this installation's diagrams and people.

    Neither its database nor any system that it is connected to is touched.
    """
    return replace(
        configuration,
        data=folder,
        database_url=f"sqlite:///{folder / 'qadam.sqlite'}",
        trust=folder / "trust",
        eds_mode=DEMO,
        settings={},
    )


def existing_database(configuration: Configuration) -> Database:
    """The installation's database. Raises Failure where there is none yet."""
    database = Database(configuration.database_url)
    if database.path is not None and not database.path.exists():
        raise Failure(f"there is no database at {database.path}")
    return database
