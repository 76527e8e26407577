"""The two models as classifiers, where both are; else why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import loaded_model
from dashboard.components.compare_model import Pair
from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.inference.classifier import Classifier


def both(pair: Pair) -> tuple[Classifier, Classifier] | None:
    """Both classifiers of the same labels; None, and a sentence on the page, where they are not."""
    lacking = [version.spec for version in (pair.before, pair.after) if version.kind != "fine_tuned"]
    if lacking:
        st.info(escape(f"{' and '.join(dict.fromkeys(lacking))} decides nothing: it is no classifier. Choose two "
                       "classifiers to compare this."), icon=":material/label_off:")  # fmt: skip
        return None
    if set(pair.before.labels) != set(pair.after.labels):
        st.info("The two classifiers have different labels, so their answers cannot be compared.",
                icon=":material/label_off:")  # fmt: skip
        return None
    return loaded_model.load(pair.before.id), loaded_model.load(pair.after.id)
