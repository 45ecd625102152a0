"""Rows of uploads: files of forms that are not accepted yet."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select

from engine.store.tables import upload
from engine.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class UploadRecord:
    """One row of `upload`. `place` names the form: see `processors.upload`."""

    id: str
    owner: str
    tenant: str
    place: str
    field: str
    name: str
    media_type: str
    size: int
    content: bytes
    expires_at: datetime


def replace(uow: UnitOfWork, record: UploadRecord, now: datetime) -> None:
    """Keeps a file instead of the one its owner gave for the field before; expired ones go."""
    columns = upload.c
    same = (
        (columns.owner == record.owner)
        & (columns.tenant == record.tenant)
        & (columns.place == record.place)
        & (columns.field == record.field)
    )
    uow.connection.execute(delete(upload).where(same | (columns.expires_at <= now)))
    uow.insert(upload, asdict(record))


def load(connection: Connection, upload_id: str) -> UploadRecord | None:
    """An upload with its bytes."""
    row = connection.execute(select(upload).where(upload.c.id == upload_id)).one_or_none()
    return None if row is None else UploadRecord(**row._mapping)


def remove(uow: UnitOfWork, upload_id: str) -> None:
    """An upload became a document."""
    uow.connection.execute(delete(upload).where(upload.c.id == upload_id))
