"""Rows of command results: a command sent twice is carried out once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select

from engine.store.locks import hold
from engine.store.tables import command_result
from engine.store.unit_of_work import UnitOfWork

_SELECT = select(command_result.c.digest, command_result.c.result).where(
    command_result.c.sender == bindparam("b_sender"),
    command_result.c.command_id == bindparam("b_id"),
)


def find(uow: UnitOfWork, sender: str, command_id: str) -> tuple[str, bytes] | None:
    """(digest of the command, its result) where this sender sent this id before.

    The same command sent at the same moment waits for the first one.
    """
    hold(uow, f"command {sender} {command_id}")
    row = uow.connection.execute(_SELECT, {"b_sender": sender, "b_id": command_id}).one_or_none()
    return None if row is None else (row[0], row[1])


def add(
    uow: UnitOfWork, sender: str, command_id: str, digest: str, result: bytes, at: datetime
) -> None:
    """Keeps the result of a command."""
    uow.insert(
        command_result,
        {
            "sender": sender,
            "command_id": command_id,
            "digest": digest,
            "result": result,
            "at": at,
        },
    )
