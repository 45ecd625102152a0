"""Documents: what they are called by, and the element that made them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "engine_0006"
down_revision = "engine_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column("element_id", sa.String(length=255), nullable=True))
