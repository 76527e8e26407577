"""Adding a row that may be there already, and holding a name's row while its next version is added.

Both hold under concurrency: on SQLite because writers take turns, on PostgreSQL because the name's row is locked until
the transaction ends. Version numbers are dense and are never given twice, not even after a deletion.
"""

from __future__ import annotations

from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from registry.base import Base
from registry.names import checked_name, new_id
from registry.tables import DatasetRow, ModelRow

Named = TypeVar("Named", DatasetRow, ModelRow)


def insert_once(session: Session, table: type[Base], **values: Any) -> None:
    """INSERT ... ON CONFLICT DO NOTHING."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(table).values(**values).on_conflict_do_nothing())


def locked(session: Session, table: type[Named], name: str) -> Named | None:
    """The row of a name, held until the transaction ends."""
    query = select(table).where(table.name == name).with_for_update().execution_options(populate_existing=True)
    return session.scalars(query).one_or_none()


def held(session: Session, table: type[Named], name: str, who: str) -> Named:
    """The row of a name, made if need be and locked; whoever adds a version raises its `last_version` by one."""
    name = checked_name(name)
    row = locked(session, table, name)
    if row is None:
        insert_once(session, table, id=new_id(), name=name, created_by=who)
        row = locked(session, table, name)
    assert row is not None
    return row
