"""Results of bias measures beside the scores."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.String(32)
TIME = sa.DateTime(timezone=True).with_variant(sa.String(26), "sqlite")
JSON = sa.JSON(none_as_null=True)
COUNTER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table; the columns are explained in registry/tables.py."""
    op.create_table(
        "bias_result",
        sa.Column("number", COUNTER, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("model_version_id", ID, nullable=False),
        sa.Column("run_id", ID, nullable=True),
        sa.Column("measure", sa.String(length=50), nullable=False),
        sa.Column("identity", sa.String(length=128), nullable=False),
        sa.Column("inputs", JSON, nullable=False),
        sa.Column("settings", JSON, nullable=False),
        sa.Column("found", JSON, nullable=False),
        sa.Column("artifact", JSON, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["model_version_id"],
            ["model_version.id"],
            name="fk_bias_result_model_version_id_model_version",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_bias_result_run_id_run"),
        sa.PrimaryKeyConstraint("number", name="pk_bias_result"),
        sa.UniqueConstraint("id", name="uq_bias_result_id"),
        sqlite_autoincrement=True,
    )
    for column in ("identity", "model_version_id", "run_id"):
        op.create_index(f"ix_bias_result_{column}", "bias_result", [column], unique=False)


def downgrade() -> None:
    """Drop it."""
    op.drop_table("bias_result")
