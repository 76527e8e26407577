"""The chosen occurrences in two dimensions: PCA with a layer slider, or t-SNE of one layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.components import problems
from dashboard.components.exports import exports
from dashboard.components.kept import kept
from dashboard.components.quantities import share
from dashboard.components.words_options import Options
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.anisotropy import Background
    from core.inspection.projection import Projected
    from core.inspection.subject import Subject
    from core.inspection.words_in_context import InContext

PCA, TSNE = "PCA, all layers", "t-SNE, one layer"
KEY = "words-map"


@st.fragment
def show(
    subject: Subject, version: ModelVersion, found: InContext, senses: tuple[str, ...], background: Background,
    options: Options,
) -> None:  # fmt: skip
    """Draw the picture, or say why there is none."""
    from core.inspection import projection

    if len(found.labels) < projection.FEWEST:
        st.info(
            f"A picture needs at least {projection.FEWEST} occurrences: two points always lie on a line. There "
            f"{'is' if len(found.labels) == 1 else 'are'} {len(found.labels)}.", icon=":material/scatter_plot:",
        )  # fmt: skip
        return
    with problems.told():
        method = st.segmented_control("Method", [PCA, TSNE], key=f"{KEY}-method", default=PCA, required=True)
        layer = st.select_slider(
            "Layer", range(subject.layers + 1), value=subject.layers, key=f"{KEY}-layer-{subject.layers}"
        )
        key = (version.id, found.placed, options.pooling, options.standardised, options.background)
        states = _states(found, subject.layers, background, options)
        maps = kept("pca", key, lambda: projection.pca(states, range(subject.layers + 1)))
        shown, half = maps[layer], _reach([each.points for each in maps])
        if method == TSNE:
            shown = kept("tsne", (*key, layer), lambda: projection.tsne(states[:, layer]))
            half = _reach([shown.points])
        _draw(shown, half, found, senses, f"{method.split(',')[0]}, layer {layer}", maps)


def _states(found: InContext, layers: int, background: Background, options: Options) -> np.ndarray:
    """States of all layers, z-scored where wanted."""
    from core.inspection.occurrence_pairs import vectors_at

    if not options.standardised:
        return found.states
    return np.stack([vectors_at(found.states, each, True, background) for each in range(layers + 1)], axis=1)


def _reach(points: list[np.ndarray]) -> float:
    from core.inspection.charts.projection import reach

    return reach(points)


def _draw(
    shown: Projected, half: float, found: InContext, senses: tuple[str, ...], title: str, maps: tuple[Projected, ...]
) -> None:
    from core.inspection.charts import projection as charts

    words = [each.occurrence for each in found.placed]
    groups = [sense or one.word.lower() for sense, one in zip(senses, words, strict=True)]
    sentences = [charts.excerpt(one.text, one.start, one.end) for one in words]
    table = charts.frame(shown.points, found.labels, groups, sentences)
    chart = charts.scatter(table, title, half)
    with st.container(width=charts.WIDTH + 40, key=f"{KEY}-picture"):  # wider would stretch one direction alone
        alt = f"{title}: {len(table)} occurrences as points. {_trust(shown)}"
        st.altair_chart(chart, key=f"{KEY}-chart", width="stretch", alt=alt)
    st.caption(_trust(shown))
    by_layer = pd.DataFrame(
        {
            "layer": range(len(maps)),
            "variance in the PCA picture": [each.explained for each in maps],
            "trustworthiness of PCA": [each.trustworthiness for each in maps],
        }
    )
    with st.expander("How far the picture can be believed, layer by layer", key=f"{KEY}-layers"):
        st.dataframe(
            by_layer, key=f"{KEY}-trust", hide_index=True, width="stretch", alt="Variance and trust by layer",
            column_config={name: st.column_config.NumberColumn(format="%.3f") for name in by_layer.columns[1:]},
        )  # fmt: skip
    exports("word-map", KEY, table, chart)


def _trust(shown: Projected) -> str:
    """Explained variance and trustworthiness in words."""
    if shown.trustworthiness is None:
        return "All occurrences have the same vector here, so they are one point. At layer 0 only the place differs."
    told = f"Trustworthiness {shown.trustworthiness:.2f} of 1, over {shown.neighbours} neighbours"
    if shown.explained is not None:
        told += f"; the picture holds {share(shown.explained)} of this layer's variance"
    few = " With so few points these numbers say little." if len(shown.points) < 10 else ""
    return (
        f"{told}. Only nearness is meant: axes, and with t-SNE distances between groups and their sizes, mean "
        f"nothing.{few}"
    )
