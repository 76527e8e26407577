"""From what a person typed to a row, with a sentence that helps when there is none."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NoReturn, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from registry.errors import NotFound
from registry.names import parsed
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
    found = list(session.scalars(query.order_by(DatasetVersionRow.version.desc())))
    if not found:
        _absent("dataset", wanted.name, session.scalars(select(DatasetRow.name)))
    return _chosen(found, wanted.name, wanted.version)


def model_version(session: Session, spec: str) -> ModelVersionRow:
    """The row that `name`, `name/3`, `name@champion` or an id names; a bare name and `@latest` mean the newest one."""
    wanted = parsed(spec)
    if wanted.id:
        return session.get(ModelVersionRow, wanted.id) or _absent("model version", wanted.id)
    if wanted.alias and wanted.alias != "latest":
        return _aliased(session, wanted.name, wanted.alias)
    return _chosen(model(session, wanted.name).versions, wanted.name, wanted.version)


def model(session: Session, name: str) -> ModelRow:
    """The row of a registered model that has versions; its id serves too."""
    wanted = parsed(name)
    by = ModelRow.id == wanted.id if wanted.id else ModelRow.name == wanted.name
    row = session.scalars(select(ModelRow).where(by).execution_options(populate_existing=True)).one_or_none()
    if row is None or not row.versions:
        _absent("model", wanted.id or wanted.name, _names_in_use(session, ModelRow.name))
    return row


def _aliased(session: Session, name: str, alias: str) -> ModelVersionRow:
    row = model(session, name)
    target = session.get(AliasRow, (row.id, alias))
    if target is None:
        known = sorted(session.scalars(select(AliasRow.alias).where(AliasRow.model_id == row.id)))
        said = f"it has {', '.join(known)} and latest" if known else 'it has only "latest"'
        raise NotFound(f'The model "{row.name}" has no alias "{alias}"; {said}.')
    return session.get_one(ModelVersionRow, target.version_id)


def _chosen(versions: list[Version], name: str, number: int | None) -> Version:
    """Of versions in falling order the one with this number, or the first."""
    for row in versions:
        if number is None or row.version == number:
            return row
    known = ", ".join(str(row.version) for row in versions[:10])
    raise NotFound(
        f'"{name}" has no version {number}; it has {known}{" and older ones" if len(versions) > 10 else ""}.'
    )


def _names_in_use(session: Session, column: InstrumentedAttribute[str]) -> Iterable[str]:
    return session.scalars(select(column).where(ModelRow.versions.any()))


def _absent(noun: str, wanted: str, names: Iterable[str] = ()) -> NoReturn:
    near = difflib.get_close_matches(wanted, list(names), n=3, cutoff=0.5)
    hint = " Did you mean " + " or ".join(f'"{name}"' for name in near) + "?" if near else ""
    raise NotFound(f'There is no {noun} "{wanted}".{hint}')
