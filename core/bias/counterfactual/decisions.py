"""What a swap does to a classifier's answer: how far the probability moves, and whether the decision flips.

Garg et al. 2019, counterfactual token fairness: the gap of a text is the mean of |f(x) - f(swapped x)| over its swaps.
f is the probability of the chosen label. Where none is chosen: with two labels the second; with more labels of which
one is chosen the total variation distance, half the sum of |differences|; with several labels a text the largest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from core.errors import UserProblem
from core.inference.classifier import Predictions


@dataclass(frozen=True)
class Rule:
    """How answers are read: the `label` number that is watched, None for all; `threshold` for it where one is set."""

    label: int | None
    threshold: float | None = None


@dataclass(frozen=True)
class Moves:
    """Of m swaps: gap (m,) >= 0, `before` and `after` (m,) of the label (m,) that is shown, flipped (m,) bool."""

    gap: np.ndarray
    label: np.ndarray
    before: np.ndarray
    after: np.ndarray
    flipped: np.ndarray


def rule(labels: tuple[str, ...], problem_type: str, label: str, threshold: float | None) -> Rule:
    """The rule for a label by name, "" for the usual one; UserProblem for a label that the model does not know."""
    if label and label not in labels:
        raise UserProblem(
            f"The model has no label {label!r}.", f"Its labels are: {', '.join(labels[:20])}.", "Choose one of them."
        )
    if label:
        return Rule(labels.index(label), threshold)
    watched = 1 if len(labels) == 2 and problem_type == "single_label" else None
    if threshold is not None and watched is None:
        raise UserProblem(
            "A threshold was given, but no label.", "A threshold holds for one label.", "Choose the label."
        )
    return Rule(watched, threshold)


def moves(answers: Predictions, before: np.ndarray, after: np.ndarray, by: Rule) -> Moves:
    """`before` and `after` (m,) are rows of the answers."""
    p = answers.probabilities.astype(np.float64)
    difference = p[after] - p[before]
    if by.label is not None:
        shown = np.full(len(before), by.label)
        gap = np.abs(difference[:, by.label])
    elif answers.problem_type == "multi_label":
        shown = np.abs(difference).argmax(axis=1) if len(before) else np.zeros(0, dtype=np.int64)
        gap = np.abs(difference).max(axis=1, initial=0.0)
    else:
        shown = p[before].argmax(axis=1) if len(before) else np.zeros(0, dtype=np.int64)
        gap = np.abs(difference).sum(axis=1) / 2
    decided = _decided(answers, by)
    flipped = (decided[before] != decided[after]).any(axis=1)
    return Moves(gap, shown, p[before, shown], p[after, shown], flipped)


def _decided(answers: Predictions, by: Rule) -> np.ndarray:
    """Decisions (n, k) that must stay the same."""
    chosen = answers.decisions()
    if by.label is None:
        return chosen
    if by.threshold is not None:
        return np.asarray(answers.probabilities[:, [by.label]] >= by.threshold)
    return chosen[:, [by.label]] if answers.problem_type == "multi_label" else chosen
