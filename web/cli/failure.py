"""How a command ends that could not do its work."""

from __future__ import annotations

import logging
from typing import IO, Any

import click

from engine.errors import EngineError

log = logging.getLogger(__name__)


class Failure(click.ClickException):
    """Something the person at the terminal can act on; the exit code is 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Prints the message alone."""
        click.echo(f"qadam: {self.message}", err=True, file=file)


class Commands(click.Group):
    """The commands. What the engine refuses is told in its own words, without a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Carries out the command that was called. Raises Failure."""
        try:
            return super().invoke(ctx)
        except EngineError as error:
            log.info("the command was refused", exc_info=error)
            raise Failure(str(error)) from error
