"""Clusters of one word's occurrences on the page: how many, how good, and where they lie in two dimensions."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from dashboard.components import exports, inspected
from dashboard.components.kept import kept
from dashboard.components.plain import escape
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.senses.clusters import Clustering
    from core.inspection.senses.sheet import Labelled
    from core.inspection.senses.vectors import SenseVectors
    from core.inspection.similarity import Layer

MOST_DRAWN = 1_000
READING = """
- **k-means** on vectors of length 1, always from the same start. One group is always possible: the senses of a word
  often form one connected structure (Yenicelik 2020), and k-means cuts even that into as many groups as it is told to.
- **Silhouette**: how much nearer an occurrence is to its own group than to the next; from -1 to 1. It knows nothing
  about one group, so **one blob** shows what the same k makes of points without groups but equally spread, and
  **blobs as good** how often such a blob reaches it. Above 0.05, these sentences do not show that there are groups.
- **ARI**, **V-measure** and **purity** compare groups with your senses: 1 is the same, ARI 0 is chance. Purity only
  rises with the number of groups.
- **Trustworthiness**: whether neighbours in the picture are neighbours in full width; 1 is perfect. The axes are the
  same at every layer, so that points can be followed.
"""


def show(version: ModelVersion, rows: tuple[Labelled, ...], vectors: SenseVectors) -> None:
    """Draw the choice of word, layer and number of groups, and what comes of it."""
    from core.inspection.charts import senses as charts
    from core.inspection.similarity import LAST_FOUR, at_layer, choices, named

    usable = [place for place, problem in enumerate(vectors.problems) if not problem]
    words = list(dict.fromkeys(rows[place].word for place in usable))
    layers = vectors.layers.shape[1] - 1
    with st.container(horizontal=True, vertical_alignment="bottom", key="senses-cluster-options"):
        word = st.selectbox("Word", words, key="senses-cluster-word", width=200)
        layer = st.selectbox(
            "Layer", [LAST_FOUR, *range(layers, -1, -1)], 1, key=f"senses-cluster-layer-{layers}", width=260,
            format_func=lambda one: named(one, layers),
        )  # fmt: skip
        places = np.array([place for place in usable if rows[place].word == word])
        own = [rows[place] for place in places]
        states = vectors.layers[places]
        found = _clustered(version, own, at_layer(states, layer), layer)
        senses = len({row.sense for row in own if row.sense})
        k = st.selectbox(
            "Groups", [one.k for one in found], min(max(senses, 1), len(found)) - 1, width=110,
            key=f"senses-cluster-k-{len(found)}-{senses}",
        )  # fmt: skip
    one = found[k - 1]
    _figures(one)
    drawn = _picture(own, states, one, layer, choices(layers))
    _table(version, found)
    if drawn is not None:
        points = charts.points_frame(own, drawn[1], one.members)
        exports.exports(f"clusters-{version.name}-{version.version}", "senses-clusters", points, drawn[0])
    with st.expander("How to read this", key="senses-cluster-reading", icon=":material/help:"):
        st.markdown(READING)


def _clustered(
    version: ModelVersion, rows: list[Labelled], states: np.ndarray, layer: Layer
) -> tuple[Clustering, ...]:  # fmt: skip
    from core.inspection.senses.clusters import cluster

    def make() -> tuple[Clustering, ...]:
        with st.spinner("Looking for groups …"), inspected.TURN:
            return cluster(states, [row.sense for row in rows])

    return kept("senses-clusters", (version.id, tuple(rows), layer, _digest(states)), make)


def _digest(states: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(states).tobytes()).hexdigest()


def _figures(one: Clustering) -> None:
    """The numbers of the chosen clustering, those that are not defined left out."""
    figures = {"Silhouette": one.silhouette, "of one blob": one.blob, "Blobs as good": one.chance, "ARI": one.ari,
               "V-measure": one.v_measure, "Purity": one.purity}  # fmt: skip
    with st.container(horizontal=True, key="senses-cluster-figures"):
        for title, value in figures.items():
            if value is not None:
                st.metric(title, f"{value:.3f}", width=130)
    if one.k == 1:
        st.caption("One group: nothing is cut. Silhouette is not defined for it.")
    elif one.chance is not None and one.chance > 0.05:
        st.caption(
            "A single blob without groups reaches this silhouette as easily: these sentences do not show that there "
            "are groups, however well the cut may agree with your senses."
        )


def _picture(
    rows: list[Labelled], states: np.ndarray, one: Clustering, layer: Layer, layers: tuple[Layer, ...]
) -> tuple[object, np.ndarray] | None:
    """Chart and points, or None with a sentence where there are too few or too many."""
    from core.inspection.charts import senses as charts
    from core.inspection.projection import FEWEST, pca

    if not FEWEST <= len(rows) <= MOST_DRAWN:
        st.caption(f"A picture is drawn of {FEWEST} to {MOST_DRAWN:,} sentences; there are {len(rows):,}.")
        return None
    found = kept("senses-pca", (tuple(rows), _digest(states)), lambda: pca(states, layers))[layers.index(layer)]
    drawn = charts.points_chart(charts.points_frame(rows, found.points, one.members))
    st.altair_chart(
        drawn, key="senses-points", width="stretch",
        alt=f"{len(rows)} occurrences of {rows[0].word} in two dimensions, {one.k} groups",
    )  # fmt: skip
    trust = "" if found.trustworthiness is None else f" Trustworthiness {found.trustworthiness:.2f}."
    share = "" if found.explained is None else f"The picture holds {found.explained:.0%} of the variance (PCA)."
    st.caption(escape(share + trust) or "All occurrences have the same vector here.")
    return drawn, found.points


def _table(version: ModelVersion, found: tuple[Clustering, ...]) -> None:
    from core.inspection.charts import senses as charts

    table = charts.cluster_frame(found)
    number = st.column_config.NumberColumn(format="%.3f")
    with st.expander("All numbers of groups", key="senses-cluster-all", icon=":material/table_rows:"):
        st.dataframe(
            table, key="senses-cluster-table", hide_index=True, width="stretch", alt="Scores by number of groups",
            column_config={name: number for name in table.columns if name != "k"},
        )  # fmt: skip
        exports.exports(f"groups-{version.name}-{version.version}", "senses-cluster-all", table)
