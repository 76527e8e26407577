"""What texts are measured: a dataset, labelled or raw, or pasted lines; at most so many, drawn by seed."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

import streamlit as st

from dashboard.components import choose_dataset, quantities
from dashboard.components.services import registry
from registry.records import DatasetVersion

DATASET, PASTED = "A dataset", "Pasted text"
CHOICES = (1_000, 5_000, 20_000, 100_000)


@dataclass(frozen=True)
class Source:
    """Texts with what tells them from others; `most` of them are measured."""

    key: Hashable
    texts: Callable[[], Iterable[str]]
    most: int


def choose(prefix: str) -> Source | None:
    """Draw the choice; None where there is nothing to measure yet."""
    found = choose_dataset.every_version()
    kind = st.segmented_control(
        "Measure on", [DATASET, PASTED] if found else [PASTED], default=DATASET if found else PASTED, required=True,
        key=f"{prefix}-source",
    )  # fmt: skip
    return _dataset(found, prefix) if kind == DATASET else _pasted(prefix)


def _dataset(found: tuple[DatasetVersion, ...], prefix: str) -> Source:
    from core.jobs import inspecting

    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{prefix}-dataset-row"):
        version = st.selectbox("Dataset", found, format_func=_named, key=f"{prefix}-dataset", width=330)
        most = st.selectbox(
            "Texts at most", CHOICES, 1, format_func=lambda number: f"{number:,}", key=f"{prefix}-most", width=150,
            help="More texts are drawn from by seed: the same ones every time.",
        )  # fmt: skip
    return Source((version.id, most), lambda: inspecting.texts(registry(), version.id), most)


def _pasted(prefix: str) -> Source | None:
    text = st.text_area("Texts, one a line", key=f"{prefix}-pasted", height=150, persist_state="session") or ""
    lines = tuple(line for line in text.splitlines() if line.strip())
    if not lines:
        st.info("Paste a text; every line counts as one.", icon=":material/content_paste:")
        return None
    return Source(lines, lambda: lines, max(CHOICES))


def _named(version: DatasetVersion) -> str:
    unit = "sentence" if version.is_raw_text else "row"
    return f"{version.spec} · {quantities.count(sum(version.rows.values()), unit)}"
