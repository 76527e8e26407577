"""A classifier made of a function, as measures of classifiers see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from core.bias.audited import Audited
from core.inference.classifier import Classifier
from core.inference.scorer import Logits


class Said:
    """A scorer whose logits are what a function says of a text; it counts the texts that it was asked about."""

    kind = "tfidf"

    def __init__(self, say: Callable[[str], Sequence[float]], cut: int | None = None) -> None:
        self.say, self.cut, self.asked = say, cut, []

    def logits(self, texts: Sequence[str], pairs: Sequence[str] | None = None, *, precision: str = "float32") -> Logits:
        assert precision == "float32"
        joined = list(texts) if pairs is None else [f"{a} || {b}" for a, b in zip(texts, pairs, strict=True)]
        self.asked += joined
        values = np.array([self.say(text) for text in joined], dtype=np.float32)
        cut = np.array([self.cut is not None and len(text) > self.cut for text in joined], dtype=bool)
        return Logits(values, np.array([len(text) for text in joined], dtype=np.int32), cut)


def probability(p: float) -> tuple[float, float]:
    """Logits of two labels by which the second has probability p."""
    return (0.0, float(np.log(p / (1 - p))))


def classifying(
    say: Callable[[str], Sequence[float]],
    labels: tuple[str, ...] = ("no", "yes"),
    *,
    several: bool = False,
    thresholds: tuple[float, ...] | None = None,
    cut: int | None = None,
) -> Audited:
    """A model version whose classifier is `say`."""
    model = Audited(Path("nowhere"), "fine_tuned", "said/1")
    kind = "multi_label" if several else "single_label"
    model.__dict__["classifier"] = Classifier(Said(say, cut), labels, kind, 1.0, thresholds)
    return model
