"""Labelled texts as the science takes them: three splits, label names in a fixed order.

Shapes: n rows, C labels. `targets` is (n,) int64 for one label a row, (n, C) float32 of 0 and 1 for several.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

ProblemType = Literal["single_label", "multi_label"]
SPLITS = ("train", "validation", "test")


@dataclass(frozen=True)
class Examples:
    """Rows of one split; `row_ids` (n,) int64 are the row numbers in the dataset version's rows.parquet."""

    texts: tuple[str, ...]
    targets: np.ndarray
    row_ids: np.ndarray
    pairs: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return len(self.texts)


@dataclass(frozen=True)
class LabelledData:
    """A whole dataset version: `labels[i]` is the name of class i (sorted by the user's spelling)."""

    labels: tuple[str, ...]
    problem_type: ProblemType
    train: Examples
    validation: Examples
    test: Examples
