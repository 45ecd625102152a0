"""How a command ends that could not do its work."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from typing import IO, Any, TypeAlias

import click

from engine.errors import EngineError

log = logging.getLogger(__name__)

Told: TypeAlias = Mapping[str, object]
"""What is wrong, as JSON: `message`, and where that is known `file`, `line`, `element`, `rule`."""

_JSON = "--json"


class Failure(click.ClickException):
    """Something the person at the terminal can act on; the exit code is 1.

    `lines` are printed before the message; `errors` are what they say, as JSON.
    """

    def __init__(
        self, message: str, lines: Sequence[str] = (), errors: Sequence[Told] = ()
    ) -> None:
        super().__init__(message)
        self.lines = tuple(lines)
        self.errors: tuple[Told, ...] = tuple(errors) or ({"message": message},)

    def show(self, file: IO[Any] | None = None) -> None:
        """Prints the lines and the message."""
        for line in self.lines:
            click.echo(line, err=True, file=file)
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


class JsonCommand(click.Command):
    """A command with the option --json: with it, one JSON document is all that is printed.

    Where the command can't do its work it is {"errors": […]}, and the exit code 1.
    """

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Reads the arguments."""
        as_json = _JSON in args
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            if not as_json:
                raise
            raise _told([{"message": error.format_message()}]) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Carries out the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, EngineError) as error:
            if not ctx.params["as_json"]:
                raise
            if isinstance(error, Failure):
                raise _told(error.errors) from error
            raise _told([{"message": str(error)}]) from error


def _told(errors: Sequence[Told]) -> SystemExit:
    """Prints the document; the exit that follows."""
    click.echo(json.dumps({"errors": list(errors)}, ensure_ascii=False, indent=2))
    return SystemExit(1)
