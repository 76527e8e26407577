"""Classifiers: counterfactual pairs and groups compared; choose rows and terms, measure, read the pairs themselves."""

from __future__ import annotations

import streamlit as st

from dashboard.components import bias_run, classifier_results, counterfactual_form, navigation, subgroup_form, url
from dashboard.components.plain import escape
from registry.records import ModelVersion

KEY = "bias-classifiers"
MODES = {"pairs": ("counterfactual", "Counterfactuals"), "groups": ("subgroups", "Groups")}


def show(version: ModelVersion) -> None:
    """Draw the view; a sentence and a way on where the model decides nothing."""
    if version.kind != "fine_tuned":
        st.info(
            f"{escape(version.spec)} is no classifier: it decides nothing whose fairness could be measured. "
            "Choose a classifier above, or train one on your labels. The other views fit this model.",
            icon=":material/label_off:",
        )
        navigation.link(navigation.TRAIN, "Train a classifier", icon=":material/model_training:")
        return
    st.caption(
        "What a model does with texts about groups comes first: figures about its vectors need not carry over to it "
        "(Goldfarb-Tarrant et al. 2021)."
    )
    write = url.follow("mode", f"{KEY}-mode", {name: name for name in MODES}, "pairs")
    mode = st.segmented_control(
        "What is compared", list(MODES), format_func=lambda name: MODES[name][1], key=f"{KEY}-mode", required=True,
        on_change=write,
    ) or "pairs"  # fmt: skip
    form = counterfactual_form if mode == "pairs" else subgroup_form
    form.show(version)
    bias_run.watched(version)
    shown = classifier_results.show(version, MODES[mode][0])
    if not shown or classifier_results.others(version, MODES[mode][0]):
        bias_run.results(version, "classifiers", without=[MODES[mode][0]])
