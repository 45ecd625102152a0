"""Files of forms: pending ones, and those that are documents already."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from engine.identity import Actor
from engine.queries.documents import document_ref
from engine.queries.sight import sees_instance
from engine.queries.surroundings import Surroundings
from engine.store.tables import upload


@dataclass(frozen=True)
class UploadRow:
    """A file without its bytes. `is_stored`: it is a document of an instance already."""

    id: str
    name: str
    media_type: str
    size: int
    is_stored: bool


def upload_row(
    connection: Connection, around: Surroundings, actor: Actor, upload_id: str
) -> UploadRow | None:
    """A file that the actor gave for a form, or a document that they see; None otherwise."""
    columns = upload.c
    row = connection.execute(
        select(columns.id, columns.name, columns.media_type, columns.size).where(
            columns.id == upload_id,
            columns.owner == actor.user,
            columns.tenant == actor.tenant,
            columns.expires_at > around.clock(),
        )
    ).one_or_none()
    if row is not None:
        return UploadRow(row.id, row.name, row.media_type, row.size, False)
    stored = document_ref(connection, around.definitions, upload_id)
    if stored is None or not sees_instance(connection, actor, around.settings, stored.instance_id):
        return None
    return UploadRow(stored.id, stored.name, stored.media_type, stored.size, True)
