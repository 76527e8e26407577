"""Train: the form of a new training, or the run that the address names, in its place."""

from __future__ import annotations

import streamlit as st

from dashboard.components import run_view, train_form, url, way_back


def page() -> None:
    """Draw the form, or the run at `/train?run=ID`."""
    st.title("Train", anchor=False)
    run_id = url.asked("run")
    if run_id is None:
        st.caption("Teach a BERT your labels. The work goes on when you close this page.")
        train_form.show()
        return
    run = run_view.show(run_id)
    if run is None or run.over:
        way_back.button("Train another model", "run", icon=":material/add:")
    else:
        st.caption("You can close this page: the run goes on, and its address brings you back.")


if __name__ == "__main__":
    page()
