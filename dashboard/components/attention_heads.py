"""All heads of the model as a grid; a click on a cell chooses the head that is drawn below."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from dashboard.components import exports
from dashboard.components.attention_kept import Kept
from registry.records import ModelVersion

GRID, STATISTIC = "attention-grid", "attention-statistic"
MEAN = 0  # instead of a head: the mean of all heads of the layer


def show(version: ModelVersion, found: Kept) -> None:
    """Draw the grid of one statistic, and which head is its extreme in each."""
    from core.inspection.attention.heads import STATISTICS
    from core.inspection.charts.attention import CHOICE, heads, heads_in_words

    _begin(version.id)
    named = {name: STATISTICS[name] for name in found.statistics.names}
    st.subheader("All heads", anchor=False)
    statistic = st.selectbox(
        "Statistic", list(named), format_func=lambda name: named[name], key=f"{STATISTIC}-{len(named)}",
        help="Means over all pieces of this text, special ones included (Clark et al. 2019). Among T pieces an even "
        "head gives every piece 1/T, so shares are larger in short texts.",
    )  # fmt: skip
    layer, head = (st.session_state[key] for key in keys(version.id))
    chart = heads(found.heads, statistic, (layer, head) if head else None)
    st.altair_chart(
        chart, key=f"{GRID}-{version.id}", on_select=partial(_take, version.id), selection_mode=CHOICE,
        alt=heads_in_words(found.heads, statistic), width="stretch",
    )  # fmt: skip
    st.caption("Click a cell to draw that head below; the mouse on a cell shows all of its numbers.")
    with st.expander("Heads that stand out", key="attention-extremes"):
        st.dataframe(_extremes(found.heads, named), key="attention-extremes-table", hide_index=True)
    name = f"attention-heads-{version.name}-{version.version}"
    exports.exports(name, "attention-heads", found.heads, heads(found.heads, statistic))


def keys(version_id: str) -> tuple[str, str]:
    """The keys of the two fields that hold the chosen layer and head."""
    return f"attention-layer-{version_id}", f"attention-head-{version_id}"


def _begin(version_id: str) -> None:
    """The first head of the first layer is drawn until another one is chosen."""
    for key in keys(version_id):
        st.session_state.setdefault(key, 1)


def _take(version_id: str) -> None:
    from core.inspection.charts.attention import CHOICE

    chosen = st.session_state[f"{GRID}-{version_id}"]["selection"].get(CHOICE)
    if chosen:
        layer, head = keys(version_id)
        st.session_state[layer], st.session_state[head] = int(chosen[0]["layer"]), int(chosen[0]["head"])


def _extremes(table: pd.DataFrame, named: dict[str, str]) -> pd.DataFrame:
    """For each statistic the head where it is largest, and the one with the smallest entropy."""
    tops = [(f"Largest: {title}", name, int(table[name].to_numpy().argmax())) for name, title in named.items()]
    tops.append(("Smallest: Entropy, nats", "entropy", int(table["entropy"].to_numpy().argmin())))
    rows = [
        (title, int(table["layer"].iloc[at]), int(table["head"].iloc[at]), round(float(table[name].iloc[at]), 3))
        for title, name, at in tops
    ]
    return pd.DataFrame(rows, columns=["of all heads", "layer", "head", "value"])
