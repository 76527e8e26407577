"""The sense curve with its intervals and controls, and the flat picture of a word's occurrences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.inspection.senses.clusters import Clustering
from core.inspection.senses.curve import SenseCurve
from core.inspection.senses.sheet import Labelled
from core.inspection.senses.vectors import CONTEXT, CONTROLS, FREQUENT, SENTENCE, STATIC
from core.inspection.similarity import LAST_FOUR

TITLES = {
    STATIC: "static row", CONTEXT: "context-only", SENTENCE: "sentence vector", FREQUENT: "most frequent sense",
    LAST_FOUR: "sum of last four",
}  # fmt: skip
SUMMED = "last 4"
WORD = "the word"
LONGEST = 140  # characters of a sentence under the pointer


def curve_frame(curve: SenseCurve) -> pd.DataFrame:
    """One row a representation and rule: vectors, layer, z, rule, accuracy, low, high, right, tied, n, macros."""
    rows = []
    for one in curve.scores:
        plain, z = one.name.removesuffix(" z"), one.name.endswith(" z")
        layer = plain.removeprefix("layer ") if plain.startswith("layer ") else ""
        share = one.accuracy
        rows.append(
            (TITLES.get(plain, plain), layer, z, one.rule, share.value, share.low, share.high, float(one.hits.sum()),
             one.tied, one.n, one.by_word, one.f1, one.name)
        )  # fmt: skip
    names = "vectors layer z rule accuracy low high right tied n by_word macro_f1 name"
    return pd.DataFrame(rows, columns=names.split())


def curve_chart(table: pd.DataFrame, rule: str, *, z: bool = False, last_four: bool = True) -> alt.LayerChart:
    """Accuracy by layer under one rule with its 95 % interval; controls as dashed lines across."""
    drawn = _drawn(table, rule, z, last_four)
    layers, controls = drawn[~drawn["name"].isin(CONTROLS)], drawn[drawn["name"].isin(CONTROLS)]
    order = list(dict.fromkeys(layers["place"]))
    scale = alt.Scale(domain=[0, 1])
    series = [*dict.fromkeys(layers["series"]), *dict.fromkeys(controls["series"])]
    legend = alt.Legend(orient="bottom", columns=2, labelLimit=220)
    colour = alt.Color("series:N", title=None, scale=alt.Scale(domain=series), legend=legend)
    figures = [alt.Tooltip(f"{name}:Q", format=".3f") for name in ("accuracy", "low", "high")]
    tooltip = [alt.Tooltip("vectors:N"), *figures, alt.Tooltip("tied:Q"), alt.Tooltip("n:Q")]
    x = alt.X("place:O", sort=order, title="layer", axis=alt.Axis(labelAngle=0))
    base = alt.Chart(layers).encode(x=x, color=colour, tooltip=tooltip, xOffset=alt.XOffset("series:N", sort=None))
    whisker = base.mark_rule(strokeWidth=3, opacity=0.45).encode(
        y=alt.Y("low:Q", title=f"share right, {rule}", scale=scale, axis=alt.Axis(format=".1f")), y2="high:Q"
    )
    dot = base.mark_point(filled=True, size=80, opacity=1).encode(y=alt.Y("accuracy:Q", scale=scale))
    line = base.transform_filter(alt.datum.place != SUMMED).mark_line(opacity=0.8).encode(y="accuracy:Q")
    across = alt.Chart(controls).mark_rule(strokeDash=[6, 4], strokeWidth=2, opacity=0.9)
    across = across.encode(y=alt.Y("accuracy:Q", scale=scale), color=colour, tooltip=tooltip)
    return alt.layer(across, whisker, line, dot).properties(height=400)  # type: ignore[return-value]


def _drawn(table: pd.DataFrame, rule: str, z: bool, last_four: bool) -> pd.DataFrame:
    plain = table["name"].str.removesuffix(" z")
    keep = table["rule"].isin([rule, ""]) & (z | ~table["z"]) & (last_four | (plain != LAST_FOUR))
    drawn = table[keep].assign(place=table["layer"].where(plain != LAST_FOUR, SUMMED))
    control = drawn["name"].isin(CONTROLS)
    scored = drawn["z"].map({True: f"{WORD}, z-scored", False: WORD})
    return drawn.assign(series=drawn["vectors"].where(control, scored))


def curve_words(sentences: Sequence[str]) -> str:
    """The curve for those who cannot see it."""
    return "Share of sentences given the right sense, by layer. " + " ".join(sentences)


def cluster_frame(clusterings: Sequence[Clustering]) -> pd.DataFrame:
    """One row a k: silhouette, that of one blob, the share of blobs that reach it, ARI, V-measure, purity."""
    names = ("k", "silhouette", "blob", "chance", "ari", "v_measure", "purity")
    return pd.DataFrame([[getattr(one, name) for name in names] for one in clusterings], columns=list(names))


def points_frame(rows: Sequence[Labelled], points: Any, members: Any) -> pd.DataFrame:
    """One row an occurrence: word as written, sense, group from 1, x, y, sentence."""
    return pd.DataFrame(
        [
            (row.occurrence.word, row.sense or "not given", f"{group + 1}", x, y, row.occurrence.text)
            for row, (x, y), group in zip(rows, points, members, strict=True)
        ],
        columns=["word", "sense", "group", "x", "y", "sentence"],
    )


def points_chart(table: pd.DataFrame) -> alt.Chart:
    """Occurrences in the plane: colour is the sense, shape the group."""
    bare = alt.Axis(labels=False, ticks=False, title=None, grid=False)
    shown = table.assign(sentence=table["sentence"].str.slice(0, LONGEST))
    chart: alt.Chart = (
        alt.Chart(shown)
        .mark_point(filled=True, size=130, opacity=0.85)
        .encode(
            x=alt.X("x:Q", axis=bare, scale=alt.Scale(zero=False, padding=20)),
            y=alt.Y("y:Q", axis=bare, scale=alt.Scale(zero=False, padding=20)),
            color=alt.Color("sense:N", title="sense", sort=None, legend=alt.Legend(orient="bottom", columns=4)),
            shape=alt.Shape("group:N", title="group", sort=None, legend=alt.Legend(orient="bottom", columns=8)),
            tooltip=["word", "sense", "group", "sentence"],
        )
        .properties(height=420)
    )
    return chart


def wrong_frame(curve: SenseCurve, name: str, rule: str) -> pd.DataFrame:
    """Sentences that were not given their sense: word, sense, taken for ("tie" for none), sentence."""
    one = curve.score(name, rule)
    rows = [
        (row.word, row.sense, "tie" if found is None else found, row.occurrence.text)
        for row, found in zip(curve.rows, one.predicted, strict=True)
        if found != row.sense
    ]
    return pd.DataFrame(rows, columns=["word", "sense", "taken for", "sentence"])
