"""Pre-train: the form of a new pre-training, or the run that the address names, in its place."""

from __future__ import annotations

import streamlit as st

from dashboard.components import pretrain_form, run_view, url, way_back


def page() -> None:
    """Draw the form, or the run at `/pretrain?run=ID`."""
    st.title("Pre-train", anchor=False)
    run_id = url.asked("run")
    if run_id is None:
        st.caption("Let BERT read your own text: it learns to fill in masked words and to tell which sentences belong.")
        pretrain_form.show()
        return
    run = run_view.show(run_id)
    if run is None or run.over:
        way_back.button("Pre-train another model", "run", icon=":material/add:")
    else:
        st.caption("You can close this page: the run goes on, and its address brings you back.")


if __name__ == "__main__":
    page()
