"""The registry server of a demonstration: alone, or beside what is served."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import click

from handlers.shared import demo
from handlers.shared.demo.registry_moods import RegistryMoods
from handlers.shared.demo.registry_server import RegistryServer
from handlers.shared.texts import ALMATY
from web.cli.failure import Failure
from web.cli.surroundings import configured
from web.configuration import Configuration

_URL, _TOKEN, _FILE = "QADAM_REGISTRY_URL", "QADAM_REGISTRY_TOKEN", "QADAM_REGISTRY_FILE"


@click.command("demo-registries")
@click.option("--port", type=int, default=8100, show_default=True, help="0 takes a free one.")
def demo_registries(port: int) -> None:
    """Answers for the state registries.

    With invented enterprises (or those of QADAM_REGISTRY_FILE), on this machine only.
    QADAM_REGISTRY_TOKEN: the bearer token to ask for.
    """
    configuration = configured()
    try:
        server = _server(configuration, configuration.settings.get(_TOKEN), port)
    except OSError as error:
        raise Failure(f"port {port} can't be listened on: {error}") from error
    click.echo(f"{_URL}={server.address}")
    click.echo(f"How they behave: {configuration.registry_moods}. Stop with Ctrl-C.")
    try:
        server.serve()
    except KeyboardInterrupt:
        click.echo()
    finally:
        server.close()


@contextmanager
def registries_beside(
    configuration: Configuration,
) -> Iterator[tuple[Configuration, RegistryServer | None]]:
    """A registry server for a demonstration that was told of no gateway, and its settings.

    It listens on a free port of the loopback and answers once it is started, from the invented
    enterprises or from QADAM_REGISTRY_FILE. Anything else keeps its own settings, without a server.
    """
    told = configuration.settings
    if not configuration.is_demo or told.get(_URL):
        yield configuration, None
        return
    token = secrets.token_urlsafe(32)
    server = _server(configuration, token, 0)
    try:
        settings = {**told, _URL: server.address, _TOKEN: token}
        yield replace(configuration, settings=settings), server
    finally:
        server.close()


def _server(configuration: Configuration, token: str | None, port: int) -> RegistryServer:
    moods = RegistryMoods.of_demo(configuration.registry_moods, demo.REGISTRIES)
    file = configuration.settings.get(_FILE)
    enterprises = Path(file) if file else demo.ENTERPRISES
    return RegistryServer(enterprises, moods, _today, token=token, port=port)


def _today() -> date:
    return datetime.now(ALMATY).date()
