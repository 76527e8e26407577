"""Decisions by group at another threshold: counted anew from the stored scores, the model does not run."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.components.exports import exports
from dashboard.components.kept import kept
from dashboard.components.plain import escape
from dashboard.components.quantities import score
from dashboard.components.services import registry
from registry.records import BiasResult


def show(result: BiasResult) -> None:
    """Slider, three differences, chart and table."""
    from core.bias import found as found_files
    from core.bias.subgroups.summary import SCORES

    found = kept(f"bias-{result.id}", result.id, lambda: found_files.read(registry().artifacts.local(result.artifact)))
    scores = found.tables.get(SCORES)
    if scores is not None and len(scores):
        _live(result, scores)


@st.fragment
def _live(result: BiasResult, scores: pd.DataFrame) -> None:
    from core.bias.charts.subgroups import by_rate
    from core.bias.subgroups.rates import EQUALISED, at_threshold, differences

    labels = list(scores["label"].unique())
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"threshold-{result.id}"):
        label = (
            st.selectbox("Label", labels, key=f"threshold-label-{result.id}", width=220) if labels[1:] else labels[0]
        )
        own = st.toggle("As the model decides", value=True, key=f"threshold-own-{result.id}")
        threshold = st.slider(
            f"Threshold for {escape(str(label))}", 0.0, 1.0, 0.5, 0.01, key=f"threshold-at-{result.id}", disabled=own,
            width=360,
        )  # fmt: skip
    least = int(result.settings.get("least", 20))
    rates = at_threshold(scores[scores["label"] == label], None if own else threshold, least)
    apart = differences(rates).set_index("rate")
    with st.container(horizontal=True, key=f"threshold-figures-{result.id}"):
        for name in ("TPR", "FPR", "selection rate", EQUALISED):
            value = float(apart["difference"].to_dict()[name])
            st.metric(f"{name[:1].upper()}{name[1:]} difference", score(None if value != value else value), width=210)
    drawn = by_rate(rates, str(label))
    if drawn.table is not None and len(drawn.table):
        st.altair_chart(drawn.chart, key=f"threshold-chart-{result.id}", alt=drawn.alt)
    else:
        st.caption(f"No group has {least} rows in a cell: n too small, so there is nothing to draw.")
    exports("decisions-by-group", f"threshold-file-{result.id}", rates, drawn.chart)
    small = rates[rates["note"] != ""]
    if len(small):
        notes = "; ".join(f"{row.group}: {row.note}" for row in small.itertuples())
        st.caption(escape(f"{notes}.", 2_000))
