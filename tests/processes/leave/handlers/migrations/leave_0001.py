"""The balance of leave days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "leave_0001"
down_revision = None
branch_labels = ("leave",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leave_balance",
        sa.Column("worker", sa.String(64), primary_key=True),
        sa.Column("days", sa.Integer(), nullable=False),
    )
