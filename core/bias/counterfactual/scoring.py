"""Every distinct text scored once, in float32, so that a gap of 0 is 0 and no rounding is read as bias."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.errors import Stopped
from core.inference.classifier import Classifier, Predictions
from core.progress import Progress, Report, ShouldStop

CHUNK = 1_024
Text = tuple[str, str | None]


def scored(
    classifier: Classifier, texts: Sequence[Text], *, report: Report, should_stop: ShouldStop
) -> tuple[Predictions, dict[Text, int]]:
    """Answers to the distinct texts, and the row of each text among them; Stopped when a person asks."""
    if not texts:
        none = np.zeros((0, len(classifier.labels)), np.float32)
        return classifier.predictions(none, np.zeros(0, np.int32), np.zeros(0, bool)), {}
    distinct = sorted(dict.fromkeys(texts), key=lambda one: len(one[0]) + len(one[1] or ""))
    parts = []
    for start in range(0, len(distinct), CHUNK):
        if should_stop():
            raise Stopped(f"scoring was stopped after {start} texts")
        report(Progress("Scoring texts", start, len(distinct)))
        parts.append(_part(classifier, distinct[start : start + CHUNK]))
    joined = classifier.predictions(
        *(np.concatenate([getattr(one, name) for one in parts]) for name in ("probabilities", "tokens", "truncated"))
    )
    return joined, {text: row for row, text in enumerate(distinct)}


def _part(classifier: Classifier, texts: Sequence[Text]) -> Predictions:
    seconds = [second or "" for _, second in texts] if any(second is not None for _, second in texts) else None
    return classifier.predict([first for first, _ in texts], seconds, precision="float32")
