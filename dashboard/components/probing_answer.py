"""What probing found: sentences, the curve over the layers, the table, files, and how the control was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import exports, quantities
from dashboard.components.plain import escape
from registry.records import DatasetVersion, ModelVersion

if TYPE_CHECKING:
    from core.inspection.probing.result import Probing

METRICS = {"accuracy": "Accuracy", "f1_macro": "Macro-F1"}


def show(version: ModelVersion, dataset: DatasetVersion, found: Probing) -> None:
    """Draw the whole answer."""
    from core.inspection.charts import probing as charts
    from core.inspection.probing.verdict import verdicts

    metric = st.segmented_control(
        "Score", list(METRICS), format_func=METRICS.__getitem__, default="accuracy", required=True,
        key=f"probing-metric-{version.id}",
    )  # fmt: skip
    metric = metric or "accuracy"
    best, *rest = verdicts(found, metric)
    st.markdown(f"**{escape(best)}**")
    drawn = charts.chart(charts.frame(found, metric), metric)
    st.altair_chart(
        drawn, key=f"probing-chart-{version.id}", width="stretch", alt=escape(charts.described(found, metric))
    )
    st.markdown("\n".join(f"- {escape(each)}" for each in rest))
    st.caption(escape(" ".join((_rows(found), *found.notes)), limit=2_000))
    table(version, found)
    headers, rows = found.table
    name = f"layers-{version.name}-{dataset.name}"
    exports.exports(name, f"probing-{version.id}", pd.DataFrame(rows, columns=list(headers)), drawn)
    explained(version, found)


def table(version: ModelVersion, found: Probing) -> None:
    """A row a layer, the static vectors first."""
    rows = [
        {
            "layer": score.name,
            "accuracy": quantities.interval(score.accuracy.to_json()),
            "macro-F1": quantities.interval(score.f1_macro.to_json()),
            "control accuracy": quantities.interval(score.control.to_json()),
            "selectivity": quantities.interval(score.selectivity.to_json()),
            "C": score.strength,
        }
        for score in (found.static, *found.layers)
    ]
    st.dataframe(
        pd.DataFrame(rows), key=f"probing-table-{version.id}", hide_index=True, width="stretch",
        alt="Scores of every layer",
    )  # fmt: skip


def explained(version: ModelVersion, found: Probing) -> None:
    """What the lines mean, and how the control labels were made."""
    with st.expander("What the lines mean", icon=":material/help:", key=f"probing-help-{version.id}"):
        st.markdown(
            f"- **Probe on the layer**: the line, with its 95 % interval as a band. C was chosen on validation rows.\n"
            f"- **Static word vectors**: the same probe on the mean of the words' input vectors, before any layer.\n"
            f"- **Majority answer**: always {escape(repr(found.majority['label']))}, the commonest training label.\n"
            f"- **Control labels** (Hewitt and Liang 2019): the same probe on labels that mean nothing. Each "
            f"{found.control_place} word of a text got a label by chance, in the labels' own shares, and kept it "
            f"({found.control_types:,} words; {quantities.share(found.control_seen)} of the test texts have one "
            "that was seen in training). Such labels can only be learnt by heart. Selectivity is accuracy less that: "
            "where it is small, the probe is strong rather than the layer."
        )
        st.caption(_why(found))


def _why(found: Probing) -> str:
    if found.control_place == "first":
        return "The paper labels words; for whole sentences the label hangs on the first word, which many texts share."
    return "One first word opens more than half of the training texts, so the label hangs on the last word instead."


def _rows(found: Probing) -> str:
    counts = ", ".join(f"{count:,} {split}" for split, count in found.rows.items())
    read = f"{found.computed:,} texts were read by the model" if found.computed else "all vectors came from the cache"
    return f"{counts} rows; {read}. Seed {found.seed}."
