"""Classify: one text at once, or a file as a run; the run stands at `/classify?run=ID`."""

from __future__ import annotations

import streamlit as st

from dashboard.components import choose_model, classify_file, classify_text, navigation, run_view, url, way_back

TEXT, FILE = "One text", "A file"


def page() -> None:
    """Draw the form, or the run that the address names."""
    st.title("Classify", anchor=False)
    run_id = url.asked("run")
    if run_id:
        run_view.show(run_id)
        way_back.button("Classify something else", "run", icon=":material/add:")
        return
    found = choose_model.versions("fine_tuned")
    if not found:
        st.info("There is no trained model yet.", icon=":material/model_training:")
        navigation.link(navigation.TRAIN, "Train one first", icon=":material/model_training:")
        return
    version = choose_model.choose("Model", found, "classify-model")
    start = FILE if url.asked(classify_file.INPUT) else TEXT
    what = st.segmented_control(
        "What", [TEXT, FILE], default=start, required=True, key="classify-what", label_visibility="collapsed"
    )
    if what == FILE:
        classify_file.show(version)
    else:
        classify_text.show(version)


if __name__ == "__main__":
    page()
