"""Classifiers by edition, and the details that enterprises keep for their contracts."""

import sqlalchemy as sa
from alembic import op

revision = "shared_0003"
down_revision = "shared_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "shared_classifier_edition",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("classifier", sa.String(64), nullable=False),
        sa.Column("valid_from", sa.String(10), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("imported_at", sa.String(32), nullable=False),
        sa.Column("imported_by", sa.String(255), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
    )
    op.create_index(
        "shared_classifier_edition_name", "shared_classifier_edition", ["classifier", "valid_from"]
    )
    op.create_table(
        "shared_classifier_entry",
        sa.Column(
            "edition_id",
            sa.Integer,
            sa.ForeignKey("shared_classifier_edition.id"),
            primary_key=True,
        ),
        sa.Column("code", sa.String(64), primary_key=True),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("parent", sa.String(64)),
        sa.Column("level", sa.String(64)),
        sa.Column("names", sa.JSON, nullable=False),
        sa.Column("attributes", sa.JSON, nullable=False),
    )
    op.create_table(
        "shared_enterprise_details",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("party", sa.String(12), nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
        sa.Column("changed_at", sa.String(32), nullable=False),
        sa.Column("changed_by", sa.String(255), nullable=False),
        sa.Column("business_key", sa.String(255)),
    )
    op.create_index("shared_enterprise_details_party", "shared_enterprise_details", ["party", "id"])


def downgrade() -> None:
    op.drop_table("shared_enterprise_details")
    op.drop_table("shared_classifier_entry")
    op.drop_table("shared_classifier_edition")
