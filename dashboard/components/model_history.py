"""When which alias pointed where, who moved it and why; and the scores over the versions of a model."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from dashboard.components import choose_method, model_scores, quantities, word_vectors
from dashboard.components.services import registry
from registry import models
from registry.records import Event, ModelVersion, RegisteredModel


def show(model: RegisteredModel) -> None:
    """Draw all versions with their scores, and the history of the aliases."""
    table = versions_frame(model)
    drawn = table.dropna(subset=["value"])
    if len(drawn) > 1:
        st.altair_chart(chart(drawn), key=f"over-versions-{model.name}", width="stretch", alt=described(drawn))
    st.dataframe(
        table.drop(columns=["value", "low", "high"]),
        key=f"versions-{model.name}",
        hide_index=True,
        width="stretch",
        alt="Versions of the model",
    )
    with registry().read() as session:
        events = models.alias_history(session, model.name)
    if events:
        st.caption("Aliases, newest move first")
        st.dataframe(
            events_frame(events), key=f"aliases-{model.name}", hide_index=True, width="stretch", alt="Moves of aliases"
        )


def versions_frame(model: RegisteredModel) -> pd.DataFrame:
    """One row a version: method, headline, what it was measured on, aliases, tags, when, by whom."""
    rows = []
    for version in model.versions:
        score, dataset = model_scores.newest(version)
        metric = (score.metrics.get("f1_macro") if score else None) or {}
        rows.append(
            {
                "version": version.version,
                "method": what(version),
                "macro-F1": quantities.interval(metric),
                "measured on": f"{dataset.spec} {score.split}" if score and dataset else "–",
                "aliases": ", ".join(version.aliases),
                "tags": ", ".join(version.tags),
                "made": quantities.ago(version.created_at),
                "by": version.created_by,
                **{name: metric.get(name) for name in ("value", "low", "high")},
            }
        )
    return pd.DataFrame(rows)


def what(version: ModelVersion) -> str:
    """The method, or what the version is where no method made it."""
    if version.kind == "fine_tuned":
        return choose_method.title(version.method)
    return word_vectors.TITLE if version.kind == word_vectors.KIND else "Pretrained BERT"


def chart(table: pd.DataFrame) -> alt.LayerChart:
    """Macro-F1 with its interval for each version, coloured by what it was measured on."""
    base = alt.Chart(table).encode(
        x=alt.X("version:O", title="version", axis=alt.Axis(labelAngle=0)),
        color=alt.Color("measured on:N", title=None, legend=alt.Legend(orient="top")),
        tooltip=["version", "measured on", *(alt.Tooltip(name, format=".4f") for name in ("value", "low", "high"))],
    )
    whisker = base.mark_rule(strokeWidth=3, opacity=0.55).encode(
        y=alt.Y("low:Q", title="macro-F1", scale=alt.Scale(zero=False)), y2="high:Q"
    )
    dots = base.mark_point(filled=True, size=80).encode(y="value:Q")
    drawn: alt.LayerChart = (whisker + dots).properties(height=240)
    return drawn


def described(table: pd.DataFrame) -> str:
    """The chart in words."""
    return "macro-F1 by version: " + ", ".join(f"{row.version} {row.value:.3f}" for row in table.itertuples())


def place(version: int | None) -> str:
    """Where an alias pointed, in words."""
    return f"version {version}" if version else "nowhere"


def events_frame(events: Sequence[Event]) -> pd.DataFrame:
    """One row a move: when, alias, from, to, who, why."""
    return pd.DataFrame(
        [
            {
                "when": f"{event.at:%Y-%m-%d %H:%M} UTC",
                "alias": event.details.get("alias", event.target),
                "from": place(event.details.get("from")),
                "to": place(event.details.get("to")),
                "by": event.who,
                "why": event.details.get("why", ""),
            }
            for event in events
        ]
    )
