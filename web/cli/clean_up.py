"""`qadam clean-up`."""

from __future__ import annotations

import click

from engine.commands import CleanUp
from engine.identity import Actor
from web.cli.surroundings import configured, existing_database, opened


@click.command("clean-up")
def clean_up() -> None:
    """Removes what has expired.

    The serving process does it every hour by itself. Permissions to sign, files that were attached
    to no form, results of commands, inquiries that nobody waits for.
    """
    configuration = configured()
    existing_database(configuration).close()
    installation = opened(configuration)
    removed = dict.fromkeys(_WORDS, 0)
    try:
        is_done = False
        while not is_done:
            done = installation.engine.execute(CleanUp(), Actor.system())
            removed = {name: count + getattr(done, name) for name, count in removed.items()}
            is_done = done.is_done
    finally:
        installation.engine.close()
    click.echo(", ".join(f"{count} {_WORDS[name]}" for name, count in removed.items()))


_WORDS = {
    "nonces": "permission(s) to sign",
    "uploads": "file(s)",
    "command_results": "result(s) of commands",
    "of_applications": "row(s) of process applications",
}
