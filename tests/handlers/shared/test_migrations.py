"""What an earlier version wrote is taken over."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from sqlalchemy import text

from engine.store.database import Database
from engine.store.migrations import configuration, migrate
from handlers import discover
from handlers.shared import posted_records
from handlers.shared.posted_records import Sight

_MESSAGE = text(
    "INSERT INTO shared_cabinet_message "
    "(key, party, business_key, notice, subject, body, sent_at, email, mailed_at) VALUES "
    "(:key, '150140000022', 'A-1', 'sent', :subject, :subject, :at, :email, :mailed)"
)


def test_e_mails_of_the_first_version_are_sent_or_still_to_be_sent(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'x.sqlite'}")
    folders = discover().migrations
    at = "2026-03-02T04:00:00.000000+00:00"
    subject = '{"kk": "Өтінім", "ru": "Заявка", "en": "Application"}'
    with database.transaction() as connection:
        command.upgrade(configuration(connection, folders), "shared_0001")
        for key, email, mailed in (
            ("1", "a@example.kz", at),
            ("2", "b@example.kz", None),
            ("3", None, None),
        ):
            values = {"key": key, "subject": subject, "at": at, "email": email, "mailed": mailed}
            connection.execute(_MESSAGE, values)
    with database.transaction() as connection:
        migrate(connection, folders)
        rows = posted_records.posted(connection, Sight())
    database.close()
    assert [
        None if row.email is None else (row.email.address, row.email.state, row.email.subject)
        for row in rows
    ] == [None, ("b@example.kz", "queued", "Өтінім"), ("a@example.kz", "sent", "Өтінім")]
