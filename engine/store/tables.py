"""The engine's tables, in terms that SQLite and PostgreSQL both take.

Ids are opaque strings, times are aware and kept in UTC, JSON is bytes written by orjson (variables
are large and are never searched by the database).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware moment. On SQLite: UTC text of fixed width, so that it sorts as time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"Expected an aware moment, but {value!r} has no zone")
        moment = value.astimezone(UTC)
        if dialect.name == "sqlite":
            return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return moment

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        moment: datetime = value
        return moment.astimezone(UTC)


def _id(name: str, *args: Any, **kwargs: Any) -> Column[str]:
    return Column(name, String(64), *args, **kwargs)


deployment = Table(
    "deployment",
    metadata,
    _id("id", primary_key=True),
    Column("tenant", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("source", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Column("deployed_at", Instant, nullable=False),
    Column("deployed_by", String(128), nullable=False),
)

resource = Table(
    "resource",
    metadata,
    _id("deployment_id", ForeignKey("deployment.id"), primary_key=True),
    Column("name", String(255), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

process_definition = Table(
    "process_definition",
    metadata,
    _id("id", primary_key=True),
    Column("tenant", String(64), nullable=False),
    Column("process_id", String(255), nullable=False),
    Column("version", Integer, nullable=False),
    _id("deployment_id", ForeignKey("deployment.id"), nullable=False),
    Column("resource_name", String(255), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("names", LargeBinary, nullable=False),
    Column("message_starts", LargeBinary, nullable=False),
    UniqueConstraint("tenant", "process_id", "version"),
)

decision_definition = Table(
    "decision_definition",
    metadata,
    _id("id", primary_key=True),
    Column("tenant", String(64), nullable=False),
    Column("decision_id", String(255), nullable=False),
    Column("version", Integer, nullable=False),
    Column("version_tag", String(255)),
    _id("deployment_id", ForeignKey("deployment.id"), nullable=False),
    Column("resource_name", String(255), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("inputs", LargeBinary, nullable=False),
    UniqueConstraint("tenant", "decision_id", "version"),
)

process_instance = Table(
    "process_instance",
    metadata,
    _id("id", primary_key=True),
    _id("definition_id", ForeignKey("process_definition.id"), nullable=False),
    Column("process_id", String(255), nullable=False),
    Column("tenant", String(64), nullable=False),
    Column("business_key", String(255)),
    Column("unit", String(128)),
    Column("party", String(128)),
    Column("title", Text),
    Column("status", String(64)),
    Column("state", String(16), nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("started_by", String(128), nullable=False),
    Column("ended_at", Instant),
    _id("parent_instance_id"),
    Column("parent_token", Integer),
    Column("token_state", LargeBinary),
    Column("scopes", LargeBinary, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("history_length", Integer, nullable=False),
    Column("history_head", String(64), nullable=False),
    Column("open_incidents", Integer, nullable=False),
    Index("ix_process_instance_list", "tenant", "state", "process_id", "id"),
    Index("ix_process_instance_party", "tenant", "party", "state", "id"),
    Index("ix_process_instance_unit", "tenant", "unit", "state", "id"),
    Index("ix_process_instance_starter", "tenant", "started_by", "state", "id"),
    Index("ix_process_instance_parent", "parent_instance_id", "parent_token"),
    Index("ix_process_instance_business_key", "business_key"),
    Index("ix_process_instance_definition", "definition_id", "state"),
)

variable = Table(
    "variable",
    metadata,
    _id("instance_id", ForeignKey("process_instance.id"), primary_key=True),
    Column("scope", Integer, primary_key=True),
    Column("name", String(255), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

activity_instance = Table(
    "activity_instance",
    metadata,
    _id("id", primary_key=True),
    _id("instance_id", ForeignKey("process_instance.id"), nullable=False),
    Column("token", Integer, nullable=False),
    Column("element_id", String(255), nullable=False),
    Column("body", Boolean, nullable=False),
    Column("parent_token", Integer, nullable=False),
    Column("loop_counter", Integer),
    Column("started_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("outcome", String(16)),
    Column("actor", String(128)),
    Index("ix_activity_instance_instance", "instance_id", "token"),
)

# A decision that was made in an instance. What went in and what came out is in the event of that
# number in the instance's history, so that erasing payloads erases it too.
decision_evaluation = Table(
    "decision_evaluation",
    metadata,
    _id("id", primary_key=True),
    _id("instance_id", ForeignKey("process_instance.id"), nullable=False),
    Column("element_id", String(255), nullable=False),
    Column("token", Integer),
    _id("definition_id", ForeignKey("decision_definition.id"), nullable=False),
    Column("rules", LargeBinary, nullable=False),
    Column("event_number", Integer, nullable=False),
    Column("evaluated_at", Instant, nullable=False),
    Index("ix_decision_evaluation_instance", "instance_id", "id"),
    Index("ix_decision_evaluation_definition", "definition_id"),
)

user_task = Table(
    "user_task",
    metadata,
    _id("id", primary_key=True),
    _id("instance_id", ForeignKey("process_instance.id"), nullable=False),
    _id("definition_id", nullable=False),
    Column("process_id", String(255), nullable=False),
    Column("tenant", String(64), nullable=False),
    Column("element_id", String(255), nullable=False),
    Column("token", Integer, nullable=False),
    Column("scope", Integer, nullable=False),
    Column("loop_counter", Integer),
    Column("business_key", String(255)),
    Column("title", Text),
    Column("unit", String(128)),
    Column("party", String(128)),
    Column("assignee", String(128)),
    Column("candidates", LargeBinary, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant),
    Column("due_expression", Text),
    Column("follow_up_at", Instant),
    Column("follow_up_expression", Text),
    Column("state", String(16), nullable=False),
    Column("ended_at", Instant),
    Column("ended_by", String(128)),
    Column("draft", LargeBinary),
    Column("draft_version", Integer, nullable=False, server_default="0"),
    Column("draft_at", Instant),
    Column("draft_by", String(128)),
    Column("draft_editor", String(64)),
    Index("ix_user_task_instance", "instance_id", "token"),
    Index(
        "ix_user_task_mine",
        "assignee",
        "id",
        "tenant",
        "due_at",
        "state",
        sqlite_where=text("state = 'open'"),
        postgresql_where=text("state = 'open'"),
    ),
)

# Who may take an open task: a row a group or user. Labels are copied here so that a group's list
# is read from one index; rows go when the task ends.
task_candidate = Table(
    "task_candidate",
    metadata,
    _id("task_id", ForeignKey("user_task.id"), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("name", String(128), primary_key=True),
    Column("tenant", String(64), nullable=False),
    Column("unit", String(128)),
    Column("party", String(128)),
    Column("due_at", Instant),
    Column("claimed", Boolean, nullable=False),
    _id("instance_id", nullable=False),
    Index("ix_task_candidate_list", "tenant", "kind", "name", "claimed", "task_id"),
    Index(
        "ix_task_candidate_unit", "tenant", "kind", "name", "claimed", "unit", "task_id", "party"
    ),
    Index("ix_task_candidate_party", "tenant", "kind", "name", "claimed", "party", "task_id"),
    Index(
        "ix_task_candidate_due",
        "tenant",
        "kind",
        "name",
        "claimed",
        "due_at",
        "task_id",
        "unit",
        "party",
        sqlite_where=text("due_at IS NOT NULL"),
        postgresql_where=text("due_at IS NOT NULL"),
    ),
    Index("ix_task_candidate_instance", "instance_id"),
)

job = Table(
    "job",
    metadata,
    _id("id", primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("tenant", String(64), nullable=False),
    _id("instance_id", nullable=False),
    _id("definition_id", nullable=False),
    Column("element_id", String(255)),
    Column("wait_key", String(255)),
    Column("scope", Integer, nullable=False),
    Column("topic", String(255)),
    Column("payload", LargeBinary),
    Column("created_at", Instant, nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("due_expression", Text),
    Column("priority", Integer, nullable=False),
    Column("retries", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("worker_id", String(128)),
    Column("locked_until", Instant),
    Column("fencing_token", Integer, nullable=False),
    Column("last_error", Text),
    Index("ix_job_instance", "instance_id", "wait_key"),
    Index(
        "ix_job_due",
        "due_at",
        "id",
        sqlite_where=text("retries > 0"),
        postgresql_where=text("retries > 0"),
    ),
)

event_subscription = Table(
    "event_subscription",
    metadata,
    _id("instance_id", ForeignKey("process_instance.id"), primary_key=True),
    Column("wait_key", String(255), primary_key=True),
    Column("tenant", String(64), nullable=False),
    Column("element_id", String(255), nullable=False),
    Column("message_name", String(255), nullable=False),
    Column("correlation_key", String(255)),
    Column("created_at", Instant, nullable=False),
    Index("ix_event_subscription_message", "message_name", "correlation_key"),
)

incident = Table(
    "incident",
    metadata,
    _id("id", primary_key=True),
    Column("tenant", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    _id("instance_id"),
    _id("definition_id"),
    _id("job_id"),
    Column("wait_key", String(255)),
    Column("element_id", String(255)),
    Column("message", Text, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("resolved_at", Instant),
    Column("resolved_by", String(128)),
    Column("note", Text),
    Index("ix_incident_instance", "instance_id"),
    Index("ix_incident_job", "job_id"),
    Index("ix_incident_open", "tenant", "resolved_at", "id"),
)

history_event = Table(
    "history_event",
    metadata,
    Column("stream", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("actor", String(128), nullable=False),
    Column("payload_digest", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("salt", LargeBinary),
    Column("payload", LargeBinary),
)

history_stream = Table(
    "history_stream",
    metadata,
    Column("stream", String(64), primary_key=True),
    Column("length", Integer, nullable=False),
    Column("head", String(64), nullable=False),
)

document = Table(
    "document",
    metadata,
    _id("id", primary_key=True),
    _id("instance_id", nullable=False),
    Column("tenant", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", String(128), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("kind", String(255)),
    Column("element_id", String(255)),
    Index("ix_document_instance", "instance_id"),
)

signature = Table(
    "signature",
    metadata,
    _id("id", primary_key=True),
    _id("instance_id", nullable=False),
    _id("task_id", nullable=False),
    _id("document_id", ForeignKey("document.id"), nullable=False),
    Column("signer", String(128), nullable=False),
    Column("cms", LargeBinary, nullable=False),
    Column("cms_digest", String(64), nullable=False),
    Column("evidence", LargeBinary, nullable=False),
    Column("signed_at", Instant, nullable=False),
    UniqueConstraint("document_id", "cms_digest"),
    Index("ix_signature_instance", "instance_id"),
)

signature_nonce = Table(
    "signature_nonce",
    metadata,
    Column("nonce", String(64), primary_key=True),
    _id("task_id", nullable=False),
    Column("signer", String(128), nullable=False),
    _id("document_id", nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

command_result = Table(
    "command_result",
    metadata,
    Column("sender", String(128), primary_key=True),
    Column("command_id", String(128), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("result", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
)

calendar_day = Table(
    "calendar_day",
    metadata,
    Column("day", Date, primary_key=True),
    Column("working", Boolean, nullable=False),
    Column("names", LargeBinary, nullable=False),
    Column("edited_by", String(128), nullable=False),
    Column("edited_at", Instant, nullable=False),
)

# Files of forms that are not accepted yet. `place`: the form, and the instance it belongs to.
upload = Table(
    "upload",
    metadata,
    _id("id", primary_key=True),
    Column("owner", String(128), nullable=False),
    Column("tenant", String(64), nullable=False),
    Column("place", String(255), nullable=False),
    Column("field", String(255), nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", String(128), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Index("ix_upload_place", "owner", "place", "field"),
    Index("ix_upload_expires", "expires_at"),
)

# What staff said of some days of a dated table; a row is never changed nor deleted.
dated_row = Table(
    "dated_row",
    metadata,
    _id("id", primary_key=True),
    Column("tenant", String(64), nullable=False),
    Column("table_name", String(255), nullable=False),
    Column("key", String(255), nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("effect", String(16), nullable=False),
    Column("value", LargeBinary),
    Column("note", Text, nullable=False),
    Column("edited_by", String(128), nullable=False),
    Column("edited_at", Instant, nullable=False),
    Index("ix_dated_row_key", "tenant", "table_name", "key", "id"),
)

counter = Table(
    "counter",
    metadata,
    Column("tenant", String(64), primary_key=True),
    Column("name", String(128), primary_key=True),
    Column("value", Integer, nullable=False),
)
