"""Drafts of tasks: their version, and who saved it last, when and from which page"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.tables import Instant

revision = "engine_0007"
down_revision = "engine_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("draft_version", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(sa.Column("draft_at", Instant(), nullable=True))
        batch_op.add_column(sa.Column("draft_by", sa.String(length=128), nullable=True))
        batch_op.add_column(sa.Column("draft_editor", sa.String(length=64), nullable=True))
