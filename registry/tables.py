"""The tables. Rows never leave a session: queries return the frozen values of registry.records.

"Model" always means a trained model, so this file is not called models.py. A `number` is the order in which rows
arrived; an `id` is 32 hexadecimal digits and is what everybody else holds. Whoever imports this has every table.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from registry.base import Base, Counter, Id, Made, Name
from registry.columns import Json, Now, UtcTime
from registry.run_tables import MeasurementRow, RunRow

__all__ = [
    "AliasRow", "BiasResultRow", "DatasetRow", "DatasetVersionRow", "EventRow", "MeasurementRow", "ModelRow",
    "ModelTagRow", "ModelVersionRow", "RunRow", "ScoreRow", "UserRow", "VersionTagRow",
]  # fmt: skip


class UserRow(Base):
    """A person who did something here."""

    __tablename__ = "person"

    name: Mapped[str] = mapped_column(Name, primary_key=True)
    email: Mapped[str] = mapped_column(String(320), default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime, default=Now())


class DatasetRow(Made, Base):
    """A dataset's name; `last_version` only grows, so a deleted version's number is never given again."""

    __tablename__ = "dataset"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Name, unique=True)
    last_version: Mapped[int] = mapped_column(default=0)
    versions: Mapped[list[DatasetVersionRow]] = relationship(back_populates="dataset")


class DatasetVersionRow(Made, Base):
    """One immutable version of a dataset; only its description may change."""

    __tablename__ = "dataset_version"
    __table_args__ = (UniqueConstraint("dataset_id", "version"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    dataset_id: Mapped[str] = mapped_column(ForeignKey("dataset.id"))
    version: Mapped[int]
    description: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(128))
    problem_type: Mapped[str] = mapped_column(String(50))
    labels: Mapped[Any] = mapped_column(Json)
    rows: Mapped[Any] = mapped_column(Json)
    mapping: Mapped[Any] = mapped_column(Json)
    repairs: Mapped[Any] = mapped_column(Json)
    report: Mapped[Any] = mapped_column(Json)
    source: Mapped[str] = mapped_column(Text)
    artifact: Mapped[Any] = mapped_column(Json)
    dataset: Mapped[DatasetRow] = relationship(back_populates="versions")


class ModelRow(Made, Base):
    """A registered model: a name with versions."""

    __tablename__ = "model"

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(Name, unique=True)
    description: Mapped[str] = mapped_column(Text, default="")
    last_version: Mapped[int] = mapped_column(default=0)
    tags: Mapped[list[ModelTagRow]] = relationship(order_by="ModelTagRow.tag", passive_deletes=True, cascade="all")
    versions: Mapped[list[ModelVersionRow]] = relationship(
        back_populates="model", order_by="ModelVersionRow.version.desc()"
    )


class ModelVersionRow(Made, Base):
    """One immutable version of a model; only status, notes, tags and aliases may change."""

    __tablename__ = "model_version"
    __table_args__ = (UniqueConstraint("model_id", "version"),)

    id: Mapped[str] = mapped_column(Id, primary_key=True)
    model_id: Mapped[str] = mapped_column(ForeignKey("model.id"))
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    method: Mapped[str] = mapped_column(String(50))
    labels: Mapped[Any] = mapped_column(Json)
    problem_type: Mapped[str] = mapped_column(String(50))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("model_version.id"), index=True)
    dataset_version_id: Mapped[str | None] = mapped_column(ForeignKey("dataset_version.id"), index=True)
    run_id: Mapped[str | None] = mapped_column(ForeignKey("run.id"), index=True)
    parameters: Mapped[Any] = mapped_column(Json)
    facts: Mapped[Any] = mapped_column(Json)
    digest: Mapped[str] = mapped_column(String(128))
    artifact: Mapped[Any] = mapped_column(Json)
    status: Mapped[str] = mapped_column(String(20), default="ready")
    notes: Mapped[str] = mapped_column(Text)
    model: Mapped[ModelRow] = relationship(back_populates="versions")
    tags: Mapped[list[VersionTagRow]] = relationship(order_by="VersionTagRow.tag", passive_deletes=True, cascade="all")
    aliases: Mapped[list[AliasRow]] = relationship(order_by="AliasRow.alias", viewonly=True)


class ModelTagRow(Base):
    """A word on a registered model."""

    __tablename__ = "model_tag"

    model_id: Mapped[str] = mapped_column(ForeignKey("model.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(Name, primary_key=True)


class VersionTagRow(Base):
    """A word on a model version."""

    __tablename__ = "model_version_tag"

    version_id: Mapped[str] = mapped_column(ForeignKey("model_version.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(Name, primary_key=True)


class AliasRow(Base):
    """A movable name for one version of a model; the key allows one target only. `latest` is computed, never stored."""

    __tablename__ = "model_alias"

    model_id: Mapped[str] = mapped_column(ForeignKey("model.id"), primary_key=True)
    alias: Mapped[str] = mapped_column(String(50), primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("model_version.id"), index=True)


class ScoreRow(Made, Base):
    """How a model version did on one split of a dataset version; rows are only ever added, the newest counts."""

    __tablename__ = "score"
    __table_args__ = ({"sqlite_autoincrement": True},)

    number: Mapped[int] = mapped_column(Counter, primary_key=True)
    id: Mapped[str] = mapped_column(Id, unique=True)
    model_version_id: Mapped[str] = mapped_column(ForeignKey("model_version.id", ondelete="CASCADE"), index=True)
    dataset_version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), index=True)
    split: Mapped[str] = mapped_column(String(50))
    rows: Mapped[int]
    evaluation_hash: Mapped[str] = mapped_column(String(128))
    metrics: Mapped[Any] = mapped_column(Json)
    details: Mapped[Any] = mapped_column(Json)
    artifact: Mapped[Any | None] = mapped_column(Json)


class BiasResultRow(Made, Base):
    """What one bias measure found on a model version; rows are only ever added, the newest of an identity counts."""

    __tablename__ = "bias_result"
    __table_args__ = ({"sqlite_autoincrement": True},)

    number: Mapped[int] = mapped_column(Counter, primary_key=True)
    id: Mapped[str] = mapped_column(Id, unique=True)
    model_version_id: Mapped[str] = mapped_column(ForeignKey("model_version.id", ondelete="CASCADE"), index=True)
    run_id: Mapped[str | None] = mapped_column(ForeignKey("run.id"), index=True)
    measure: Mapped[str] = mapped_column(String(50))
    identity: Mapped[str] = mapped_column(String(128), index=True)
    inputs: Mapped[Any] = mapped_column(Json)
    settings: Mapped[Any] = mapped_column(Json)
    found: Mapped[Any] = mapped_column(Json)
    artifact: Mapped[Any] = mapped_column(Json)


class EventRow(Base):
    """One line of the audit trail; only ever added."""

    __tablename__ = "event"
    __table_args__ = (Index(None, "target", "number"), {"sqlite_autoincrement": True})

    number: Mapped[int] = mapped_column(Counter, primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcTime, default=Now())
    who: Mapped[str] = mapped_column(Name)
    what: Mapped[str] = mapped_column(String(50))
    noun: Mapped[str] = mapped_column(String(50))
    target: Mapped[str] = mapped_column(String(100))
    details: Mapped[Any] = mapped_column(Json)
