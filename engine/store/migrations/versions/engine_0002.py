"""Decisions: their versions, and where they were made"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.tables import Instant

revision = "engine_0002"
down_revision = "engine_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision_definition",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("tenant", sa.String(length=64), nullable=False),
        sa.Column("decision_id", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("version_tag", sa.String(length=255), nullable=True),
        sa.Column("deployment_id", sa.String(length=64), nullable=False),
        sa.Column("resource_name", sa.String(length=255), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("inputs", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deployment_id"],
            ["deployment.id"],
            name=op.f("fk_decision_definition_deployment_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_definition")),
        sa.UniqueConstraint(
            "tenant",
            "decision_id",
            "version",
            name=op.f("uq_decision_definition_tenant_decision_id_version"),
        ),
    )
    op.create_table(
        "decision_evaluation",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("instance_id", sa.String(length=64), nullable=False),
        sa.Column("element_id", sa.String(length=255), nullable=False),
        sa.Column("token", sa.Integer(), nullable=True),
        sa.Column("definition_id", sa.String(length=64), nullable=False),
        sa.Column("rules", sa.LargeBinary(), nullable=False),
        sa.Column("event_number", sa.Integer(), nullable=False),
        sa.Column("evaluated_at", Instant(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["decision_definition.id"],
            name=op.f("fk_decision_evaluation_definition_id"),
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"],
            ["process_instance.id"],
            name=op.f("fk_decision_evaluation_instance_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_evaluation")),
    )
    with op.batch_alter_table("decision_evaluation", schema=None) as batch_op:
        batch_op.create_index("ix_decision_evaluation_definition", ["definition_id"], unique=False)
        batch_op.create_index(
            "ix_decision_evaluation_instance", ["instance_id", "id"], unique=False
        )
