"""E-mails with what became of them, the language of an enterprise's, texts that staff edit."""

import sqlalchemy as sa
from alembic import op

revision = "shared_0002"
down_revision = "shared_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("shared_cabinet_message") as batch:
        batch.add_column(sa.Column("instance_id", sa.String(64)))
        batch.add_column(sa.Column("unit", sa.String(128)))
        batch.create_index("shared_cabinet_message_instance", ["instance_id", "id"])
    op.create_table(
        "shared_correspondence",
        sa.Column("party", sa.String(12), primary_key=True),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("changed_by", sa.String(128), nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
    )
    _create_emails()
    _take_over_emails()
    op.drop_column("shared_cabinet_message", "email")
    op.drop_column("shared_cabinet_message", "mailed_at")
    op.create_table(
        "shared_notice_text",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("application", sa.String(64), nullable=False),
        sa.Column("notice", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("subject", sa.JSON),
        sa.Column("body", sa.JSON),
        sa.Column("edited_by", sa.String(128), nullable=False),
        sa.Column("edited_at", sa.String(32), nullable=False),
        sa.UniqueConstraint("application", "notice", "version"),
    )


def _create_emails() -> None:
    op.create_table(
        "shared_email",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column(
            "message_id",
            sa.Integer,
            sa.ForeignKey("shared_cabinet_message.id"),
            nullable=False,
            unique=True,
        ),
        sa.Column("key", sa.String(255), nullable=False, unique=True),
        sa.Column("party", sa.String(12), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("queued_at", sa.String(32), nullable=False),
        sa.Column("next_try_at", sa.String(32)),
        sa.Column("locked_until", sa.String(32)),
        sa.Column("sent_at", sa.String(32)),
        sa.Column("last_error", sa.Text),
        sa.Column("resent_by", sa.String(128)),
    )
    op.create_index("shared_email_state", "shared_email", ["state", "next_try_at"])
    op.create_index("shared_email_party", "shared_email", ["party", "id"])


def _take_over_emails() -> None:
    """What was mailed before is sent; what was not yet is queued, in Kazakh."""
    message = sa.table(
        "shared_cabinet_message",
        sa.column("id", sa.Integer),
        sa.column("key", sa.String),
        sa.column("party", sa.String),
        sa.column("subject", sa.JSON),
        sa.column("body", sa.JSON),
        sa.column("sent_at", sa.String),
        sa.column("email", sa.Text),
        sa.column("mailed_at", sa.String),
    )
    email = sa.table(
        "shared_email",
        *(
            sa.column(name)
            for name in (
                "message_id",
                "key",
                "party",
                "address",
                "language",
                "subject",
                "body",
                "state",
                "attempts",
                "queued_at",
                "next_try_at",
                "sent_at",
            )
        ),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(message).where(message.c.email.is_not(None))).all():
        mailed = row.mailed_at is not None
        connection.execute(
            email.insert().values(
                message_id=row.id,
                key=row.key,
                party=row.party,
                address=row.email,
                language="kk",
                subject=row.subject["kk"],
                body=row.body["kk"],
                state="sent" if mailed else "queued",
                attempts=1 if mailed else 0,
                queued_at=row.sent_at,
                next_try_at=row.sent_at,
                sent_at=row.mailed_at,
            )
        )


def downgrade() -> None:
    op.drop_table("shared_notice_text")
    op.drop_table("shared_email")
    op.drop_table("shared_correspondence")
    with op.batch_alter_table("shared_cabinet_message") as batch:
        batch.drop_index("shared_cabinet_message_instance")
        batch.drop_column("unit")
        batch.drop_column("instance_id")
        batch.add_column(sa.Column("email", sa.Text))
        batch.add_column(sa.Column("mailed_at", sa.String(32)))
