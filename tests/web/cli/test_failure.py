from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from engine.errors import BadCommand
from web.cli.failure import Commands


@click.group(cls=Commands)
def refusing() -> None:
    """Commands that can't do their work."""


@refusing.command()
def refused() -> None:
    raise BadCommand("Expected bread, but found stones")


@refusing.command()
def defective() -> None:
    raise ZeroDivisionError("a defect")


def test_what_the_engine_refuses_is_told_in_its_own_words() -> None:
    told = CliRunner().invoke(refusing, ["refused"])
    assert (told.exit_code, told.output) == (1, "qadam: Expected bread, but found stones\n")


def test_a_defect_is_not_dressed_up() -> None:
    with pytest.raises(ZeroDivisionError):
        CliRunner().invoke(refusing, ["defective"], catch_exceptions=False)
