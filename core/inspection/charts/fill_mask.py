"""Guesses for masks, and candidates by their score, as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.inspection.fill_mask.candidates import METHODS, Method, Scored, ranked
from core.inspection.fill_mask.filling import Answered


def guesses_frame(found: Answered) -> pd.DataFrame:
    """One row a mask and guess, masks counted from 1, the most probable first."""
    return pd.DataFrame(
        [
            {"mask": mask, "rank": rank, "piece": each.piece, "id": each.id, "probability": each.probability}
            for mask, guesses in enumerate(found.masks, start=1)
            for rank, each in enumerate(guesses, start=1)
        ]
    )


def guesses_chart(table: pd.DataFrame) -> Any:
    """Bars of one mask, or a row of bars a mask."""
    bars = alt.Chart(table).mark_bar()
    several = table["mask"].nunique() > 1
    chart = bars.encode(
        x=alt.X("probability:Q", title="probability", axis=alt.Axis(format="~%", tickCount=6)),
        y=alt.Y("piece:N", sort=alt.SortField("rank"), title=None),
        tooltip=["mask", "rank", "piece", "id", alt.Tooltip("probability:Q", format=".3%")],
    ).properties(height=alt.Step(22), width=420)
    return chart.facet(row=alt.Row("mask:O", title="mask")).resolve_scale(y="independent") if several else chart


def together_frame(found: Answered) -> pd.DataFrame:
    """Fillings of all masks: together best first, and the masks by themselves at the end."""
    rows = [("together", each) for each in found.together] + ([("apart", found.apart)] if found.apart else [])
    return pd.DataFrame(
        [
            {"filled": how, "text": each.text, "pieces": " ".join(each.pieces), "ln p": each.log_probability,
             "order": " ".join(map(str, each.order))}
            for how, each in rows
        ]
    )  # fmt: skip


def candidates_frame(scores: Sequence[Scored], method: Method, *, mean: bool = False) -> pd.DataFrame:
    """Best first: rank, candidate, pieces, sum and mean by method, and why one has none."""
    rows = []
    for rank, each in ranked(scores, method, mean=mean):
        row: dict[str, Any] = {"rank": rank, "candidate": each.candidate, "pieces": " ".join(each.pieces)}
        row |= {f"{name} sum": each.total(name) for name in METHODS} | {
            f"{name} mean": each.mean(name) for name in METHODS
        }
        rows.append(row | {"number of pieces": len(each.pieces), "problem": each.problem})
    return pd.DataFrame(rows).astype({"rank": "Int64"})


def candidates_chart(table: pd.DataFrame, method: Method, *, mean: bool = False) -> Any:
    """Bars to the left of zero: the shorter, the better."""
    column = f"{method} {'mean' if mean else 'sum'}"
    shown = table[table[column].notna()].rename(columns={column: "score"})
    title = "mean ln p a piece" if mean else "sum of ln p"
    return (
        alt.Chart(shown)
        .mark_bar()
        .encode(
            x=alt.X("score:Q", title=f"{title} (nats; nearer zero is better)", axis=alt.Axis(tickCount=6)),
            y=alt.Y("candidate:N", sort=alt.SortField("rank"), title=None),
            tooltip=["rank", "candidate", "pieces", alt.Tooltip("score:Q", format=".3f")],
        )
        .properties(height=alt.Step(22), width=420)
    )
