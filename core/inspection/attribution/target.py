"""F, the number that is explained: the logit of a label, or how far it is above the runner-up. Never the softmax.

A probability near 1 no longer moves when words go (it saturates); a logit does (Sundararajan et al. 2017).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from core.errors import UserProblem
from core.inference.classifier import Classifier


@dataclass(frozen=True)
class Target:
    """Index of the explained label, and of the one it is compared with, or None."""

    label: int
    against: int | None = None

    def of(self, logits: Any) -> Any:
        """F of logits (..., C), numpy or torch: (...)."""
        return logits[..., self.label] - (0.0 if self.against is None else logits[..., self.against])


def target(classifier: Classifier, logits: np.ndarray, label: str | None, contrast: bool) -> Target:
    """For logits (C,): the named label, or the likeliest; with `contrast` against the best of the others."""
    names = classifier.labels
    if label is not None and label not in names:
        raise UserProblem(f"There is no label {label!r}.", f"Labels are: {', '.join(names[:20])}.")
    index = int(np.argmax(logits)) if label is None else names.index(label)
    if not contrast:
        return Target(index)
    if len(names) < 2:
        raise UserProblem("There is no other label to compare with.", "", "Explain the logit itself.")
    others = np.where(np.arange(len(names)) == index, -np.inf, logits)
    return Target(index, int(np.argmax(others)))
