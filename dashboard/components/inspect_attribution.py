"""Attributions: which words made a classifier give a label, by several methods on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import (
    attribution_answer,
    attribution_checks,
    attribution_form,
    attribution_windows,
    inspected,
    loaded_model,
    navigation,
    problems,
    told_progress,
)
from dashboard.components.attribution_form import Asked
from dashboard.components.plain import escape
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inference.classifier import Classifier
    from core.inspection.attribution import Attribution, Sight

KEPT = 5  # answers that are held for one visitor


def show(version: ModelVersion) -> None:
    """Draw the form, and the answer to what was asked last."""
    st.caption(
        "Every word gets a score: how much it moved the classifier's logit for one label. That says what this model "
        "reacted to on this text, not why the label is right, nor how it would treat another text. Methods differ: "
        "look at two, and at whether their words matter. Attention stands beside them for comparison only."
    )
    if version.kind != "fine_tuned":
        no_classifier(version)
        return
    classifier = loaded_model.load(version.id)
    asked = attribution_form.ask(version, classifier.scorer.kind)
    asked = attribution_windows.choose(classifier, asked, f"attribution-{version.id}")
    kept = st.session_state.setdefault(f"attribution-found-{version.id}", {})
    if st.button("Explain", type="primary", icon=":material/highlight:", key=f"attribution-go-{version.id}"):
        with problems.told():
            if ready(asked):
                kept[asked] = explain(classifier, asked, f"attribution-stop-{version.id}")
                for old in list(kept)[:-KEPT]:
                    del kept[old]
    if asked in kept:
        answer(kept[asked], f"attribution-{version.id}")
    elif kept:
        st.info("What was explained before was another text or had other settings. Press Explain for these.")


def no_classifier(version: ModelVersion) -> None:
    """A pretrained model gives no labels: say what to do."""
    st.info(
        f"{escape(version.spec)} gives no labels, so there is no prediction to explain. Choose a classifier above, or "
        "train one on labelled texts.",
        icon=":material/model_training:",
    )
    navigation.link(navigation.TRAIN, "Train a classifier", icon=":material/model_training:")


def ready(asked: Asked) -> bool:
    """Whether there is something to explain; says what is missing."""
    if not asked.text.strip():
        st.warning("Write a text first, or try an example.", icon=":material/edit:")
    elif not asked.methods:
        st.warning("Choose a method first.", icon=":material/checklist:")
    return bool(asked.text.strip() and asked.methods)


Answer = tuple["Sight", list["Attribution"], dict[object, object]]


def explain(classifier: Classifier, asked: Asked, stop: str) -> Answer:
    """Read the text once and score it by every method; a click on Stop ends the run of this page."""
    from core.inspection.attribution import attribute_sight, look

    place = st.empty()
    place.button("Stop", icon=":material/stop_circle:", key=stop)
    with told_progress.told("Explaining …") as report, inspected.TURN:
        sight = look(classifier, asked.text, asked.pair, unit=asked.unit)
        found = [
            attribute_sight(
                sight, method=name, label=asked.label, contrast=asked.contrast, options=asked.options, report=report
            )
            for name in asked.methods
        ]
    place.empty()
    return sight, found, {}


def answer(found: Answer, key: str) -> None:
    """All methods, then how far they can be trusted."""
    sight, attributions, checked = found
    attribution_answer.show(attributions, key)
    attribution_checks.agreement(attributions, key)
    attribution_checks.faithfulness(sight, attributions, key, checked)  # type: ignore[arg-type]
