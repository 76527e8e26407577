"""The first schema: people, datasets, models, scores, runs, the audit trail."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.String(32)
TIME = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")
JSON = sa.JSON(none_as_null=True)
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table; the columns are explained in registry/tables.py."""
    op.create_table(
        "dataset",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("last_version", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dataset"),
        sa.UniqueConstraint("name", name="uq_dataset_name"),
    )
    op.create_table(
        "event",
        sa.Column("number", COUNTER, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("what", sa.String(length=50), nullable=False),
        sa.Column("noun", sa.String(length=50), nullable=False),
        sa.Column("target", sa.String(length=100), nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_target_number", "event", ["target", "number"], unique=False)
    op.create_table(
        "model",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("last_version", sa.Integer(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_model"),
        sa.UniqueConstraint("name", name="uq_model_name"),
    )
    op.create_table(
        "person",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_person"),
    )
    op.create_table(
        "run",
        sa.Column("number", COUNTER, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(length=50), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("config", JSON, nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("max_attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", TIME, nullable=False),
        sa.Column("stop_request", sa.String(length=20), nullable=True),
        sa.Column("progress", JSON, nullable=False),
        sa.Column("result", JSON, nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("error_kind", sa.String(length=50), nullable=False),
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("worker", sa.String(length=200), nullable=False),
        sa.Column("heartbeat_at", TIME, nullable=True),
        sa.Column("lease_until", TIME, nullable=True),
        sa.Column("started_at", TIME, nullable=True),
        sa.Column("finished_at", TIME, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_run"),
        sa.UniqueConstraint("id", name="uq_run_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_run_status_number", "run", ["status", "number"], unique=False)
    op.create_table(
        "dataset_version",
        sa.Column("id", ID, nullable=False),
        sa.Column("dataset_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=128), nullable=False),
        sa.Column("problem_type", sa.String(length=50), nullable=False),
        sa.Column("labels", JSON, nullable=False),
        sa.Column("rows", JSON, nullable=False),
        sa.Column("mapping", JSON, nullable=False),
        sa.Column("repairs", JSON, nullable=False),
        sa.Column("report", JSON, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("artifact", JSON, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["dataset_id"], ["dataset.id"], name="fk_dataset_version_dataset_id_dataset"),
        sa.PrimaryKeyConstraint("id", name="pk_dataset_version"),
        sa.UniqueConstraint("dataset_id", "version", name="uq_dataset_version_dataset_id_version"),
    )
    op.create_table(
        "measurement",
        sa.Column("run_id", ID, nullable=False),
        sa.Column("step", COUNTER, autoincrement=False, nullable=False),
        sa.Column("epoch", sa.Double(), nullable=True),
        sa.Column("at", TIME, nullable=False),
        sa.Column("metrics", JSON, nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_measurement_run_id_run", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "step", name="pk_measurement"),
    )
    op.create_table(
        "model_tag",
        sa.Column("model_id", ID, nullable=False),
        sa.Column("tag", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name="fk_model_tag_model_id_model", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("model_id", "tag", name="pk_model_tag"),
    )
    op.create_table(
        "model_version",
        sa.Column("id", ID, nullable=False),
        sa.Column("model_id", ID, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("method", sa.String(length=50), nullable=False),
        sa.Column("labels", JSON, nullable=False),
        sa.Column("problem_type", sa.String(length=50), nullable=False),
        sa.Column("parent_id", ID, nullable=True),
        sa.Column("dataset_version_id", ID, nullable=True),
        sa.Column("run_id", ID, nullable=True),
        sa.Column("parameters", JSON, nullable=False),
        sa.Column("facts", JSON, nullable=False),
        sa.Column("digest", sa.String(length=128), nullable=False),
        sa.Column("artifact", JSON, nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_version_id"], ["dataset_version.id"], name="fk_model_version_dataset_version_id_dataset_version"
        ),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name="fk_model_version_model_id_model"),
        sa.ForeignKeyConstraint(["parent_id"], ["model_version.id"], name="fk_model_version_parent_id_model_version"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_model_version_run_id_run"),
        sa.PrimaryKeyConstraint("id", name="pk_model_version"),
        sa.UniqueConstraint("model_id", "version", name="uq_model_version_model_id_version"),
    )
    op.create_index("ix_model_version_dataset_version_id", "model_version", ["dataset_version_id"], unique=False)
    op.create_index("ix_model_version_parent_id", "model_version", ["parent_id"], unique=False)
    op.create_index("ix_model_version_run_id", "model_version", ["run_id"], unique=False)
    op.create_table(
        "model_alias",
        sa.Column("model_id", ID, nullable=False),
        sa.Column("alias", sa.String(length=50), nullable=False),
        sa.Column("version_id", ID, nullable=False),
        sa.ForeignKeyConstraint(["model_id"], ["model.id"], name="fk_model_alias_model_id_model"),
        sa.ForeignKeyConstraint(["version_id"], ["model_version.id"], name="fk_model_alias_version_id_model_version"),
        sa.PrimaryKeyConstraint("model_id", "alias", name="pk_model_alias"),
    )
    op.create_index("ix_model_alias_version_id", "model_alias", ["version_id"], unique=False)
    op.create_table(
        "model_version_tag",
        sa.Column("version_id", ID, nullable=False),
        sa.Column("tag", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["model_version.id"],
            name="fk_model_version_tag_version_id_model_version",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("version_id", "tag", name="pk_model_version_tag"),
    )
    op.create_table(
        "score",
        sa.Column("number", COUNTER, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("model_version_id", ID, nullable=False),
        sa.Column("dataset_version_id", ID, nullable=False),
        sa.Column("split", sa.String(length=50), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("evaluation_hash", sa.String(length=128), nullable=False),
        sa.Column("metrics", JSON, nullable=False),
        sa.Column("details", JSON, nullable=False),
        sa.Column("artifact", JSON, nullable=True),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_version_id"], ["dataset_version.id"], name="fk_score_dataset_version_id_dataset_version"
        ),
        sa.ForeignKeyConstraint(
            ["model_version_id"],
            ["model_version.id"],
            name="fk_score_model_version_id_model_version",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("number", name="pk_score"),
        sa.UniqueConstraint("id", name="uq_score_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_score_dataset_version_id", "score", ["dataset_version_id"], unique=False)
    op.create_index("ix_score_model_version_id", "score", ["model_version_id"], unique=False)


def downgrade() -> None:
    """Remove every table, and with them all records."""
    op.drop_table("score")
    op.drop_table("model_version_tag")
    op.drop_table("model_alias")
    op.drop_table("model_version")
    op.drop_table("model_tag")
    op.drop_table("measurement")
    op.drop_table("dataset_version")
    op.drop_table("run")
    op.drop_table("person")
    op.drop_table("model")
    op.drop_table("event")
    op.drop_table("dataset")
