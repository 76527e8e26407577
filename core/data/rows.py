"""The rows of a data set version as they are stored: rows.parquet and what is counted over it.

Columns: row_id int64 (0, 1, ... in the order of the files), line int64, source ("train" or "test" file), split, text,
text_pair where there are pairs, label (str, or list of str where a row may have several), and id, group, weight where
mapped.
"""

from __future__ import annotations

from collections.abc import Sequence
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
        rows["label"] = pd.Series([sorted(names_of(cell, True)) for cell in frame["label"].tolist()], dtype=object)
    return rows


def write(rows: pd.DataFrame, path: Path, *, multi_label: bool) -> None:
    """Write rows.parquet; several labels as list<string>."""
    label = pa.list_(pa.string()) if multi_label else pa.string()
    types = {"row_id": pa.int64(), "line": pa.int64(), "weight": pa.float64(), "label": label}
    schema = pa.schema([pa.field(name, types.get(name, pa.string())) for name in rows.columns])
    table = pa.Table.from_pandas(rows, schema=schema, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(table, path, compression="zstd")  # type: ignore[no-untyped-call]


def class_counts(draft: Draft, labels: Sequence[str]) -> dict[str, dict[str, int]]:
    """Rows of each of the labels in each split."""
    found = {name: dict.fromkeys(SPLITS, 0) for name in labels}
    counts = draft.frame.groupby(["label", "split"]).size().rename("rows").reset_index()
    for cell, split, rows in counts.itertuples(index=False, name=None):
        for name in found.keys() & names_of(cell, draft.multi_label):
            found[name][split] += int(rows)
    return found


def split_sizes(rows: pd.DataFrame) -> dict[str, int]:
    """Rows of each split, train, validation and test."""
    return {split: int((rows["split"] == split).sum()) for split in SPLITS}
