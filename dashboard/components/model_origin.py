"""Where a version comes from: parent, dataset, run and note; its parameters, facts and labels."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard.components import choose_method, lineage, run_details
from registry.records import ModelVersion


def show(version: ModelVersion) -> None:
    """Parent, dataset, run; parameters and facts."""
    lineage.show(version)
    if version.notes:
        st.text(version.notes)
    left, right = st.columns(2, gap="large")
    for column, title, values in (
        (left, "Parameters", {"parameters": version.parameters}),
        (right, "Facts", facts(version)),
    ):
        with column:
            st.subheader(title, anchor=False)
            table = run_details.table(values).rename(columns={"parameter": title.lower().removesuffix("s")})
            if table.empty:
                st.caption("None.")
            else:
                st.dataframe(table, key=f"{title}-{version.id}", hide_index=True, width="stretch", alt=title)
    if version.labels:
        st.subheader("Labels", anchor=False)
        st.dataframe(
            pd.DataFrame({"label": version.labels}),
            key=f"labels-{version.id}",
            hide_index=True,
            alt="Labels",
            width=320,
        )


def facts(version: ModelVersion) -> dict[str, object]:
    """What is known about the version, simple values only."""
    simple = {
        name.replace("_", " "): choose_method.title(str(value)) if name == "method" else value
        for name, value in version.facts.items()
        if isinstance(value, str | int | float)
    }
    return {"parameters": simple | {"digest": version.digest}}
