"""What every method asks of its data before it spends time: rows to learn from, and at least two labels."""

from __future__ import annotations

import numpy as np

from core.data.examples import Examples, LabelledData, ProblemType
from core.errors import UserProblem


def check(data: LabelledData) -> None:
    """Raise UserProblem where nothing can be learnt: no training rows, or fewer than two labels to tell apart."""
    if not len(data.train):
        raise UserProblem(
            "The dataset has no training rows.",
            "At least two labelled rows are needed.",
            "Add rows or change the split.",
        )
    if data.problem_type == "single_label" and len(data.labels) < 2:
        raise UserProblem(
            f"Every row has the label {data.labels[0]!r}." if data.labels else "No row has a label.",
            "A classifier needs at least two labels to tell apart.",
            "Add rows with another label.",
        )


def judged_on(data: LabelledData) -> Examples:
    """Rows that decide between settings: validation, or the training rows where there is no validation row."""
    return data.validation if len(data.validation) else data.train


def scores(logits: np.ndarray, targets: np.ndarray, problem_type: ProblemType) -> dict[str, float]:
    """Score logits (n, C) on validation rows: validation_loss, validation_macro_f1, validation_accuracy."""
    from core.evaluation.decisions import decide
    from core.evaluation.losses import log_loss_by_row
    from core.evaluation.scores import resampled
    from core.inference.classifier import probabilities_of

    sure = probabilities_of(logits, problem_type).astype(np.float64)
    found = resampled(decide(sure, targets, problem_type), np.ones((1, len(targets)), np.float32))
    return {
        "validation_loss": float(log_loss_by_row(sure, targets, problem_type).mean()),
        "validation_macro_f1": float(found["f1_macro"][0]),
        "validation_accuracy": float(found["accuracy"][0]),
    }
