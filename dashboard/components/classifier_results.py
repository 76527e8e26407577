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


def show(version: ModelVersion, measure: str) -> bool:
    """Every newest result of the measure on this version, those of the run in the address open; True if any."""
    run = bias_run.asked_run()
    found = [one for one in _newest(version) if one.measure == measure]
    if not found:
        return False
    st.subheader("Pairs" if measure == "counterfactual" else "Groups", anchor=False)
    for one in found:
        opened = run is not None and one.run == run.id
        fold = st.expander(bias_run.title(one), opened, key=f"own-{one.id}", on_change="rerun")
        if fold.open:
            with fold, problems.told():
                OWN[measure](one)
                st.markdown("**The figure**")
                bias_card.show(one)
    return True


def others(version: ModelVersion, measure: str) -> bool:
    """Whether another measure of classifiers was taken of this version."""
    from core.bias.measures import MEASURES

    return any(
        one.measure != measure and one.measure in MEASURES and MEASURES[one.measure].family == "classifiers"
        for one in _newest(version)
    )


def _newest(version: ModelVersion) -> tuple[BiasResult, ...]:
    with registry().read() as session:
        return bias_results.newest(session, version.id)
