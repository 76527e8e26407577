"""What a finished pre-training brought: its model version, whether it learned by heart, the proof in sentences."""

from __future__ import annotations

import streamlit as st

from dashboard.components import navigation, proof_words, url
from dashboard.components.plain import escape
from registry.records import ModelVersion, Run


def show(run: Run, version: ModelVersion) -> None:
    """Draw the version, the warning where there is one, the sentences, and where to go."""
    stopped = run.result.get("stopped_early")
    st.success(
        f"Made the model version **{escape(version.spec)}**"
        + (" from the best weights before it was stopped." if stopped else "."),
        icon=":material/check_circle:",
    )
    proof_words.warning(version)
    proof_words.sentences(version)
    onward(version)


def onward(version: ModelVersion) -> None:
    """Fine-tune on it, or see all of its proof."""
    params = url.model(version.name, version.version)
    with st.container(horizontal=True, key=f"onward-{version.id}"):
        if st.button(
            "Train from it", key=f"onward-train-{version.id}", type="primary", icon=":material/model_training:"
        ):
            navigation.go(navigation.TRAIN, params)
        if st.button("All of its proof", key=f"onward-see-{version.id}", icon=":material/query_stats:"):
            navigation.go(navigation.MODELS, params)
