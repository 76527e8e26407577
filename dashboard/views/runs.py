"""Runs: every piece of long work, and one of them whole at `/runs?run=ID`."""

from __future__ import annotations

import streamlit as st

from dashboard.components import run_list, run_view, url, way_back


def page() -> None:
    """Draw the list, or the run that the address names."""
    run_id = url.asked("run")
    if run_id is None:
        st.title("Runs", anchor=False)
        run_list.show()
    else:
        way_back.button("All runs", "run")
        run_view.show(run_id)


if __name__ == "__main__":
    page()
