"""The rows of a data set version as they are stored: rows.parquet and what is counted over it.

Columns: row_id int64 (0, 1, ... in the order of the files), line int64, source ("train" or "test" file), split, text,
text_pair where there are pairs, label (str, or list of str where a row may have several), and id, group, weight where mapped.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from core.data.draft import Draft, names_of
from core.data.examples import SPLITS

_KEPT = (("source", "source"), ("split", "split"), ("text", "text"), ("pair", "text_pair"), ("label", "label"))
_OPTIONAL = (("id", "id"), ("group", "group"), ("weight", "weight"))


def stored(draft: Draft) -> pd.DataFrame:
    """The draft's rows as they are stored."""
    frame = draft.frame
    rows = pd.DataFrame({"row_id": np.arange(len(frame)), "line": frame["line"].astype(np.int64)})
    for name, column in (*_KEPT, *_OPTIONAL):
        if name in frame:
            rows[column] = frame[name]
    if draft.multi_label:
        rows["label"] = pd.Series([sorted(names_of(cell, True)) for cell in frame["label"]], dtype=object)
    return rows


def write(rows: pd.DataFrame, path: Path) -> None:
    """Write rows.parquet; list labels as list<string>."""
    fields = [_field(name, rows) for name in rows.columns]
    table = pa.Table.from_pandas(rows, schema=pa.schema(fields), preserve_index=False)
    pq.write_table(table.replace_schema_metadata(None), path, compression="zstd")  # type: ignore[no-untyped-call]


def class_counts(draft: Draft) -> dict[str, dict[str, int]]:
    """Rows of each label in each split."""
    counts = draft.label_rows()
    splits = draft.frame["split"].to_numpy(dtype=object)[counts["row"].to_numpy(dtype=int)]
    table = counts.assign(split=splits).groupby(["label", "split"]).size()
    found = {name: dict.fromkeys(SPLITS, 0) for name in draft.label_names}
    for (label, split), count in table.items():  # type: ignore[misc]
        found[str(label)][str(split)] = int(count)
    return found


def split_sizes(rows: pd.DataFrame) -> dict[str, int]:
    """Rows of each split, train, validation and test."""
    return {split: int((rows["split"] == split).sum()) for split in SPLITS}


def _field(name: str, rows: pd.DataFrame) -> pa.Field:
    if name in ("row_id", "line"):
        return pa.field(name, pa.int64())
    if name == "weight":
        return pa.field(name, pa.float64())
    if name == "label" and rows["label"].map(lambda value: isinstance(value, list)).all() and len(rows):
        return pa.field(name, pa.list_(pa.string()))
    return pa.field(name, pa.string())
