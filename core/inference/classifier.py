"""A scorer with what makes its logits a decision: label names, temperature, thresholds, and when to ask a person.

Temperature: Guo et al. 2017, section 4.2. p = softmax(z / t) for one label a text, sigmoid(z / t) for several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from core.data.examples import ProblemType
from core.inference.scorer import PrecisionName, Scorer

REVIEW_BELOW = 0.6
WANTED_AGREEMENT = 0.995  # share of equal decisions that bfloat16 must reach to be used
WANTED_ROWS = 200  # texts on which that must have been measured
Precision = Literal["auto", "float32", "bfloat16"]


@dataclass(frozen=True)
class Predictions:
    """Probabilities (n, C) float32, pieces seen (n,) int32, truncated (n,) bool, and the decisions they lead to."""

    probabilities: np.ndarray
    tokens: np.ndarray
    truncated: np.ndarray
    names: tuple[str, ...]
    problem_type: ProblemType
    thresholds: np.ndarray
    review_below: float

    def decisions(self) -> np.ndarray:
        """Chosen labels (n, C) bool: the likeliest one, or every label that reaches its threshold."""
        if self.problem_type == "multi_label":
            return np.asarray(self.probabilities >= self.thresholds)
        return np.asarray(np.arange(len(self.names)) == self.probabilities.argmax(axis=1)[:, None])

    def labels(self) -> tuple[Any, ...]:
        """One label a text, or a tuple of labels a text where there may be several or none."""
        if self.problem_type == "multi_label":
            return tuple(
                tuple(name for name, chosen in zip(self.names, row, strict=True) if chosen) for row in self.decisions()
            )
        return tuple(self.names[index] for index in self.probabilities.argmax(axis=1))

    def scores(self) -> np.ndarray:
        """(n,) float32: the chosen label's probability; for several labels that of the least certain yes or no."""
        if self.problem_type == "multi_label":
            chosen = np.where(self.decisions(), self.probabilities, 1 - self.probabilities)
            return np.asarray(chosen.min(axis=1), dtype=np.float32)
        return np.asarray(self.probabilities.max(axis=1), dtype=np.float32)

    def needs_review(self) -> np.ndarray:
        """(n,) bool: true where the score is below the limit, so that a person should look."""
        return np.asarray(self.scores() < self.review_below)


@dataclass(frozen=True)
class Classifier:
    """A scorer and its decisions; `facts` holds what was measured when it was saved (agreement of bfloat16)."""

    scorer: Scorer
    labels: tuple[str, ...]
    problem_type: ProblemType = "single_label"
    temperature: float = 1.0
    thresholds: tuple[float, ...] | None = None
    review_below: float = REVIEW_BELOW
    facts: Mapping[str, Any] = field(default_factory=dict)

    def predict(
        self, texts: Sequence[str], pairs: Sequence[str] | None = None, *, precision: Precision = "auto"
    ) -> Predictions:
        """Probabilities and decisions for each text, in order."""
        chosen = self.precision() if precision == "auto" else precision
        logits = self.scorer.logits(texts, pairs, precision=chosen)
        probabilities = probabilities_of(logits.values, self.problem_type, self.temperature)
        return self.predictions(probabilities, logits.tokens, logits.truncated)

    def predictions(self, probabilities: np.ndarray, tokens: np.ndarray, truncated: np.ndarray) -> Predictions:
        """Probabilities (n, C) with this classifier's decision rules around them."""
        limits = np.full(len(self.labels), 0.5) if self.thresholds is None else np.asarray(self.thresholds)
        return Predictions(
            probabilities, tokens, truncated, self.labels, self.problem_type, limits.astype(np.float32),
            self.review_below,
        )  # fmt: skip

    def precision(self) -> PrecisionName:
        """What "auto" means: bfloat16 only where it is faster here and was measured to decide alike for this model."""
        if self.scorer.kind == "tfidf" or not agrees(self.facts.get("bfloat16", {})):
            return "float32"
        from core.encoding.precision import fastest

        return fastest()


def agrees(measured: Mapping[str, Any]) -> bool:
    """Whether a measured agreement {"agreement", "rows"} is high enough, on enough texts."""
    return bool(measured.get("rows", 0) >= WANTED_ROWS and measured.get("agreement", 0.0) >= WANTED_AGREEMENT)


def probabilities_of(logits: np.ndarray, problem_type: str, temperature: float = 1.0) -> np.ndarray:
    """Logits (n, C) to probabilities (n, C) float32 after temperature, computed in float64."""
    scaled = logits.astype(np.float64) / temperature
    if problem_type == "multi_label":
        return np.asarray(1 / (1 + np.exp(-np.clip(scaled, -700, 700))), dtype=np.float32)
    raised = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), dtype=np.float32)
