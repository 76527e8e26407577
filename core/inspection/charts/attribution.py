"""Scores of words as bars, one column a method, in the order of the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from core.inspection.attribution.result import Attribution

MOST = 40  # words drawn
LONGEST = 40  # characters of a word or sentence on the axis
FOR, AGAINST = "speaks for it", "speaks against it"
SIZE = "size only"
COLOURS: Mapping[str, str] = {FOR: "#C8742B", AGAINST: "#3E86A0", SIZE: "#8A8178"}


def frame(found: Sequence[Attribution], titles: Mapping[str, str]) -> pd.DataFrame:
    """One row a unit and method: word (numbered), method (its title), score, says; at most MOST units are kept."""
    kept = strongest(found)
    names = [label(number, found[0].units[number].text) for number in kept]
    parts = [
        pd.DataFrame({"word": names, "method": titles[one.method], "score": one.scores[kept], "says": _says(one, kept)})
        for one in found
    ]
    return pd.concat(parts, ignore_index=True)


def strongest(found: Sequence[Attribution]) -> list[int]:
    """Numbers of the MOST units that score highest by any method, in the order of the text."""
    sizes = np.max([np.abs(one.scores) / (np.abs(one.scores).max() or 1.0) for one in found], axis=0)
    return sorted(int(number) for number in np.argsort(-sizes, kind="stable")[:MOST])


def label(number: int, text: str) -> str:
    """A unit on the axis: its number, so that equal words stay apart, and its text in one short line."""
    line = " ".join(text.split())
    return f"{number + 1}  {line if len(line) <= LONGEST else line[: LONGEST - 1] + '…'}"


def bars(table: pd.DataFrame, title: str) -> alt.HConcatChart:
    """A panel of bars a method, each on its own scale, all over the same words."""
    order = list(dict.fromkeys(table["word"]))
    methods = list(dict.fromkeys(table["method"]))
    panels = [panel(table[table["method"] == name], order, name, first=not place) for place, name in enumerate(methods)]
    drawn: alt.HConcatChart = alt.hconcat(*panels, spacing=14, title=title).resolve_scale(color="shared")
    return drawn


def panel(
    part: pd.DataFrame, order: Sequence[str], name: str, *, first: bool = True, legend: bool = True
) -> alt.LayerChart:
    """Bars of one method, over the words of `order`, which are named where it is the first panel of a row."""
    axis = alt.Axis(labelLimit=220, ticks=False, domain=False, labelOverlap=False) if first else None
    base = alt.Chart(part, title=alt.Title(name, fontSize=12)).encode(
        y=alt.Y("word:N", sort=order, title=None, axis=axis)
    )
    drawn = base.mark_bar(cornerRadius=2, height={"band": 0.7}).encode(
        x=alt.X("score:Q", title=None, axis=alt.Axis(tickCount=4)),
        color=alt.Color(
            "says:N", title=None, legend=alt.Legend(orient="bottom") if legend else None,
            scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
        ),
        tooltip=["word", "method", alt.Tooltip("score:Q", format="+.4f"), "says"],
    )  # fmt: skip
    zero = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color="#8A8178").encode(x="zero:Q")
    layered: alt.LayerChart = (zero + drawn).properties(width=190, height=alt.Step(20))
    return layered


def described(found: Sequence[Attribution], titles: Mapping[str, str]) -> str:
    """The bars in words: the three highest and the lowest word of each method."""
    said = []
    for one in found:
        names = [f"{one.units[number].text!r} {one.scores[number]:+.3f}" for number in one.order]
        top = ", ".join(names[:3])
        said.append(f"{titles[one.method]}: highest {top}" + (f"; lowest {names[-1]}" if len(names) > 3 else ""))
    return f"Scores for {found[0].label!r}. " + ". ".join(said) + "."


def _says(one: Attribution, kept: Sequence[int]) -> list[str]:
    if not one.signed:
        return [SIZE] * len(kept)
    return [FOR if one.scores[number] >= 0 else AGAINST for number in kept]
