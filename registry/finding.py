"""From what a person typed to a row, with a sentence that helps when there is none."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NoReturn, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from registry.errors import NotFound
from registry.names import Spec, parsed
from registry.tables import AliasRow, DatasetRow, DatasetVersionRow, ModelRow, ModelVersionRow

Version = TypeVar("Version", DatasetVersionRow, ModelVersionRow)


def dataset_version(session: Session, spec: str) -> DatasetVersionRow:
    """The row that `name`, `name/2` or an id names; a bare name means the newest version."""
    wanted = parsed(spec)
    if wanted.id:
        return session.get(DatasetVersionRow, wanted.id) or _absent("dataset version", wanted.id)
    if wanted.alias:
        raise NotFound(f'A dataset has no aliases; name it "{wanted.name}" or "{wanted.name}/3".')
    query = select(DatasetVersionRow).join(DatasetRow).where(DatasetRow.name == wanted.name)
    return _chosen(session, query, DatasetVersionRow, wanted) or _absent("dataset", wanted.name, _datasets(session))


def model_version(session: Session, spec: str) -> ModelVersionRow:
    """The row that `name`, `name/3`, `name@champion` or an id names; a bare name and `@latest` mean the newest one."""
    wanted = parsed(spec)
    if wanted.id:
        return session.get(ModelVersionRow, wanted.id) or _absent("model version", wanted.id)
    if wanted.alias and wanted.alias != "latest":
        return _aliased(session, wanted.name, wanted.alias)
    query = select(ModelVersionRow).join(ModelRow).where(ModelRow.name == wanted.name)
    return _chosen(session, query, ModelVersionRow, wanted) or _absent("model", wanted.name, _models(session))


def model(session: Session, name: str) -> ModelRow:
    """The row of a registered model that has versions; its id serves too."""
    wanted = parsed(name)
    by = ModelRow.id == wanted.id if wanted.id else ModelRow.name == wanted.name
    row = session.scalars(select(ModelRow).where(by, ModelRow.versions.any())).one_or_none()
    return row or _absent("model", wanted.id or wanted.name, _models(session))


def _aliased(session: Session, name: str, alias: str) -> ModelVersionRow:
    row = model(session, name)
    target = session.get(AliasRow, (row.id, alias))
    if target is None:
        known = [
            *session.scalars(select(AliasRow.alias).where(AliasRow.model_id == row.id).order_by("alias")),
            "latest",
        ]
        raise NotFound(f'The model "{row.name}" has no alias "{alias}"; it has {", ".join(known)}.')
    return session.get_one(ModelVersionRow, target.version_id)


def _chosen(session: Session, query: Select[Version], table: type[Version], wanted: Spec) -> Version | None:
    """The version asked for, the newest if none was; None when the name has no versions at all."""
    newest_first = query.order_by(table.version.desc())
    asked = newest_first if wanted.version is None else newest_first.where(table.version == wanted.version)
    row = session.scalars(asked.limit(1)).first()
    if row is None and wanted.version is not None:
        known = list(session.scalars(newest_first.with_only_columns(table.version).limit(10)))
        if known:
            numbers = ", ".join(map(str, known))
            raise NotFound(f'"{wanted.name}" has no version {wanted.version}; its newest are {numbers}.')
    return row


def _datasets(session: Session) -> Iterable[str]:
    return session.scalars(select(DatasetRow.name).where(DatasetRow.versions.any()))


def _models(session: Session) -> Iterable[str]:
    return session.scalars(select(ModelRow.name).where(ModelRow.versions.any()))


def _absent(noun: str, wanted: str, names: Iterable[str] = ()) -> NoReturn:
    near = difflib.get_close_matches(wanted, list(names), n=3, cutoff=0.5)
    hint = " Did you mean " + " or ".join(f'"{name}"' for name in near) + "?" if near else ""
    raise NotFound(f'There is no {noun} "{wanted}".{hint}')
