"""Fill-mask: what the model expects behind the masks of a text, and how well given words fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from core.errors import UserProblem
from dashboard.components import (
    inspect_fill_mask_candidates,
    inspect_fill_mask_model,
    inspect_fill_mask_options,
    inspect_fill_mask_result,
    inspect_fill_mask_text,
    inspected,
    told_progress,
)
from dashboard.components.inspect_fill_mask_options import Options
from dashboard.components.kept import kept
from dashboard.components.plain import escape
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.fill_mask.filling import Answered
    from core.inspection.subject import Subject


def show(version: ModelVersion) -> None:
    """Draw the view for one model; refused with the reason where its head is absent or untrained."""
    st.caption(
        "The model guesses what stands behind [MASK] from both sides, as it learned to in pre-training. The guesses "
        "show what is usual in the text that it was trained on, with its prejudices. They are no facts: a probability "
        "says how sure the model is, not how right."
    )
    subject = inspected.subject(version.id)
    try:
        model = inspect_fill_mask_model.loaded(version.id)
    except UserProblem as problem:
        inspect_fill_mask_model.refused(version, problem)
        return
    text = inspect_fill_mask_text.choose(subject)
    if text is None:
        return
    options = inspect_fill_mask_options.choose()
    found = _answered(model, subject, version, text, options)
    for note in found.read.notes:
        st.caption(f":material/info: {escape(note)}")
    inspect_fill_mask_result.show(version, found, options)
    inspect_fill_mask_candidates.show(version, model, subject, text, len(found.masks))


def _answered(model: Any, subject: Subject, version: ModelVersion, text: str, options: Options) -> Answered:
    """The masks filled, kept for the next run."""
    from core.inspection.fill_mask.filling import fill

    def make() -> Answered:
        with told_progress.told("Filling the masks …") as report, inspected.TURN:
            return fill(
                model, subject, text, top=options.top, order=options.order, beam=options.beam,
                continuations=options.continuations, report=report,
            )  # fmt: skip

    return kept("fill-mask", (version.id, text, options), make)
