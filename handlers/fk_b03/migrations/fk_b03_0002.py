"""The centre of the places that are taken; the heads of enterprises when they filed."""

import sqlalchemy as sa
from alembic import op

revision = "fk_b03_0002"
down_revision = "fk_b03_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("fk_b03_places_taken", sa.Column("centre", sa.String(255)))
    op.create_table(
        "fk_b03_filed_head",
        sa.Column("application_key", sa.String(255), primary_key=True),
        sa.Column("bin", sa.String(12), nullable=False),
        sa.Column("head_kk", sa.Text, nullable=False),
        sa.Column("head_ru", sa.Text, nullable=False),
        sa.Column("filed_at", sa.String(32), nullable=False),
    )
    op.create_index("fk_b03_filed_head_enterprise", "fk_b03_filed_head", ["bin", "filed_at"])


def downgrade() -> None:
    op.drop_table("fk_b03_filed_head")
    op.drop_column("fk_b03_places_taken", "centre")
