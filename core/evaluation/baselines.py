"""What a score must beat: always answering the commonest label, and counting words (TF-IDF).

The majority is the training rows', as a baseline may not look at the test. With several labels a row it answers every
label that most training rows have, or the single commonest one where there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from core.data.examples import LabelledData, ProblemType
from core.evaluation.confusion import averages
from core.evaluation.decisions import Decided


def majority_scores(
    train_targets: np.ndarray, targets: np.ndarray, labels: tuple[str, ...], problem_type: ProblemType
) -> dict[str, Any]:
    """Score the majority answer on targets, (n,) or (n, C): {"label", "accuracy", "f1_macro"}."""
    if problem_type == "single_label":
        answer = int(np.bincount(train_targets.astype(np.int64), minlength=len(labels)).argmax())
        decided = Decided(targets.astype(np.int64), np.full(len(targets), answer), len(labels))
        return _scored(decided, labels[answer])
    share = train_targets.mean(axis=0)
    answers = share >= min(0.5, share.max())
    decided = Decided(targets > 0.5, np.tile(answers, (len(targets), 1)), len(labels))
    return _scored(decided, " + ".join(label for label, yes in zip(labels, answers, strict=True) if yes))


def _scored(decided: Decided, label: str) -> dict[str, Any]:
    counts = decided.counts(np.ones((1, len(decided.targets)), np.float32))
    f1 = averages(counts, every_label=decided.targets.ndim == 2)["f1_macro"][0]
    return {"label": label, "accuracy": float(decided.right.mean()), "f1_macro": float(f1)}


def tfidf_logits(data: LabelledData, checkpoints: Path, config: Mapping[str, Any] | None = None) -> np.ndarray:
    """Train the `tfidf` method on the data and give its logits of the test rows: (n, C) float32."""
    from core.progress import never, silent
    from core.training.methods import METHODS

    method = METHODS["tfidf"]
    trained = method.fine_tune(
        data,
        method.config.from_json(config or {}),
        base=None,
        checkpoints=checkpoints,
        report=silent,
        should_stop=never,
    )
    return trained.scorer.logits(data.test.texts, data.test.pairs).values
