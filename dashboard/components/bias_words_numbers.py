"""Numbers for words that a measure may be given beside its lists, such as the share of women in an occupation."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.errors import UserProblem
from dashboard.components import problems, quantities
from dashboard.components.kept import kept
from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.bias.measure import Measure


def choose(measure: Measure, key: str) -> pd.DataFrame | None:
    """The rows of a file with the measure's optional columns; None where it takes none or none was given."""
    columns = tuple(str(name) for name in measure.metadata.get("optional_columns", ()))
    if not columns:
        return None
    file = st.file_uploader(
        f"A number for each word, if you have one: CSV with {' and '.join(columns)}", type=["csv", "tsv", "txt"],
        key=f"{key}-numbers", max_upload_size=5, help="With it the measure says how associations and numbers go along.",
    )  # fmt: skip
    if file is None:
        return None
    with problems.told():
        table = kept("bias-words-numbers", (file.file_id, columns), lambda: _read(file.getvalue(), file.name, columns))
        st.caption(f"{quantities.count(len(table), 'row')} of {escape(file.name)} will be used.")
        return table
    return None


def _read(data: bytes, name: str, columns: tuple[str, ...]) -> pd.DataFrame:
    from core.bias import own_tables

    with TemporaryDirectory(prefix="bias-") as folder:
        path = Path(folder) / f"given{Path(name).suffix or '.csv'}"
        path.write_bytes(data)
        table = own_tables.read(path, name)
    missing = [column for column in columns if column not in table]
    if missing:
        raise UserProblem(
            f"{name} has no column {', '.join(missing)}; it has {', '.join(map(str, table.columns))}.",
            f"{' and '.join(columns)} are wanted.", "Name the columns so.",
        )  # fmt: skip
    return table[list(columns)]
