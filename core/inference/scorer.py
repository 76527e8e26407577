"""What turns texts into one logit a label.

A scorer is the trained part of a model, whatever made it; the classifier around it adds temperature, thresholds, names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal, Protocol

import numpy as np

PrecisionName = Literal["float32", "bfloat16"]


@dataclass(frozen=True)
class Logits:
    """Scores of n texts: `values` (n, C) float32, `tokens` (n,) int32 seen by the model, `truncated` (n,) bool."""

    values: np.ndarray
    tokens: np.ndarray
    truncated: np.ndarray


class Scorer(Protocol):
    """One kind of trained model: scores texts, saves itself to a folder and comes back from it."""

    kind: ClassVar[str]

    def logits(
        self, texts: Sequence[str], pairs: Sequence[str] | None = None, *, precision: PrecisionName = "float32"
    ) -> Logits: ...

    def save(self, folder: Path, labels: Sequence[str], problem_type: str) -> None: ...

    @classmethod
    def load(cls, folder: Path) -> Scorer: ...
