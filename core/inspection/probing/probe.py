"""One probe: multinomial logistic regression on standardised vectors, C chosen on validation rows by log loss."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.evaluation.decisions import Decided
from core.progress import ShouldStop, StopMode, silent
from core.training.strengths import Rows, choose

GRID = (0.001, 0.01, 0.1, 1.0)


@dataclass(frozen=True)
class Fitted:
    """What the probe says of the test rows, the C that validation chose, and validation accuracy and macro-F1."""

    decided: Decided
    strength: float
    accuracy: float
    f1_macro: float


def fit_probe(
    vectors: tuple[np.ndarray, np.ndarray, np.ndarray],
    targets: tuple[np.ndarray, np.ndarray, np.ndarray],
    classes: int,
    should_stop: ShouldStop,
) -> Fitted:
    """Fit on vectors (n, H) and targets (n,) of train, choose on validation, predict test; Stopped when asked to."""

    def discard() -> StopMode | None:
        return "discard" if should_stop() else None

    train, validation, test = _standardised(*vectors)
    chosen = choose(
        Rows(train, targets[0]), Rows(validation, targets[1]), classes, "single_label", GRID,
        weights=None, report=silent, should_stop=discard,
    )  # fmt: skip
    best = next(each for each in chosen.history if each["C"] == chosen.strength)
    decided = Decided(targets[2], chosen.head.logits(test).argmax(axis=1), classes)
    return Fitted(decided, chosen.strength, best["validation_accuracy"], best["validation_macro_f1"])


def _standardised(train: np.ndarray, *others: np.ndarray) -> list[np.ndarray]:
    """All vectors less the training mean, over the training spread; a dimension that never varies becomes 0."""
    mean, spread = train.mean(axis=0), train.std(axis=0)
    scale = np.where(spread > 1e-6, spread, np.inf)
    return [((each - mean) / scale).astype(np.float32) for each in (train, *others)]
