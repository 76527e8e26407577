"""All heads of a model at one glance: layers down, heads across, the shade is one statistic; a click chooses a head."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from core.inspection.attention.heads import STATISTICS, HeadStatistics, described

CHOICE = "head"  # the name of the selection, for whoever listens to clicks


def frame(found: HeadStatistics) -> pd.DataFrame:
    """One row a head: layer, head, every statistic, and what the head does in words."""
    rows = [{**row, "in words": described(found, int(row["layer"]), int(row["head"]))} for row in found.rows()]
    return pd.DataFrame(rows)


def heads(table: pd.DataFrame, statistic: str) -> Any:
    """The grid, shaded by a column of `frame` that STATISTICS names; marked where the mouse chose."""
    chosen = alt.selection_point(name=CHOICE, fields=["layer", "head"], toggle=False)
    named = [name for name in STATISTICS if name in table.columns]
    domain = [0, 1] if statistic == "entropy_share" else [0, max(float(table[statistic].max()), 1e-6)]
    shares = [alt.Tooltip(f"{name}:Q", title=STATISTICS[name], format=".3f") for name in named]
    return (
        alt.Chart(table)
        .mark_rect(cursor="pointer", strokeWidth=2.5)
        .encode(
            x=alt.X("head:O", title="head", axis=alt.Axis(labelAngle=0, orient="top")),
            y=alt.Y("layer:O", title="layer"),
            color=alt.Color(
                f"{statistic}:Q", scale=alt.Scale(domain=domain), legend=alt.Legend(title=None, format=".2f")
            ),
            opacity=alt.condition(chosen, alt.value(1.0), alt.value(0.45), empty=True),
            tooltip=["layer:O", "head:O", "in words:N", *shares],
        )
        .add_params(chosen)
        .properties(height=alt.Step(24), width=alt.Step(40))
    )


def heads_in_words(table: pd.DataFrame, statistic: str) -> str:
    """The grid in a sentence: its ends."""
    ordered = table.sort_values(statistic)
    ends = ", ".join(
        f"{word} {row[statistic]:.3f} (layer {row['layer']:.0f}, head {row['head']:.0f})"
        for word, row in (("lowest", ordered.iloc[0]), ("highest", ordered.iloc[-1]))
    )
    return f"{STATISTICS[statistic]}, by layer and head: {ends}."
