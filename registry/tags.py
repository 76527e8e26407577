"""Tags: words on a model (`name`) or on one version (`name/3`, `name@champion`, an id)."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from registry import finding
from registry.events import record
from registry.inserting import insert_once
from registry.names import checked_name, is_id
from registry.tables import ModelRow, ModelTagRow, ModelVersionRow, VersionTagRow


def tag(session: Session, spec: str, tag: str, who: str) -> None:
    """Put a tag on a model or a version; putting it on twice changes nothing."""
    tag = checked_name(tag, "tag")
    row = _target(session, spec)
    if isinstance(row, ModelRow):
        insert_once(session, ModelTagRow, model_id=row.id, tag=tag)
    else:
        insert_once(session, VersionTagRow, version_id=row.id, tag=tag)
    session.expire(row, ["tags"])
    record(session, who, "tagged", _noun(row), row.id, {"tag": tag})


def untag(session: Session, spec: str, tag: str, who: str) -> None:
    """Take a tag away; nothing happens when it is not there."""
    row = _target(session, spec)
    if isinstance(row, ModelRow):
        session.execute(delete(ModelTagRow).where(ModelTagRow.model_id == row.id, ModelTagRow.tag == tag))
    else:
        session.execute(delete(VersionTagRow).where(VersionTagRow.version_id == row.id, VersionTagRow.tag == tag))
    session.expire(row, ["tags"])
    record(session, who, "untagged", _noun(row), row.id, {"tag": tag})


def _target(session: Session, spec: str) -> ModelRow | ModelVersionRow:
    """A bare name is the model itself, anything else one version."""
    if is_id(spec.strip()) or "/" in spec or "@" in spec:
        return finding.model_version(session, spec)
    return finding.model(session, spec)


def _noun(row: ModelRow | ModelVersionRow) -> str:
    return row.__tablename__
