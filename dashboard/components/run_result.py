"""What came of a finished run: a model version with its headline scores, or a file of predictions."""

from __future__ import annotations

import streamlit as st

from dashboard.components import headline, model_scores, navigation, predictions, pretrain_result, url
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry import models
from registry.errors import NotFound
from registry.records import ModelVersion, Run


def show(run: Run) -> None:
    """Draw the result of `run`, whatever its kind."""
    if run.kind == "predict":
        predictions.show(run)
    elif run.kind == "bias":
        _measured(run)
    elif run.kind == "mitigate":
        _mitigated(run)
    elif run.result.get("model_version") or run.config.get("model"):
        _model(run)


def _model(run: Run) -> None:
    version = made(run)
    if version is None:
        st.info("The model version that this run made has been deleted since.", icon=":material/delete:")
        return
    if run.kind == "pretrain":
        pretrain_result.show(run, version)
        return
    score, dataset = model_scores.newest(version)
    verb = "Made" if run.kind == "fine_tune" else "Scored"
    st.success(
        f"{verb} the model version **{escape(version.spec)}**"
        + (" from the best checkpoint before it was stopped." if run.result.get("stopped_early") else "."),
        icon=":material/check_circle:",
    )
    if score:
        headline.show(score, dataset, version.spec, f"result-{run.id}")
    onward(version)


def _measured(run: Run) -> None:
    """The way to what a bias run found."""
    version = made(run)
    if version is None:
        st.info("The model version that was measured has been deleted since.", icon=":material/delete:")
        return
    number = len(run.result.get("results", ()))
    st.success(f"Measured **{escape(version.spec)}**: {number} results.", icon=":material/check_circle:")
    if st.button("See them", key=f"onward-bias-{run.id}", type="primary", icon=":material/balance:"):
        navigation.go(navigation.BIAS, {**url.model(version.name, version.version), "run": run.id})


def _mitigated(run: Run) -> None:
    """What a mitigation made, and the way to its figures before and after."""
    version = made(run)
    if version is None:
        st.info("The model version that this run made has been deleted since.", icon=":material/delete:")
        return
    parent = str(run.result.get("parent_spec", ""))
    st.success(
        f"Made the model version **{escape(version.spec)}** of {escape(parent)}.", icon=":material/check_circle:"
    )
    if st.button("Before and after", key=f"onward-lab-{run.id}", type="primary", icon=":material/science:"):
        navigation.go(navigation.BIAS, {**url.model(version.name, version.version), "view": "lab"})


def made(run: Run) -> ModelVersion | None:
    """The model version that the run made or scored, if it is still there."""
    try:
        with registry().read() as session:
            return models.get(session, str(run.result.get("model_version") or run.config["model"]))
    except NotFound:
        return None


def onward(version: ModelVersion) -> None:
    """Where to go with a new model version."""
    params = url.model(version.name, version.version)
    with st.container(horizontal=True, key=f"onward-{version.id}"):
        if st.button("Classify with it", key=f"onward-use-{version.id}", type="primary", icon=":material/label:"):
            navigation.go(navigation.CLASSIFY, params)
        if st.button("All its scores", key=f"onward-see-{version.id}", icon=":material/query_stats:"):
            navigation.go(navigation.MODELS, params)
