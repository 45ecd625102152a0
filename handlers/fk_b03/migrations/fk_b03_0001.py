"""The ledger of places and the history of checks."""

import sqlalchemy as sa
from alembic import op

revision = "fk_b03_0001"
down_revision = None
branch_labels = ("fk_b03",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "fk_b03_enterprise_year",
        sa.Column("bin", sa.String(12), primary_key=True),
        sa.Column("financial_year", sa.Integer, primary_key=True, autoincrement=False),
    )
    op.create_table(
        "fk_b03_places_taken",
        sa.Column("application_key", sa.String(255), primary_key=True),
        sa.Column("bin", sa.String(12), nullable=False),
        sa.Column("financial_year", sa.Integer, nullable=False),
        sa.Column("measure", sa.String(8), nullable=False),
        sa.Column("profession", sa.Text, nullable=False),
        sa.Column("places", sa.Integer, nullable=False),
        sa.Column("is_counted", sa.Boolean, nullable=False),
        sa.Column("taken_at", sa.String(32), nullable=False),
        sa.Column("released_at", sa.String(32)),
    )
    op.create_index(
        "fk_b03_places_taken_enterprise", "fk_b03_places_taken", ["bin", "financial_year"]
    )
    op.create_table(
        "fk_b03_eligibility_check",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("key", sa.String(255), nullable=False, unique=True),
        sa.Column("bin", sa.String(12), nullable=False),
        sa.Column("financial_year", sa.Integer, nullable=False),
        sa.Column("checked_at", sa.String(32), nullable=False),
        sa.Column("outcome", sa.JSON, nullable=False),
    )
    op.create_index(
        "fk_b03_eligibility_check_enterprise",
        "fk_b03_eligibility_check",
        ["bin", "financial_year", "id"],
    )


def downgrade() -> None:
    op.drop_table("fk_b03_eligibility_check")
    op.drop_table("fk_b03_places_taken")
    op.drop_table("fk_b03_enterprise_year")
