"""The file a visitor is working on: staged on disk at once, named by its id in the address.

Streamlit keeps an uploaded file in memory for as long as the tab lives. So the bytes go to the staging folder in the
run that receives them, and the uploader is drawn anew under another key, which lets go of them. What remains is the id
in the address: a reloaded page goes on where it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

import streamlit as st

from dashboard.components import services, url

if TYPE_CHECKING:
    from core.jobs.uploads import Staged

TYPES = ["csv", "tsv", "txt", "xlsx", "parquet", "jsonl", "ndjson", "json", "gz", "zip"]


def file(name: str) -> Staged | None:
    """The staged file whose id the address holds under `name`, or None; forgets an id that is gone."""
    from core.jobs import uploads

    held_id = url.asked(name)
    if held_id is None:
        return None
    staged = uploads.find(services.registry(), held_id)
    if staged is None:
        drop(name)
        st.info("The file is no longer held: what is not saved goes after an hour without use. Choose it again.")
    return staged


def uploader(label: str, name: str, *, help_text: str | None = None) -> None:
    """Draw the drop area; a file that arrives is staged and the page starts over with its id in the address."""
    turn = st.session_state.setdefault(f"{name}-turn", 0)
    given = st.file_uploader(label, type=TYPES, key=f"{name}-uploader-{turn}", help=help_text)
    if given is not None:
        take(name, given.name, given)


def limits() -> str:
    """What may be sent, in a sentence."""
    from core.data.reading.options import ReadLimits

    most = ReadLimits()
    return (
        f"CSV, TSV, Excel, Parquet, JSON lines or JSON, also as .gz or .zip: up to {most.rows:,} rows, "
        f"{most.columns:,} columns and {most.cell:,} characters in a cell."
    )


def take(name: str, file_name: str, stream: BinaryIO) -> None:
    """Stage `stream`, put its id into the address under `name`, and start the page over."""
    from core.jobs import uploads

    staged = uploads.stage(services.registry(), file_name, stream)
    st.session_state[f"{name}-turn"] = st.session_state.get(f"{name}-turn", 0) + 1
    url.put(**{name: staged.id})
    st.rerun()


def drop(name: str) -> None:
    """Let go of the file under `name`."""
    url.put(**{name: None})
