"""How often bfloat16 and float32 decide alike for one model: measured, stored with it, and obeyed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from core.inference.classifier import Classifier

MOST_ROWS = 1000  # texts on which it is measured


def measure(classifier: Classifier, texts: Sequence[str], pairs: Sequence[str] | None = None) -> dict[str, Any]:
    """{"agreement", "rows", "max_difference"} on evenly spread texts; {} where there is nothing to compare."""
    if classifier.scorer.kind == "tfidf" or not texts:
        return {}
    rows = np.unique(np.linspace(0, len(texts) - 1, min(MOST_ROWS, len(texts))).astype(int))
    chosen = [texts[row] for row in rows]
    seconds = None if pairs is None else [pairs[row] for row in rows]
    exact = classifier.predict(chosen, seconds, precision="float32")
    rounded = classifier.predict(chosen, seconds, precision="bfloat16")
    alike = (exact.decisions() == rounded.decisions()).all(axis=1)
    difference = np.abs(exact.probabilities - rounded.probabilities).max()
    return {"agreement": float(alike.mean()), "rows": len(rows), "max_difference": float(difference)}
