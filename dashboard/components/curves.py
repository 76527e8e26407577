"""The curves of a run: loss while training, loss and macro-F1 on the validation rows; of a pre-training, loss and
accuracy of its heads on the text it reads and on the holdout.

Curves come from the run's measurements in the registry, so they are the same in every tab and after every restart.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd
import streamlit as st

from registry.records import Measurement

TITLES = {
    "loss": "training loss",
    "validation_loss": "validation loss",
    "validation_macro_f1": "validation macro-F1",
    "validation_accuracy": "validation accuracy",
}
TEXT, HOLDOUT = "training text", "holdout"
PRETRAINING = {
    "Masked-word loss": ("masked_loss", "validation_masked_loss"),
    "Masked words right, share": ("masked_accuracy", "validation_masked_accuracy"),
    "Sentence pairs right, share": ("pair_accuracy", "validation_pair_accuracy"),
}
LOSSES, SCORES = ("training loss", "validation loss"), ("validation macro-F1", "validation accuracy")


def show(measurements: Sequence[Measurement], key: str, kind: str = "fine_tune") -> None:
    """Draw the panels of this kind of run side by side, or nothing while nothing has been measured."""
    frame = points(measurements)
    drawn = pretraining(measurements) if kind == "pretrain" else training(frame)
    if not drawn:
        return
    for column, (part, title) in zip(st.columns(len(drawn), gap="medium"), drawn, strict=True):
        with column:
            st.caption(title)
            last = int(frame["step"].max())
            st.altair_chart(chart(part, last), key=f"{key}-{title}", alt=described(part, title), width="stretch")


def training(frame: pd.DataFrame) -> list[tuple[pd.DataFrame, str]]:
    """Loss and validation scores, each with its title, where there are any."""
    panels = [(frame[frame["measure"].isin(names)], names) for names in (LOSSES, SCORES)]
    return [(part, titled(part, names)) for part, names in panels if len(part)]


def pretraining(measurements: Sequence[Measurement]) -> list[tuple[pd.DataFrame, str]]:
    """Loss of the masked words and accuracy of each head, on the text that is read beside the holdout."""
    panels = []
    for title, (read, held) in PRETRAINING.items():
        part = points(measurements, {read: TEXT, held: HOLDOUT})
        if len(part):
            panels.append((part, title))
    return panels


def titled(part: pd.DataFrame, names: Sequence[str]) -> str:
    """What a panel shows: its only measure, or the kind of its measures."""
    present = [name for name in names if name in set(part["measure"])]
    word = present[0] if len(present) == 1 else "loss" if names is LOSSES else "validation scores"
    return word[:1].upper() + word[1:]


def points(measurements: Sequence[Measurement], only: Mapping[str, str] | None = None) -> pd.DataFrame:
    """One row a measured value: step, epoch, measure (in words), value; of those named in `only` where it is given."""
    titles = TITLES if only is None else only
    rows = [
        (item.step, item.epoch, titles.get(name, name.replace("_", " ")), float(value))
        for item in measurements
        for name, value in item.metrics.items()
        if value is not None and (only is None or name in only)
    ]
    return pd.DataFrame(rows, columns=["step", "epoch", "measure", "value"])


def chart(part: pd.DataFrame, last: int) -> alt.Chart:
    """A line for each measure over steps 0 to `last`; few points are marked, many are not."""
    few = part.groupby("measure").size().max() <= 40
    legend = alt.Legend(orient="top", symbolType="stroke") if part["measure"].nunique() > 1 else None
    drawn: alt.Chart = (
        alt.Chart(part)
        .mark_line(point=bool(few), interpolate="monotone")
        .encode(
            x=alt.X(
                "step:Q",
                title="step",
                scale=alt.Scale(domain=[0, max(1, last)]),
                axis=alt.Axis(tickMinStep=1, tickCount=6, format=",d"),
            ),
            y=alt.Y(
                "value:Q",
                title=None,
                scale=alt.Scale(zero=False, padding=8),
                axis=alt.Axis(format=".3~f", tickCount=5, tickMinStep=0.001),
            ),
            color=alt.Color("measure:N", title=None, legend=legend, sort=[*TITLES.values(), TEXT, HOLDOUT]),
            tooltip=["measure", alt.Tooltip("step", format=",d"), "epoch", alt.Tooltip("value", format=".4f")],
        )
        .properties(height=260)
    )
    return drawn


def described(part: pd.DataFrame, title: str) -> str:
    """What the chart shows, for those who cannot see it."""
    last = part.sort_values("step").groupby("measure").tail(1)
    newest = ", ".join(f"{row.measure} {row.value:.3f} at step {row.step}" for row in last.itertuples())
    return f"{title} over the steps of the run; newest: {newest}"
