"""The models that are ready in this process, for classifying one text at a time.

Loading takes a few seconds the first time (torch itself is imported then, and not before); two models stay loaded. One
text is classified at a time, so that many visitors do not run many times the threads.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.components.services import registry, who
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inference.classifier import Classifier

TURN = threading.Semaphore(1)


def classify(version: ModelVersion, text: str, pair: str | None) -> Any:
    """Predictions for one text."""
    classifier = load(version.id)
    with TURN:
        return classifier.predict([text], None if pair is None else [pair])


@st.cache_resource(max_entries=2, show_spinner="Loading the model, a few seconds the first time …")
def load(version_id: str) -> Classifier:
    """The classifier of a version, its files checked and its golden rows replayed."""
    from core.jobs import model_loading

    return model_loading.load(registry(), version_id, who())[1]
