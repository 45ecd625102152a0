"""Editions of classifiers: when and by whom one was withdrawn"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "shared_0005"
down_revision = "shared_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("shared_classifier_edition", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn_at", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_by", sa.String(length=255), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("shared_classifier_edition", schema=None) as batch_op:
        batch_op.drop_column("withdrawn_by")
        batch_op.drop_column("withdrawn_at")
