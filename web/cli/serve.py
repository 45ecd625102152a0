"""`qadam serve` and `qadam demo`."""

from __future__ import annotations

import click

from engine.errors import DeploymentRefused
from engine.store.database import Database
from web.bootstrap import Installation, require_demo
from web.cli.demo_registries import registries_beside
from web.cli.deploy import refusal
from web.cli.failure import Failure
from web.cli.surroundings import configured, opened
from web.configuration import Configuration
from web.serving import Server, hold_lease

port_option = click.option("--port", type=int, help="Instead of QADAM_PORT.")


@click.command()
@port_option
def serve(port: int | None) -> None:
    """Serves the web, and works off jobs."""
    configuration = configured(port)
    _require_free(configuration)
    with registries_beside(configuration) as (told, registries):
        installation = opened(told)
        installation.engine.close()
        tell_of_trust(installation)
        require_demo(told)
        Server(told, registries).run()


@click.command()
@port_option
def demo(port: int | None) -> None:
    """Deploys, and serves a demonstration.

    Makes demo keys, and says who can sign in.
    """
    configuration = configured(port)
    if not configuration.is_demo:
        raise Failure("a demo runs with EDS_MODE=demo")
    _require_free(configuration)
    with registries_beside(configuration) as (told, registries):
        _deploy(told)
        Server(told, registries).run()


def _deploy(configuration: Configuration) -> None:
    installation = opened(configuration)
    try:
        installation.deploy(note="demo")
    except DeploymentRefused as refused:
        raise refusal(refused, configuration, "en") from refused
    finally:
        installation.engine.close()
    tell_of_trust(installation)
    _tell_who_is_there(installation)


def _require_free(configuration: Configuration) -> None:
    """Raises StoreLocked where another process serves this database."""
    database = Database(configuration.database_url)
    hold_lease(database).release()
    database.close()


def tell_of_trust(installation: Installation) -> None:
    """Says how many certificates signatures may lead to, and what was passed over."""
    trust, folder = installation.signatures.trust, installation.configuration.trust
    click.echo(
        f"Signatures: {len(trust.roots)} trusted root(s) and {len(trust.issuing)} issuing "
        f"certificate(s) in {folder}"
    )
    for warning in trust.warnings:
        click.echo(f"Warning: {warning}", err=True)


def _tell_who_is_there(installation: Installation) -> None:
    configuration = installation.configuration
    click.echo(f"Qadam demo: http://{configuration.host}:{configuration.port}/")
    click.echo("Sign in as one of these invented people (no password):")
    for role, people in installation.people.by_role():
        names = ", ".join(person.names["en"] for person in people)
        click.echo(f"  {role.names['en']}: {names}")
    click.echo(f"Data: {configuration.data}. Stop with Ctrl-C.")
