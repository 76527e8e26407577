"""Pieces of a text as boxes in lines, and how many words became how many pieces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from core.inspection.pieces_per_word import Fertility
from core.inspection.tokens import Row

LINE = 88  # characters a line of boxes holds
LETTER, HEIGHT = 9.0, 30
MOST = 8  # pieces a word from which bars are one
FATES = ("piece", "goes on", "unknown", "special", "typed special")


def pieces_frame(rows: Sequence[Row]) -> pd.DataFrame:
    """One row a position, with the line and the place in it where its box stands."""
    table = pd.DataFrame([vars(row) for row in rows])
    widths = [min(LINE, len(row.piece) + 1.5) for row in rows]
    line, at, places = 0, 0.0, []
    for width in widths:
        if at and at + width > LINE:
            line, at = line + 1, 0.0
        places.append((line, at, at + width))
        at += width
    return table.join(pd.DataFrame(places, columns=["line", "left", "right"]))


def pieces_chart(table: pd.DataFrame) -> Any:
    """Boxes with the pieces' names, coloured by what became of the characters."""
    table = table.assign(middle=(table["left"] + table["right"]) / 2)
    end = alt.Scale(domain=[0, LINE], nice=False)
    boxes = alt.Chart(table).encode(
        x=alt.X("left:Q", scale=end, axis=None),
        y=alt.Y("line:O", axis=None, scale=alt.Scale(paddingInner=0.15)),
        tooltip=["position", "piece", "id", "segment", "word", "characters", "kind"],
    )
    drawn = boxes.mark_rect(stroke="white", strokeWidth=2, cornerRadius=4).encode(
        x2="right:Q",
        color=alt.Color("kind:N", sort=list(FATES), scale=alt.Scale(domain=_found(table)), legend=_legend()),
        opacity=alt.value(0.45),
    )
    names = boxes.mark_text(fontSize=12, limit=LINE * LETTER).encode(x=alt.X("middle:Q", scale=end), text="piece:N")
    lines = int(table["line"].max()) + 1
    return (drawn + names).properties(width=LINE * LETTER, height=lines * HEIGHT).configure_view(stroke=None)


def distribution_frame(measured: Mapping[str, Fertility]) -> pd.DataFrame:
    """By model: pieces a word, words, their share; the last bar is open."""
    rows = []
    for name, found in measured.items():
        counts: dict[int, int] = {}
        for made, count in found.distribution:
            counts[min(made, MOST)] = counts.get(min(made, MOST), 0) + count
        rows += [
            {"model": name, "pieces": f"{made}" if made < MOST else f"{MOST} or more", "words": counts.get(made, 0),
             "share": counts.get(made, 0) / found.words}
            for made in range(1, max(counts) + 1)
        ]  # fmt: skip
    return pd.DataFrame(rows)


def distribution_chart(table: pd.DataFrame) -> Any:
    """Bars, side by side where there are two models."""
    several = table["model"].nunique() > 1
    return (
        alt.Chart(table)
        .mark_bar()
        .encode(
            x=alt.X("pieces:N", sort=None, title="pieces a word", axis=alt.Axis(labelAngle=0)),
            xOffset=alt.XOffset("model:N", sort=None),
            y=alt.Y("share:Q", title="share of words", axis=alt.Axis(format=".0%")),
            color=alt.Color("model:N", sort=None, legend=alt.Legend(title=None, orient="top") if several else None),
            tooltip=["model", "pieces", alt.Tooltip("words:Q", format=","), alt.Tooltip("share:Q", format=".2%")],
        )
        .properties(height=260, width=560)
    )


def distribution_words(measured: Mapping[str, Fertility]) -> str:
    """The bars in words."""
    return "; ".join(
        f"{name}: {found.value.value:.3f} pieces a word over {found.words:,} words, {found.split.value:.1%} split"
        for name, found in measured.items()
    )


def _found(table: pd.DataFrame) -> list[str]:
    return [fate for fate in FATES if (table["kind"] == fate).any()]


def _legend() -> Any:
    return alt.Legend(title=None, orient="top")
