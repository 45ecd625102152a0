"""Bringing a database to the tables of this version, with Alembic, from the first day."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

_HERE = Path(__file__).parent
ENGINE_VERSIONS = _HERE / "versions"


def migrate(connection: Connection, application_versions: Iterable[Path] = ()) -> None:
    """Upgrades the engine's tables and those of the process applications to their newest form."""
    command.upgrade(configuration(connection, application_versions), "heads")


def configuration(connection: Connection, application_versions: Iterable[Path] = ()) -> Config:
    """Alembic's configuration on an open connection."""
    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.set_main_option("path_separator", "os")
    places = (ENGINE_VERSIONS, *application_versions)
    config.set_main_option("version_locations", ":".join(str(place) for place in places))
    config.attributes["connection"] = connection
    return config
