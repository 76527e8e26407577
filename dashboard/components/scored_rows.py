"""The rows behind a score: stored predictions joined with the dataset's texts.

Read only when asked for, kept by score id: both files never change.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from core.errors import UserProblem
from dashboard.components.services import registry
from registry.records import Artifact, DatasetVersion, Score

PREDICTIONS = "predictions.parquet"
PROBABILITY = "prob_"


def read(score: Score, dataset: DatasetVersion | None) -> pd.DataFrame:
    """One row a scored row: row_id, text, given, predicted, score, right, and line and text_pair where known."""
    if score.artifact is None:
        raise UserProblem("The predictions of this score were not kept.", "", "Score the version again.")
    return _read(score.id, score, dataset)


@st.cache_data(max_entries=16, show_spinner="Reading the rows")
def _read(score_id: str, _score: Score, _dataset: DatasetVersion | None) -> pd.DataFrame:
    stored = predictions(_score)
    if _dataset is None:
        return stored.assign(text="(the dataset is gone)")
    return stored.merge(texts(_dataset), on="row_id", how="left")


def predictions(score: Score) -> pd.DataFrame:
    """Row ids with given and predicted labels, the predicted label's probability, and whether it is right."""
    table = pd.read_parquet(path(score.artifact) / PREDICTIONS)
    labels = list(score.details["labels"])
    sure = table[[PROBABILITY + label for label in labels]].to_numpy(dtype=float)
    if score.details.get("problem_type") == "multi_label":
        return several(table, labels, sure, score.details.get("thresholds"))
    given = table["target"].astype(str)
    predicted = pd.Series([labels[i] for i in sure.argmax(axis=1)], index=table.index, dtype=str)
    return pd.DataFrame(
        {
            "row_id": table["row_id"],
            "given": given,
            "predicted": predicted,
            "score": sure.max(axis=1),
            "right": given == predicted,
        }
    )


def several(table: pd.DataFrame, labels: list[str], sure: np.ndarray, thresholds: Any) -> pd.DataFrame:
    """The same for several labels a row; labels of a row are joined, the score is that of the most certain mistake."""
    bars = np.full(len(labels), 0.5) if thresholds is None else np.asarray(thresholds)
    truth = np.array([[label in set(row) for label in labels] for row in table["target"]])
    chosen = sure >= bars
    wrong = truth != chosen
    return pd.DataFrame(
        {
            "row_id": table["row_id"],
            "given": [joined(labels, row) for row in truth],
            "predicted": [joined(labels, row) for row in chosen],
            "score": np.where(wrong, np.abs(sure - truth), 0).max(axis=1),
            "right": ~wrong.any(axis=1),
        }
    )


def joined(labels: list[str], row: np.ndarray) -> str:
    """The labels of one row as one word."""
    return " | ".join(label for label, yes in zip(labels, row, strict=True) if yes) or "(none)"


def texts(dataset: DatasetVersion) -> pd.DataFrame:
    """Row ids with texts, and pairs and lines where the dataset has them."""
    from core.data import dataset as files

    rows = files.read_rows(path(dataset.artifact))
    return rows[[name for name in ("row_id", "text", "text_pair", "line") if name in rows]]


def path(artifact: Artifact | None) -> Any:
    """Where the files of an artifact lie on this machine."""
    if artifact is None:
        raise UserProblem("The predictions of this score were not kept.", "", "Score the version again.")
    return registry().artifacts.local(artifact)


def side_by_side(first: Score, second: Score, dataset: DatasetVersion | None) -> pd.DataFrame:
    """The rows of `first` with what `second` predicted for them: columns predicted_other, right_other."""
    other = predictions(second)[["row_id", "predicted", "right"]]
    return read(first, dataset).merge(other, on="row_id", suffixes=("", "_other"))


def compared(name: str, score: Score, other_name: str, other: Score) -> Any:
    """The paired comparison of two scores of the same rows (`core.evaluation.paired.Comparison`)."""
    from core.evaluation.paired import compare

    return compare(judged(name, score), judged(other_name, other))


def judged(name: str, score: Score) -> Any:
    """A score's stored predictions as the comparison takes them."""
    from core.evaluation.decisions import decide
    from core.evaluation.paired import Judged

    table = pd.read_parquet(path(score.artifact) / PREDICTIONS)
    labels = list(score.details["labels"])
    sure = table[[PROBABILITY + label for label in labels]].to_numpy(dtype=float)
    problem_type = score.details["problem_type"]
    decided = decide(sure, targets(table, labels, problem_type), problem_type, score.details.get("thresholds"))
    return Judged(name, score.evaluation_hash, table["row_id"].to_numpy(), decided)


def targets(table: pd.DataFrame, labels: list[str], problem_type: str) -> np.ndarray:
    """Stored label names as (n,) int places, or as (n, C) of 0 and 1 for several labels a row."""
    if problem_type == "multi_label":
        return np.array([[label in set(row) for label in labels] for row in table["target"]], dtype=np.float32)
    return table["target"].map({label: place for place, label in enumerate(labels)}).to_numpy(dtype=np.int64)
