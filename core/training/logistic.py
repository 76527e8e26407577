"""A linear head with softmax, or with one sigmoid a label, fitted by L-BFGS: scikit-learn's objective, made stoppable.

Minimises  mean_i w_i loss(x_i W^T + b, y_i) + |W|^2 / (2 C n),  the objective of sklearn's LogisticRegression; for two
classes softmax has two rows of weights, where scikit-learn keeps one. Unlike scikit-learn it fits all labels of a
multi-label head at once, starts from an earlier solution, and asks at every step whether to stop.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize

from core.data.examples import ProblemType


@dataclass(frozen=True)
class Head:
    """`weight` (C, F) and `bias` (C,), float64, and how many steps of L-BFGS it took."""

    weight: np.ndarray
    bias: np.ndarray
    steps: int = 0

    def logits(self, features: Any) -> np.ndarray:
        """Features (n, F), dense or sparse, to logits (n, C) float32."""
        return np.asarray(features @ self.weight.T.astype(features.dtype) + self.bias, dtype=np.float32)


def fit(
    features: Any,
    targets: np.ndarray,
    classes: int,
    problem_type: ProblemType,
    *,
    strength: float,
    start: Head | None = None,
    weights: np.ndarray | None = None,
    tolerance: float = 1e-5,
    max_steps: int = 300,
    each_step: Callable[[], None] = lambda: None,
) -> Head:
    """Fit a head to features (n, F), dense or scipy sparse; `strength` is C, larger fits closer.

    `each_step` may raise StopIteration to end with what there is, or anything else to end with nothing. Targets are
    (n,) int or (n, C) of 0 and 1; `weights` (n, 1) or (n, C) say how much each counts.
    """
    width = features.shape[1]
    counted = np.ones((features.shape[0], 1)) if weights is None else weights / weights.mean()
    objective = _Objective(features, _one_hot(targets, classes), counted, problem_type, strength)
    first = np.zeros(classes * (width + 1)) if start is None else np.concatenate([start.weight.ravel(), start.bias])
    found = minimize(
        objective,
        first,
        jac=True,
        method="L-BFGS-B",
        callback=lambda _: each_step(),
        options={"maxiter": max_steps, "gtol": tolerance, "ftol": tolerance / 10, "maxcor": 10, "maxls": 30},
    )
    weight, bias = _split(found.x, classes)
    return Head(weight, bias, int(found.nit))


class _Objective:
    def __init__(
        self, features: Any, truth: np.ndarray, weights: np.ndarray, problem_type: ProblemType, strength: float
    ) -> None:
        self.features, self.truth = features, truth
        self.weights = (weights / len(weights)).astype(features.dtype)
        self.several = problem_type == "multi_label"
        self.penalty = 1 / (strength * features.shape[0])
        self.transposed = features.T.tocsr() if hasattr(features, "tocsr") else features.T

    def __call__(self, values: np.ndarray) -> tuple[float, np.ndarray]:
        weight, bias = _split(values, self.truth.shape[1])
        logits = self.features @ weight.T.astype(self.features.dtype) + bias.astype(self.features.dtype)
        loss, error = self._loss(logits)
        slope = np.asarray(self.transposed @ error).T.astype(np.float64) + self.penalty * weight
        total = loss + 0.5 * self.penalty * float((weight**2).sum())
        return total, np.concatenate([slope.ravel(), error.sum(axis=0, dtype=np.float64)])

    def _loss(self, logits: np.ndarray) -> tuple[float, np.ndarray]:
        """Weighted mean loss, and its derivative by each logit (n, C)."""
        if self.several:
            losses = np.logaddexp(0, logits) - self.truth * logits
            error = 1 / (1 + np.exp(-np.clip(logits, -80, 80))) - self.truth
        else:
            logits = logits - logits.max(axis=1, keepdims=True)
            raised = np.exp(logits)
            total = raised.sum(axis=1, keepdims=True)
            losses = np.log(total) - (self.truth * logits).sum(axis=1, keepdims=True)
            error = raised / total - self.truth
        return float((self.weights * losses).sum(dtype=np.float64)), error * self.weights


def _one_hot(targets: np.ndarray, classes: int) -> np.ndarray:
    if targets.ndim == 2:
        return targets.astype(np.float32)
    return np.asarray(np.eye(classes, dtype=np.float32)[targets])


def _split(values: np.ndarray, classes: int) -> tuple[np.ndarray, np.ndarray]:
    return values[:-classes].reshape(classes, -1), values[-classes:]
