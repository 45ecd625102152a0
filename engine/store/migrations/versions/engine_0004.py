"""User tasks: their follow-up date"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.tables import Instant

revision = "engine_0004"
down_revision = "engine_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("user_task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("follow_up_at", Instant(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("follow_up_expression", sa.Text(), nullable=True))
