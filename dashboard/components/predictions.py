"""The result of a classified file: how many rows got which label, the first rows, and the download."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import altair as alt
import pandas as pd
import streamlit as st

from dashboard.components import quantities
from dashboard.components.services import registry
from registry.records import Run

PREVIEW = 50


def show(run: Run) -> None:
    """Draw what a finished classification made."""
    from core.jobs import predictions as files

    output = files.output(registry(), run)
    rows = int(run.result["rows"])
    with st.container(horizontal=True, vertical_alignment="center", key=f"output-{run.id}"):
        st.metric("Rows classified", f"{rows:,}", width=180)
        st.download_button(
            "Download the result",
            reading(output),
            file_name=named(str(run.config.get("source", "texts.csv")), output),
            mime="text/csv",
            key=f"result-{run.id}",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
        st.caption(quantities.size(output.stat().st_size))
    counts = run.result.get("counts") or {}
    if counts:
        _counts(counts, run)
    st.caption("The first rows of the result")
    st.dataframe(
        pd.read_csv(output, nrows=PREVIEW, dtype=str, keep_default_na=False, encoding="utf-8-sig"),
        key=f"preview-{run.id}",
        hide_index=True,
        width="stretch",
        alt="The first rows of the result",
    )


def reading(output: Path) -> Callable[[], bytes]:
    """What reads the file when, and only when, the download is asked for."""
    return output.read_bytes


def named(source: str, output: Path) -> str:
    """The name of the download: the input's name with "classified" in it."""
    stem = Path(source).name.split(".")[0] or "texts"
    return f"{stem}-classified{''.join(output.suffixes)}"


def _counts(counts: Mapping[str, int], run: Run) -> None:
    table = pd.DataFrame({"label": list(counts), "rows": list(counts.values())})
    table = table.sort_values("rows", ascending=False, kind="stable").head(30)
    chart = (
        alt.Chart(table)
        .mark_bar(height={"band": 0.7}, cornerRadius=2)
        .encode(
            y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(labelLimit=190, ticks=False, domain=False)),
            x=alt.X("rows:Q", title="rows", axis=alt.Axis(format=",d", tickMinStep=1, tickCount=5)),
            tooltip=["label", alt.Tooltip("rows", format=",d")],
        )
        .properties(height=alt.Step(24))
    )
    words = ", ".join(f"{row.label} {row.rows:,}" for row in table.head(8).itertuples())
    st.altair_chart(chart, key=f"counts-{run.id}", width="stretch", alt=f"Rows of each predicted label: {words}")
