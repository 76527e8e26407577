"""Cosines of the chosen occurrences: in sentences, as two heatmaps, and pair by pair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import streamlit as st

from dashboard.components.exports import exports
from dashboard.components.kept import kept
from dashboard.components.plain import escape
from dashboard.components.words_options import Options
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.anisotropy import Background
    from core.inspection.occurrence_pairs import Pairs
    from core.inspection.subject import Subject
    from core.inspection.words_in_context import InContext

PAIRED = 100  # occurrences that are compared pair by pair
KEY = "words-similarity"


def show(
    subject: Subject, version: ModelVersion, found: InContext, senses: tuple[str, ...], background: Background,
    options: Options,
) -> None:  # fmt: skip
    """Draw the comparison."""
    from core.inspection import occurrence_pairs, similarity

    if len(found.labels) < 2:
        st.info("One occurrence: choose the word in another sentence to compare.", icon=":material/add:")
        return
    told = similarity.named(options.layer, subject.layers) + (", z-scored" if options.standardised else "")
    n = min(PAIRED, len(found.labels))
    key = (version.id, found.placed, options)
    pairs = kept(
        "pairs", key, lambda: occurrence_pairs.pairs(
            found.states[:n], found.static[:n], background, options.layer, standardised=options.standardised
        ),
    )  # fmt: skip
    if options.layer == 0:
        st.caption(":material/info: Layer 0 is not static: it adds the place in the sentence to the input embedding.")
    if n < len(found.labels):
        st.caption(f":material/info: The first {n} of {len(found.labels):,} occurrences are compared pair by pair.")
    labels = names(found.labels[:n], senses[:n])
    summary(pairs, senses[:n], told)
    heatmaps(pairs, labels, told)
    table = pd.DataFrame(occurrence_pairs.rows(pairs, labels), columns=list(occurrence_pairs.COLUMNS))
    drawn(table, background)
    _exports(table, pairs, labels, told)


def names(labels: tuple[str, ...], senses: tuple[str, ...]) -> list[str]:
    """Labels with the sense behind them where one is known."""
    return [f"{label} · {sense}" if sense else label for label, sense in zip(labels, senses, strict=True)]


def summary(pairs: Pairs, senses: tuple[str, ...], told: str) -> None:
    """Mean cosines as figures: static, in context, within and across known senses, random."""
    upper = np.triu(np.ones(pairs.cosine.shape, dtype=bool), 1)
    known = np.array(senses, dtype=object)
    same = (known[:, None] == known[None, :]) & (known != "")[:, None]
    shown = [("Static", pairs.static[upper], "input embedding"), ("In context", pairs.cosine[upper], told)]
    if (upper & same).any() and (upper & ~same).any():
        shown += [("Same sense", pairs.cosine[upper & same], told), ("Other sense", pairs.cosine[upper & ~same], told)]
    with st.container(horizontal=True, key="words-figures"):
        for title, values, where in shown:
            st.metric(title, f"{values.mean():.3f}", border=True, width=170, help=f"Mean cosine of the pairs, {where}.")
        st.metric(
            "Random words", f"{pairs.baseline:.3f}", border=True, width=170,
            help="The baseline: mean cosine of 1,000 random pairs of words from different sentences, same layer.",
        )  # fmt: skip


def heatmaps(pairs: Pairs, labels: list[str], told: str) -> None:
    """The static matrix beside the one in context."""
    from core.inspection.charts import similarity as charts

    cells = charts.frame(pairs, labels)
    for column, kind, title in zip(
        st.columns(2), (charts.STATIC, charts.CONTEXT), (charts.STATIC_TITLE, told), strict=True
    ):
        with column:
            st.altair_chart(
                charts.heatmap(cells, kind, title), key=f"{KEY}-{kind}", width="stretch",
                alt=charts.described_static(pairs) if kind == charts.STATIC else charts.described(pairs, labels, title),
            )  # fmt: skip
    if len(labels) > charts.MOST:
        st.caption(f"The first {charts.MOST} occurrences are drawn.")


def drawn(table: pd.DataFrame, background: Background) -> None:
    """Every pair as a row."""
    st.dataframe(
        table, key=f"{KEY}-pairs", hide_index=True, width="stretch", height=min(38 + 35 * len(table), 420),
        alt="Every pair of occurrences",
        column_config={
            "cosine": st.column_config.NumberColumn("cosine", format="%.3f"),
            "minus_baseline": st.column_config.NumberColumn(
                "minus baseline", format="%.3f", help="Cosine minus the mean of random pairs (Ethayarajh 2019)."
            ),
            "percentile": st.column_config.NumberColumn(
                "percentile", format="%.1f", help="Per cent of the random pairs that are less alike."
            ),
            "rank": st.column_config.NumberColumn("rank", help="1 = more alike than all 1,000 random pairs."),
            "static": st.column_config.NumberColumn(
                "static", format="%.3f", help="Cosine of the input embeddings: 1 for the same form in any sentence."
            ),
        },
    )  # fmt: skip
    st.caption(
        escape(
            f"Random pairs: 1,000, over {background.occurrences:,} words of {background.texts:,} sentences. Two "
            "occurrences of one word nearly always lie above them all; then compare the pairs among themselves."
        )
    )


def _exports(table: pd.DataFrame, pairs: Pairs, labels: list[str], told: str) -> None:
    from core.inspection.charts import similarity as charts

    exports("word-similarity", KEY, table, charts.both(charts.frame(pairs, labels), told))
