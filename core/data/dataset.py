"""Reading a saved data set version: its folder holds rows.parquet, rejected.csv and report.json."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from core.data.examples import SPLITS, Examples, LabelledData
from core.errors import UserProblem


def read(folder: Path) -> LabelledData:
    """All three splits with label names sorted by spelling; raises UserProblem where the folder holds no data set."""
    rows = read_rows(folder)
    several = bool(describe(folder)["problem_type"] == "multi_label")
    names = {name for cell in rows["label"] for name in cell} if several else set(rows["label"])
    labels = tuple(sorted(names))
    splits = {split: _examples(rows[rows["split"] == split], labels, several) for split in SPLITS}
    return LabelledData(labels, "multi_label" if several else "single_label", **splits)


def read_rows(folder: Path) -> pd.DataFrame:
    """rows.parquet as a frame (see core.data.rows)."""
    rows: pd.DataFrame = pq.read_table(_file(folder, "rows.parquet")).to_pandas()  # type: ignore[no-untyped-call]
    return rows


def describe(folder: Path) -> dict[str, Any]:
    """The pre-flight report that was stored with the rows."""
    told: dict[str, Any] = json.loads(_file(folder, "report.json").read_text(encoding="utf-8"))
    return told


def _file(folder: Path, name: str) -> Path:
    path = folder / name
    if not path.is_file():
        raise UserProblem(
            f"The folder {folder.name} holds no {name}.",
            "A saved data set version was wanted.",
            "Save the data set again.",
        )
    return path


def _examples(rows: pd.DataFrame, labels: Sequence[str], several: bool) -> Examples:
    pairs = tuple(rows["text_pair"]) if "text_pair" in rows else None
    row_ids = rows["row_id"].to_numpy(dtype=np.int64, copy=True)
    return Examples(tuple(rows["text"]), _targets(rows["label"], labels, several), row_ids, pairs)


def _targets(cells: pd.Series, labels: Sequence[str], several: bool) -> np.ndarray:
    """(n,) int64 class numbers, or (n, C) float32 of 0 and 1."""
    number = {name: at for at, name in enumerate(labels)}
    if not several:
        return np.array([number[cell] for cell in cells], dtype=np.int64)
    targets = np.zeros((len(cells), len(labels)), dtype=np.float32)
    for row, names in enumerate(cells):
        targets[row, [number[name] for name in names]] = 1.0
    return targets
