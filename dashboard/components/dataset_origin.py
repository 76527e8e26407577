"""Where a dataset version comes from: file, columns, repairs, content, and the report it was saved with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import charts, findings
from dashboard.components.quantities import size
from registry.records import DatasetVersion

PARTS = {
    "text": "text",
    "text_pair": "second text",
    "label": "label",
    "id": "row id",
    "split": "split",
    "group": "group",
    "weight": "weight",
}


def show(version: DatasetVersion) -> None:
    """File, columns, repairs, content hash, and who saved it when."""
    facts = {
        "File": version.source,
        "Saved by": version.created_by,
        "Saved at": f"{version.created_at:%Y-%m-%d %H:%M} UTC",
        "Columns": "; ".join(columns(version.mapping)),
        "Repairs": "; ".join(repairs(version)) or "none",
        "Stored": f"{size(version.artifact.size)} in {len(version.artifact.files)} files",
    }
    st.table(pd.DataFrame({"": list(facts), " ": list(facts.values())}), border="horizontal", hide_index=True)
    st.caption("Content hash: equal for equal rows, whatever the file.")
    st.code(version.content_hash, language=None, wrap_lines=True)


def columns(mapping: Mapping[str, Any]) -> list[str]:
    """Which column of the file plays which part."""
    said = []
    for part, words in PARTS.items():
        column = mapping.get(part)
        if column:
            said.append(f"{words}: {column if isinstance(column, str) else ', '.join(column)}")
    return said


def repairs(version: DatasetVersion) -> list[str]:
    """The repairs in words."""
    from core.data.findings import REPAIRS

    return [REPAIRS.get(key, key) for key in version.repairs]


def report(version: DatasetVersion) -> None:
    """The pre-flight report that this version was saved with."""
    from core.data.report import Preflight

    saved = Preflight.from_json(version.report)
    findings.account(saved)
    findings.show(saved, f"saved-{version.id}")
    st.markdown("**Length of the texts**")
    charts.lengths(saved.lengths, f"saved-{version.id}")
