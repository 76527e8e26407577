"""The geometry of a model by layer, as lines, and its words as rows."""

from __future__ import annotations

import altair as alt
import pandas as pd

from core.inspection.geometry.result import Geometry

BASELINE, SHARE = "baseline", "largest dimension's share"
SERIES = {
    "self_similarity": "self-similarity",
    "intra_sentence": "intra-sentence",
    "variance": "explainable variance",
}


def frame(found: Geometry) -> pd.DataFrame:
    """One row a layer, columns as in `LayerGeometry`."""
    return pd.DataFrame([one.__dict__ for one in found.layers])


def chart(table: pd.DataFrame, *, adjusted: bool = True) -> alt.LayerChart:
    """Means by layer, adjusted or raw, with the baseline beside them; `table` as `frame` makes it."""
    names = {f"{name}_adjusted" if adjusted else name: title for name, title in SERIES.items()} | {"baseline": BASELINE}
    long = table.rename(columns=names).melt("layer", list(names.values()), "statistic", "value").dropna()
    long["dashed"] = long["statistic"] == BASELINE
    scale = alt.Scale(domain=[min(0.0, float(long["value"].min())), max(1.0, float(long["value"].max()))])
    base = alt.Chart(long).encode(
        x=alt.X("layer:O", title="layer", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:Q", title="adjusted" if adjusted else "raw", scale=scale, axis=alt.Axis(format=".1f")),
        color=alt.Color(
            "statistic:N", title=None, sort=None, legend=alt.Legend(orient="bottom", columns=2, labelLimit=240)
        ),
        tooltip=[alt.Tooltip("statistic:N"), alt.Tooltip("layer:O"), alt.Tooltip("value:Q", format=".3f")],
    )
    lines = base.mark_line().encode(strokeDash=alt.StrokeDash("dashed:N", legend=None, sort=[False, True]))
    return alt.layer(lines, base.mark_point(filled=True, size=70, opacity=1)).properties(height=400)  # type: ignore[return-value]


def described(table: pd.DataFrame, *, adjusted: bool = True) -> str:
    """The chart for those who cannot see it."""
    first, last, end = table.iloc[0], table.iloc[-1], "_adjusted" if adjusted else ""
    told = [f"{title} goes from {first[name + end]:.3f} to {last[name + end]:.3f}" for name, title in SERIES.items()]
    told.append(f"the baseline from {first['baseline']:.3f} to {last['baseline']:.3f}")
    return f"From layer 0 to {int(last['layer'])}, {'adjusted' if adjusted else 'raw'}: {', '.join(told)}."


def words_frame(found: Geometry, layer: int, *, adjusted: bool = True) -> pd.DataFrame:
    """One row a word: word, occurrences, self-similarity at a layer; those that change most with context first."""
    base = found.layers[layer].baseline if adjusted else 0.0
    rows = [(one.word, one.occurrences, one.self_similarity[layer] - base) for one in found.words]
    table = pd.DataFrame(rows, columns=["word", "occurrences", "self-similarity"])
    return table.sort_values("self-similarity", kind="stable", ignore_index=True)


def statement(found: Geometry) -> tuple[str, ...]:
    """What the numbers say, in sentences."""
    first, last, told = found.layers[0], found.layers[-1], []
    steps = [one.self_similarity_adjusted for one in found.layers]
    if steps[0] == steps[0]:
        falls = all(later <= before for before, later in zip(steps, steps[1:], strict=False))
        how = "falls at every layer" if falls else "does not fall at every layer"
        told.append(
            f"Adjusted self-similarity goes from {steps[0]:.3f} at layer {first.layer} to {steps[-1]:.3f} at layer "
            f"{last.layer} and {how}: the lower, the more a word's vector depends on its sentence."
        )
    most = max(found.layers, key=lambda one: one.baseline)
    told.append(
        f"Two random words are most alike at layer {most.layer}: a cosine of {most.baseline:.3f}; a raw cosine there "
        "says nothing before this is taken off."
    )
    if most.largest_share > 0.3:
        told.append(f"One dimension, number {most.largest_dimension}, makes {most.largest_share:.0%} of it.")
    return tuple(told)
