"""A model version's files with their checksums, the check that they are still good, and the folder as one download."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import streamlit as st

from dashboard.components import problems, quantities, word_vectors
from dashboard.components.services import registry, who
from registry.records import ModelVersion


def show(version: ModelVersion) -> None:
    """Draw the files and the two buttons."""
    files = pd.DataFrame(version.artifact.files, columns=["file", "bytes", "SHA-256"])
    files["bytes"] = files["bytes"].map(quantities.size)
    st.dataframe(
        files.rename(columns={"bytes": "size"}),
        key=f"files-{version.id}",
        hide_index=True,
        width="stretch",
        alt="Files of the model version with size and checksum",
    )
    count = quantities.count(len(files), "file")
    st.caption(f"{count}, {quantities.size(version.artifact.size)} in all. {loads(version)}")
    with st.container(horizontal=True, key=f"file-actions-{version.id}"):
        st.download_button(
            "Download as zip",
            zipped(version),
            file_name=f"{version.name}-{version.version}.zip",
            mime="application/zip",
            key=f"download-{version.id}",
            icon=":material/download:",
            on_click="ignore",
        )
        pressed = st.button("Verify", key=f"verify-{version.id}", icon=":material/verified:")
    if pressed:
        with problems.told():
            verify(version)


def loads(version: ModelVersion) -> str:
    """What reads the folder."""
    if version.kind == word_vectors.KIND:
        return "The rows load with plain safetensors; words.json holds their words in the same order."
    return "The folder loads with plain transformers."


def zipped(version: ModelVersion) -> Callable[[], bytes]:
    """What packs the folder when, and only when, the download is asked for."""
    opened, name = registry(), who()

    def pack() -> bytes:
        from core.jobs import models as model_jobs

        target: Path = opened.home.scratch / f"export-{version.id}.zip"
        try:
            model_jobs.export(opened, version.id, target, name)
            return target.read_bytes()
        finally:
            target.unlink(missing_ok=True)

    return pack


def verify(version: ModelVersion) -> None:
    """Check sizes and checksums and replay the golden rows; say what was found."""
    from core.jobs import models as model_jobs

    with st.spinner("Checking every file and replaying the golden rows", show_time=True):
        report = model_jobs.verify(registry(), version.id, who())
    st.success(str(report), icon=":material/verified:")
