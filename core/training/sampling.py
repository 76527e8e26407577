"""A few rows that stand for all: spread evenly over the split, so that they have its lengths and its labels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.data.examples import Examples, LabelledData

MOST = 2_000


def sample(examples: Examples, most: int = MOST) -> Examples:
    """Take at most `most` rows, evenly spread."""
    if len(examples) <= most:
        return examples
    rows = np.linspace(0, len(examples) - 1, most).astype(np.int64)
    return Examples(
        tuple(examples.texts[row] for row in rows),
        examples.targets[rows],
        examples.row_ids[rows],
        None if examples.pairs is None else tuple(examples.pairs[row] for row in rows),
    )


def sampled(data: LabelledData, most: int) -> LabelledData:
    """The dataset with at most `most` training rows and a quarter of that to judge on."""
    return replace(data, train=sample(data.train, most), validation=sample(data.validation, max(1, most // 4)))
