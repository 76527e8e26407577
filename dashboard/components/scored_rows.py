"""The rows behind a score: stored predictions joined with the dataset's texts.

Read only when asked for, kept by score id: both files never change.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from core.errors import UserProblem
from dashboard.components.services import registry
from registry.records import DatasetVersion, Score

TEXTS = ("row_id", "text", "text_pair", "line", "source")


def read(score: Score, dataset: DatasetVersion | None) -> pd.DataFrame:
    """One row a scored row: row_id, given, predicted, score, right, and text, text_pair, line where known."""
    return _read(score.id, score, dataset)


@st.cache_data(max_entries=16, show_spinner="Reading the rows")
def _read(score_id: str, _score: Score, _dataset: DatasetVersion | None) -> pd.DataFrame:
    stored = predictions(_score)
    return stored if _dataset is None else stored.merge(texts(_dataset), on="row_id", how="left")


def predictions(score: Score) -> pd.DataFrame:
    """Row ids with given and predicted labels, how sure the model was, and whether it is right."""
    from core.jobs import scoring

    if score.artifact is None:
        raise UserProblem("The predictions of this score were not kept.", "", "Score the version again.")
    labels = list(score.details["labels"])
    stored = scoring.read(registry(), score, labels)
    shown = one if stored.targets.ndim == 1 else several
    bars = scoring.thresholds_of(score, labels)
    return shown(labels, stored.targets, stored.probabilities, bars).assign(row_id=stored.row_ids)


def one(labels: Sequence[str], targets: np.ndarray, sure: np.ndarray, bars: np.ndarray | None = None) -> pd.DataFrame:
    """One label a row: targets (n,), probabilities (n, C); the score is the predicted label's probability."""
    best = sure.argmax(axis=1)
    return pd.DataFrame(
        {
            "given": [labels[place] for place in targets],
            "predicted": [labels[place] for place in best],
            "score": sure.max(axis=1),
            "right": targets == best,
        }
    )


def several(labels: Sequence[str], targets: np.ndarray, sure: np.ndarray, bars: np.ndarray | None) -> pd.DataFrame:
    """Several labels a row: targets and probabilities (n, C); the score is that of the most certain mistake."""
    truth, chosen = targets > 0.5, sure >= (np.full(len(labels), 0.5) if bars is None else bars)
    wrong = truth != chosen
    return pd.DataFrame(
        {
            "given": [joined(labels, row) for row in truth],
            "predicted": [joined(labels, row) for row in chosen],
            "score": np.where(wrong, np.abs(sure - truth), 0).max(axis=1),
            "right": ~wrong.any(axis=1),
        }
    )


def joined(labels: Sequence[str], row: np.ndarray) -> str:
    """The labels of one row as one cell."""
    return " | ".join(label for label, yes in zip(labels, row, strict=True) if yes) or "(none)"


def texts(dataset: DatasetVersion) -> pd.DataFrame:
    """Row ids with texts, and pairs, lines and file where the dataset has them."""
    from core.data import dataset as files

    rows = files.read_rows(registry().artifacts.local(dataset.artifact))
    return rows[[name for name in TEXTS if name in rows]]


def side_by_side(first: Score, second: Score, dataset: DatasetVersion | None) -> pd.DataFrame:
    """The rows of `first` with what `second` predicted for them: columns predicted_other, right_other."""
    other = predictions(second)[["row_id", "predicted", "right"]]
    return read(first, dataset).merge(other, on="row_id", suffixes=("", "_other"))
