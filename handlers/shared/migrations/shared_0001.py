"""Messages in the cabinets of enterprises."""

import sqlalchemy as sa
from alembic import op

revision = "shared_0001"
down_revision = None
branch_labels = ("shared",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_cabinet_message",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(255), nullable=False, unique=True),
        sa.Column("party", sa.String(12), nullable=False),
        sa.Column("business_key", sa.String(255)),
        sa.Column("notice", sa.String(64), nullable=False),
        sa.Column("subject", sa.JSON, nullable=False),
        sa.Column("body", sa.JSON, nullable=False),
        sa.Column("sent_at", sa.String(32), nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("mailed_at", sa.String(32)),
        sa.Column("read_at", sa.String(32)),
    )
    op.create_index("shared_cabinet_message_party", "shared_cabinet_message", ["party", "id"])


def downgrade() -> None:
    op.drop_table("shared_cabinet_message")
