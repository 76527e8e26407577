"""People: a name and, where there is a login, an address."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.inserting import insert_once
from registry.names import checked_name
from registry.tables import UserRow


def ensure(session: Session, name: str, email: str = "") -> str:
    """The person's name as it is kept; a person seen for the first time is added."""
    name = checked_name(name, "user name")
    insert_once(session, UserRow, name=name, email=email)
    return name


def listing(session: Session) -> tuple[str, ...]:
    """All names in alphabetical order."""
    return tuple(session.scalars(select(UserRow.name).order_by(UserRow.name)))
