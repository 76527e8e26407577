"""Tables of a person's own: sentence pairs or rows from a file of any usual format, every column as text."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd

from core.errors import UserProblem


def read(path: Path, name: str | None = None) -> pd.DataFrame:
    """The table with every cell as text, empty cells as ""; UserProblem where any row of it cannot be read."""
    from core.data.reading import LINE_COLUMN, parse_in_child

    if not path.is_file():
        raise UserProblem(f"There is no file {path.name}.", "A table is wanted, for example a CSV.", "Name another.")
    with tempfile.TemporaryDirectory(prefix="bias-") as folder:
        out = Path(folder) / "table.parquet"
        facts = parse_in_child(path, out, name=name or path.name)
        table = pd.read_parquet(out)
    if facts.rejected:
        first = facts.rejected[0]
        raise UserProblem(
            f"{len(facts.rejected)} rows of {name or path.name} cannot be read; the first is line {first.line}: "
            f"{first.reason}", "Every row must be whole.", "Mend the file.",
        )  # fmt: skip
    return table.drop(columns=[LINE_COLUMN], errors="ignore").fillna("").astype(str)
