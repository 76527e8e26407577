"""The download of a result file, which may be as large as the file that was classified.

Streamlit keeps what a button sends in memory, whole, until the page lets go of it (docs/decisions/downloads.md). So
nothing is read before the click, a large file goes packed, and a very large one names the command that copies it on
the server without loading it.
"""

from __future__ import annotations

import gzip
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboard.components import quantities

PACKED_FROM = 32_000_000  # bytes; smaller files open in a spreadsheet as they come
LARGE = 250_000_000
BLOCK = 1 << 20


def button(output: Path, name: str, run_id: str) -> None:
    """The button that sends `output` under `name`, with its size."""
    size = output.stat().st_size
    pack = size >= PACKED_FROM
    st.download_button(
        label(size),
        packed(output) if pack else output.read_bytes,
        file_name=f"{name}.gz" if pack else name,
        mime="application/gzip" if pack else "text/csv",
        key=f"result-{run_id}",
        type="primary",
        icon=":material/download:",
        on_click="ignore",
    )


def label(size: int) -> str:
    """What the button says: the size of the file, and whether it comes packed."""
    told = quantities.size(size) + (", packed as .gz" if size >= PACKED_FROM else "")
    return f"Download the result ({told})"


def elsewhere(output: Path, run_id: str) -> None:
    """For a very large file, the command that copies it without passing it through the browser."""
    if output.stat().st_size >= LARGE:
        st.caption("A file of this size is better copied on the server, where nothing has to hold it in memory:")
        st.code(f"python -m core runs save {run_id} --output result.csv", language="bash")


def packed(output: Path) -> Callable[[], bytes]:
    """What packs the file block by block when the download is asked for; equal files give equal bytes."""

    def read() -> bytes:
        target = io.BytesIO()
        with output.open("rb") as source, gzip.GzipFile("", "wb", compresslevel=1, fileobj=target, mtime=0) as out:
            shutil.copyfileobj(source, out, BLOCK)
        return target.getvalue()

    return read
