"""Results of one measure of classifiers: what only it has to show stands above the card that every measure shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.components import bias_card, bias_run, counterfactual_pairs, problems, subgroup_slider
from dashboard.components.services import registry
from registry import bias_results
from registry.records import BiasResult, ModelVersion

OWN: Mapping[str, Callable[[BiasResult], None]] = {
    "counterfactual": counterfactual_pairs.show,
    "subgroups": subgroup_slider.show,
}


def show(version: ModelVersion, measure: str) -> None:
    """Every newest result of the measure on this version, those of the run in the address open."""
    run = bias_run.asked_run()
    with registry().read() as session:
        found = [one for one in bias_results.newest(session, version.id) if one.measure == measure]
    if not found:
        return
    st.subheader("Pairs" if measure == "counterfactual" else "Groups", anchor=False)
    for one in found:
        opened = run is not None and one.run == run.id
        fold = st.expander(bias_run.title(one), opened, key=f"own-{one.id}", on_change="rerun")
        if fold.open:
            with fold, problems.told():
                OWN[measure](one)
                bias_card.show(one)
