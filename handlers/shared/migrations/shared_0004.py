"""Inquiries: what registries have answered, and which one is awaited since when."""

import sqlalchemy as sa
from alembic import op

revision = "shared_0004"
down_revision = "shared_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_inquiry",
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("instance_id", sa.String(64), nullable=False),
        sa.Column("business_key", sa.String(255)),
        sa.Column("identifier", sa.String(12), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("began_at", sa.String(32), nullable=False),
        sa.Column("next_try_at", sa.String(32)),
    )
    op.create_index("shared_inquiry_instance", "shared_inquiry", ["instance_id"])
    op.create_table(
        "shared_inquiry_answer",
        sa.Column("key", sa.String(255), primary_key=True),
        sa.Column("registry", sa.String(64), primary_key=True),
        sa.Column("names", sa.JSON, nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
        sa.Column("answered_at", sa.String(32)),
        sa.Column("record", sa.JSON),
        sa.Column("reason", sa.Text),
        sa.Column("failures", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("shared_inquiry_answer")
    op.drop_table("shared_inquiry")
