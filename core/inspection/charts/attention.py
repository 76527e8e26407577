"""All heads of a model at one glance: layers down, heads across, the shade is one statistic; a click chooses a head."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from core.inspection.attention.heads import STATISTICS, HeadStatistics, described

ROW = 24  # pixels of a layer
RING = "#2F7F95"  # is seen on the shades of both themes
CHOICE = "head"  # the name of the selection, for whoever listens to clicks


def frame(found: HeadStatistics) -> pd.DataFrame:
    """One row a head: layer, head, every statistic, and what the head does in words."""
    rows = [{**row, "in words": described(found, int(row["layer"]), int(row["head"]))} for row in found.rows()]
    return pd.DataFrame(rows)


def heads(table: pd.DataFrame, statistic: str, ringed: tuple[int, int] | None = None) -> Any:
    """The grid, shaded by a column of `frame` that STATISTICS names; a ring around the (layer, head) `ringed`."""
    chosen = alt.selection_point(name=CHOICE, fields=["layer", "head"], toggle=False)
    named = [name for name in STATISTICS if name in table.columns]
    domain = [0, 1] if statistic == "entropy_share" else [0, max(float(table[statistic].max()), 1e-6)]
    shares = [alt.Tooltip(f"{name}:Q", title=STATISTICS[name], format=".3f") for name in named]
    height = ROW * int(table["layer"].max())
    legend = alt.Legend(title=None, format=".2f", gradientLength=max(60, height - 30))
    x = alt.X("head:O", title="head", axis=alt.Axis(labelAngle=0, orient="top"))
    y = alt.Y("layer:O", title="layer")
    grid = (
        alt.Chart(table)
        .mark_rect(cursor="pointer")
        .encode(
            x=x, y=y, color=alt.Color(f"{statistic}:Q", scale=alt.Scale(domain=domain), legend=legend),
            tooltip=["layer:O", "head:O", "in words:N", *shares],
        )
        .add_params(chosen)
    )  # fmt: skip
    place = pd.DataFrame([ringed] if ringed else [], columns=["layer", "head"])
    ring = alt.Chart(place).mark_rect(filled=False, stroke=RING, strokeWidth=3, tooltip=False).encode(x=x, y=y)
    return (grid + ring if ringed else grid).properties(height=alt.Step(ROW), width=alt.Step(40))


def heads_in_words(table: pd.DataFrame, statistic: str) -> str:
    """The grid in a sentence: its ends."""
    ordered = table.sort_values(statistic)
    ends = ", ".join(
        f"{word} {row[statistic]:.3f} (layer {row['layer']:.0f}, head {row['head']:.0f})"
        for word, row in (("lowest", ordered.iloc[0]), ("highest", ordered.iloc[-1]))
    )
    return f"{STATISTICS[statistic]}, by layer and head: {ends}."
