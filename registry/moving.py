"""All records to another database: from the embedded SQLite file to a team's PostgreSQL, or back.

`python -m registry.moving postgresql://user:password@host/name` copies the records of the home that the environment
names. Artifacts stay where they are: the records hold keys, not places.
"""

from __future__ import annotations

import sys
from dataclasses import replace

from sqlalchemy import Table, func, insert, select, text, update
from sqlalchemy.orm import Session

from registry.base import Base
from registry.errors import Refused, RegistryProblem
from registry.home import Home
from registry.session import Registry
from registry.tables import ModelVersionRow

_BATCH = 500


def move(source: Registry, target: Registry) -> dict[str, int]:
    """Copy every record in one transaction; says how many rows each table has. Refused unless the target is empty."""
    with source.read() as old, target.begin(alone="moving") as new:
        counts = {table.name: _copied(old, new, table) for table in Base.metadata.sorted_tables}
        _set_parents(old, new)
        if target.dialect == "postgresql":
            _set_counters(new)
        for table in Base.metadata.sorted_tables:
            if new.scalar(select(func.count()).select_from(table)) != counts[table.name]:
                raise RegistryProblem(f"The rows of {table.name} did not all arrive; nothing was changed.")
    return counts


def _copied(old: Session, new: Session, table: Table) -> int:
    if new.scalar(select(func.count()).select_from(table)):
        raise Refused("The other database holds records already; name an empty one.")
    count = 0
    for rows in old.execute(select(table)).mappings().partitions(_BATCH):
        new.execute(insert(table), [{**row, "parent_id": None} if "parent_id" in row else dict(row) for row in rows])
        count += len(rows)
    return count


def _set_parents(old: Session, new: Session) -> None:
    """Afterwards, because a parent may come later in the table than its children."""
    heirs = select(ModelVersionRow.id, ModelVersionRow.parent_id).where(ModelVersionRow.parent_id.is_not(None))
    for id, parent in old.execute(heirs):
        new.execute(update(ModelVersionRow).where(ModelVersionRow.id == id).values(parent_id=parent))


def _set_counters(new: Session) -> None:
    """PostgreSQL's counters do not notice numbers that are given to them."""
    for table in ("run", "score", "event"):
        last = f"SELECT setval(pg_get_serial_sequence('{table}', 'number'), max(number)) FROM {table}"  # noqa: S608
        new.execute(text(last))


def main(arguments: list[str]) -> int:
    """Move the records of this environment's home to the database whose URL is the only argument."""
    home = Home.from_environment()
    try:
        [url] = arguments
        counts = move(Registry.open(home), Registry.open(replace(home, database_url=url)))
    except ValueError:
        sys.stderr.write("Say where to: python -m registry.moving postgresql://user:password@host/name\n")
        return 2
    except RegistryProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    sys.stdout.write(f"{sum(counts.values())} records copied; now set AMONTILLADO_DATABASE_URL to the new database.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
