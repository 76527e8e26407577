"""A model's headline: macro-F1 and accuracy with their intervals, beside the baselines they must beat.

Every number says what it was measured on: dataset version, split, rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard.components import interval_chart, quantities
from dashboard.components.plain import escape
from registry.records import DatasetVersion, Score

SHOWN = (("f1_macro", "macro-F1"), ("accuracy", "accuracy"))


def show(score: Score, dataset: DatasetVersion | None, name: str, key: str) -> None:
    """Draw the headline of `score`: two charts, and a line that says what was measured."""
    for column, (metric, title) in zip(st.columns(len(SHOWN)), titles(score), strict=True):
        with column:
            table = interval_chart.frame(beside(score, metric, name))
            st.altair_chart(
                interval_chart.chart(table, title),
                key=f"{key}-{metric}",
                alt=interval_chart.described(table, title),
                width="stretch",
            )
    st.caption(f"{measured_on(score, dataset)} Whiskers are 95 % bootstrap intervals over these rows.")


def titles(score: Score) -> list[tuple[str, str]]:
    """Metric and title of the headline; with several labels a text, accuracy is told for what it then is."""
    if not several(score):
        return list(SHOWN)
    return [(metric, "exact match: all labels right" if metric == "accuracy" else title) for metric, title in SHOWN]


def several(score: Score) -> bool:
    """Whether a scored text may carry several labels."""
    return score.details.get("problem_type") == "multi_label"


def beside(score: Score, metric: str, name: str) -> list[tuple[str, Mapping[str, Any]]]:
    """The model and its baselines with `metric`, the model first."""
    found = [(name, score.metrics.get(metric) or {})]
    found += [(title, _value(base.get(metric))) for title, base in baselines(score).items()]
    return found


def baselines(score: Score) -> dict[str, Mapping[str, Any]]:
    """Title -> metrics of the baselines that were measured on the same rows."""
    details = score.details
    found: dict[str, Mapping[str, Any]] = {}
    tfidf = details.get("tfidf") or (details.get("baselines") or {}).get("tfidf")
    if tfidf:
        found["TF-IDF baseline"] = tfidf.get("metrics", tfidf)
    if details.get("majority"):
        found["always the commonest"] = details["majority"]
    return found


def _value(metric: Any) -> Mapping[str, Any]:
    return metric if isinstance(metric, Mapping) else {"value": metric}


def measured_on(score: Score, dataset: DatasetVersion | None) -> str:
    """What the numbers were measured on, in a sentence."""
    where = f"of {escape(dataset.spec)}" if dataset else "of a dataset that is gone"
    return f"Measured on {quantities.count(score.rows, score.split + ' row')} {where}."
