"""The models that are ready to be looked into, shared by all visitors of this process; two stay loaded.

One visitor at a time computes, so that many do not run many times the threads.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components.services import registry

if TYPE_CHECKING:
    from core.encoding.cache import VectorCache
    from core.inspection.subject import Subject

TURN = threading.RLock()


@st.cache_resource(max_entries=2, show_spinner="Loading the model, a few seconds the first time …")
def subject(version_id: str) -> Subject:
    """A version as a subject, its files checked and its weights loaded."""
    from core.jobs import inspecting

    found = inspecting.subject(registry(), version_id)
    with TURN:
        found.tokenizer, found.body  # noqa: B018 - loaded here, under the spinner
    return found


def cache() -> VectorCache:
    """The workspace's cache of vectors."""
    from core.jobs import inspecting

    return inspecting.cache(registry())
