"""Another name for a dataset or a model, with all its versions."""

from __future__ import annotations

from sqlalchemy.orm import Session

from registry.errors import Refused
from registry.events import record
from registry.inserting import Named, locked


def renamed(session: Session, table: type[Named], name: str, new_name: str, who: str) -> None:
    """Rename; Refused when the new name is in use, or belonged to versions that were deleted since.

    A deleted name stays taken: result files say `name/3`, and no other version may ever answer to that.
    """
    noun = table.__tablename__
    for held in sorted((name, new_name)):  # always in the same order, so that two renamings cannot wait for each other
        locked(session, table, held)
    row, other = locked(session, table, name), locked(session, table, new_name)
    assert row is not None
    if name == new_name:
        return
    if other is not None:
        raise Refused(f'There is, or was, another {noun} called "{new_name}"; choose a name that was never used.')
    row.name = new_name
    session.flush()
    record(session, who, "renamed", noun, row.id, {"from": name, "to": new_name})
