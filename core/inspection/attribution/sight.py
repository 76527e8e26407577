"""What a classifier sees of a text, and what it answers when some of that is taken away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Protocol

import numpy as np

from core.errors import UserProblem
from core.inference.classifier import Classifier
from core.inspection.attribution.result import Unit
from core.progress import Report, ShouldStop, never, silent


class Sight(Protocol):
    """A text through a classifier's eyes.

    `unit` is "word" or "sentence"; `logits` (C,) float64 for all that is seen; `notes` say what was cut or unknown.
    """

    classifier: Classifier
    kind: str
    texts: tuple[str, ...]
    seen: tuple[int, ...]
    unit: str
    units: tuple[Unit, ...]
    pieces: tuple[str, ...]
    logits: np.ndarray
    notes: tuple[str, ...]

    def without(
        self,
        dropped: Sequence[Collection[int]],
        replacement: str = "delete",
        *,
        report: Report = silent,
        should_stop: ShouldStop = never,
        phase: str = "occlusion",
    ) -> np.ndarray:
        """Logits (len(dropped), C) float64, each row without the units of these numbers."""
        ...


def look(classifier: Classifier, text: str, pair: str | None = None, *, unit: str = "auto") -> Sight:
    """Read a text as the classifier does, cut where it cuts; UserProblem where there is nothing to explain."""
    from core.inspection.attribution import sight_of_bert, sight_of_word_count

    if unit not in ("auto", "word", "sentence"):
        raise UserProblem(f"There is no unit {unit!r}.", "Units are: word, sentence, auto.")
    kinds: dict[str, Any] = {
        "sequence": sight_of_bert.SightOfBert,
        "probe": sight_of_bert.SightOfBert,
        "tfidf": sight_of_word_count.SightOfWordCount,
    }
    found: Sight = kinds[classifier.scorer.kind](classifier, text, pair, unit)
    if not found.units:
        raise UserProblem("The text has no words.", "At least one word is wanted.", "Write a text first.")
    return found
