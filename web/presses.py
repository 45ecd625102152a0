"""A press of a button becomes one command, carried out once however often it is sent."""

from __future__ import annotations

import hashlib
import re
import uuid
from typing import Any

from flask import request
from werkzeug.exceptions import BadRequest

from engine.commands import Command
from web.context import actor, engine

FIELD = "command_id"
_ID = re.compile(r"[0-9a-f]{32}")


def new_command_id() -> str:
    """A fresh id for a form that is about to be shown."""
    return uuid.uuid4().hex


def command_id() -> str:
    """The id that came with the form; it is the sender's own, nobody else's.

    Raises BadRequest where the form carries none.
    """
    given = request.form.get(FIELD, "")
    if not _ID.fullmatch(given):
        raise BadRequest("Expected a form with a command id")
    return f"web:{actor().user}:{given}"


def command_id_of(part: str) -> str:
    """The id of one of the commands that a single press becomes; the same for the same `part`.

    Raises BadRequest where the form carries no id.
    """
    digest = hashlib.sha256(f"{command_id()}:{part}".encode()).hexdigest()
    return f"web:{actor().user}:{digest[:32]}"


def press(command: Command) -> Any:
    """Carries out a command for the person who is signed in. Raises the engine's errors."""
    return engine().execute(command, actor())
