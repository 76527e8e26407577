"""Everything that is known about one model on one split: headline, classes, mistakes, calibration.

The files behind it (predictions, texts) are read only when the rows are asked for.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import headline, quantities, reliability_chart, wrong_rows
from dashboard.components.plain import escape
from registry.records import DatasetVersion, ModelVersion, Score

OTHERS = (
    ("precision_macro", "precision, macro"),
    ("recall_macro", "recall, macro"),
    ("f1_micro", "F1, micro"),
    ("f1_weighted", "F1, weighted"),
    ("roc_auc_ovr", "ROC AUC, one against rest"),
    ("log_loss", "log loss"),
    ("brier_score", "Brier score"),
    ("calibration_error", "calibration error (ECE)"),
)

COLUMNS = ("label", "f1", "precision", "recall", "support", "predicted", "threshold")
FEW = 12  # labels that are seen at one glance and keep their order


def show(score: Score, dataset: DatasetVersion | None, version: ModelVersion) -> None:
    """Draw all that `score` holds."""
    key = f"score-{score.id}"
    headline.show(score, dataset, version.spec, key)
    _rows_of_splits(dataset)
    st.subheader("Labels" if headline.several(score) else "Classes", anchor=False)
    classes(score, key)
    st.subheader("Mistakes", anchor=False)
    wrong_rows.show(score, dataset, key)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("Calibration", anchor=False)
        calibration(score, key)
    with right:
        st.subheader("All scores", anchor=False)
        every_metric(score, key)


def _rows_of_splits(dataset: DatasetVersion | None) -> None:
    if dataset:
        counts = ", ".join(f"{split} {rows:,}" for split, rows in dataset.rows.items())
        st.caption(f"Rows in {escape(dataset.spec)}: {counts}.")


def classes(score: Score, key: str) -> None:
    """Precision, recall, F1 and support of every label."""
    table = by_label(score)
    if table.empty:
        st.caption("No scores by label were stored.")
        return
    share: dict[str, Any] = {"min_value": 0.0, "max_value": 1.0, "format": "%.3f"}
    st.dataframe(
        table,
        key=f"{key}-classes",
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(table), 420),
        alt="Precision, recall, F1 and number of rows of each label",
        column_config={
            "label": st.column_config.TextColumn("label", width="medium"),
            "f1": st.column_config.ProgressColumn("F1", **share),
            "precision": st.column_config.ProgressColumn("precision", **share),
            "recall": st.column_config.ProgressColumn("recall", **share),
            "support": st.column_config.NumberColumn("rows", format="%d", help="rows that carry this label"),
            "predicted": st.column_config.NumberColumn("predicted", format="%d", help="rows that got this label"),
            "threshold": st.column_config.NumberColumn(
                "given from", format="%.2f", help="A text gets this label from this probability on."
            ),
        },
    )
    if len(table) > FEW:
        st.caption(f"{len(table)} labels, the weakest first. Click a heading to sort.")


def by_label(score: Score) -> pd.DataFrame:
    """One row a label with its scores, and its threshold where there are any; of many labels the weakest come first."""
    table = pd.DataFrame(score.details.get("per_class", ()))
    if table.empty:
        return table
    thresholds = score.details.get("thresholds")
    if headline.several(score) and thresholds is not None:
        table["threshold"] = table["label"].map(dict(zip(score.details["labels"], thresholds, strict=True)))
    known = [name for name in COLUMNS if name in table]
    return (table.sort_values("f1", kind="stable") if len(table) > FEW else table)[known]


def calibration(score: Score, key: str) -> None:
    """The expected calibration error and the reliability chart."""
    found: dict[str, Any] = score.details.get("calibration") or {}
    table = reliability_chart.frame(found.get("bins", ()))
    if table.empty:
        st.caption("No calibration was stored.")
        return
    error = found["error"]
    st.altair_chart(
        reliability_chart.chart(table),
        key=f"{key}-reliability",
        alt=f"Reliability chart; expected calibration error {error:.3f}",
        width="stretch",
    )
    st.caption(
        f"Expected calibration error {error:.3f}: so far, on average, is the stated probability from how often it "
        "is right. Dots on the dashed line are honest; below it the model is too sure."
    )


def every_metric(score: Score, key: str) -> None:
    """The remaining metrics by their titles, with intervals."""
    rows = [
        (title, quantities.score(metric.get("value")), bounds(metric), metric.get("reason") or "")
        for name, title in (*headline.titles(score), *OTHERS)
        if (metric := score.metrics.get(name))
    ]
    table = pd.DataFrame(rows, columns=["score", "value", "95 % interval", "note"])
    st.dataframe(
        table.drop(columns="note"),
        key=f"{key}-metrics",
        hide_index=True,
        width="stretch",
        alt="All scores with their intervals",
    )
    for row in table[table["note"] != ""].itertuples():
        st.caption(f"{row.score}: {escape(str(row.note))}")


def bounds(metric: dict[str, Any]) -> str:
    """The interval in words, or a dash where there is none."""
    low, high = metric.get("low"), metric.get("high")
    return "–" if low is None or high is None else f"{low:.3f} to {high:.3f}"
