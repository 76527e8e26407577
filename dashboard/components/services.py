"""What all pages of all visitors share: the open registry, and who is asking.

Opened once per server process and home folder; importing this module opens nothing and imports nothing heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from registry.home import Home
    from registry.session import Registry


def registry() -> Registry:
    """The registry of the home folder that the environment names, opened and prepared on first use."""
    from registry.home import Home

    home = Home.from_environment()
    return _open(str(home.root), home.database_url, home.artifact_url, home)


@st.cache_resource(show_spinner="Preparing your workspace. The first start takes a few seconds more.")
def _open(root: str, database_url: str, artifact_url: str, _home: Home) -> Registry:
    from core.jobs.workspace import open_workspace

    return open_workspace(_home)


def who() -> str:
    """The name under which this visitor's work is recorded: who signed in, else who runs the server."""
    from core.jobs.workspace import who as current

    signed_in = st.user.get("email") if st.user.get("is_logged_in") else None
    return str(signed_in or current())
