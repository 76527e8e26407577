"""Bias: measure how one model treats groups, reduce it, and read the whole: `/bias?model=NAME&version=3&view=words`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import streamlit as st

from dashboard.components import choose_model, problems, url
from registry.records import ModelKind

# word in the address -> title, icon; the view is drawn by `show(version)` of dashboard/components/bias_<word>.py
VIEWS: Mapping[str, tuple[str, str]] = {
    "classifiers": ("Classifiers", "label"),
    "words": ("Word associations", "compare_arrows"),
    "sentences": ("Sentences", "notes"),
    "masked": ("Masked words", "edit_square"),
    "tokens": ("Tokenisation", "data_array"),
    "lab": ("Mitigation lab", "science"),
    "passport": ("Passport", "assignment"),
}
KINDS: tuple[ModelKind, ...] = ("fine_tuned", "pretrained", "static_vectors")


def page() -> None:
    """Draw the model's choice, the views' names, and the chosen view."""
    st.title("Bias", anchor=False)
    found = [item for kind in KINDS for item in choose_model.versions(kind)]
    version = choose_model.choose("Model", found, "bias-model")
    url.put(model=version.name, version=version.version)
    words = {name: name for name in VIEWS}
    start = "classifiers" if version.kind == "fine_tuned" else "words"
    write = url.follow("view", "bias-view", words, start)
    view = st.segmented_control(
        "View", list(VIEWS), format_func=lambda name: f":material/{VIEWS[name][1]}: {VIEWS[name][0]}", required=True,
        key="bias-view", label_visibility="collapsed", on_change=write,
    )  # fmt: skip
    with problems.told():
        import_module(f"dashboard.components.bias_{view}").show(version)


if __name__ == "__main__":
    page()
