"""Inspect: look inside one model, a view at a time: `/inspect?model=NAME&version=3&view=attention`."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import streamlit as st

from dashboard.components import choose_model, problems, url

# word in the address -> title, icon; the view is drawn by `show(version)` of dashboard/components/inspect_<word>.py
VIEWS: Mapping[str, tuple[str, str]] = {
    "words": ("Words in context", "match_word"),
    "senses": ("Senses", "call_split"),
    "tokens": ("Tokens", "data_array"),
    "fill_mask": ("Fill-mask", "edit_square"),
    "attention": ("Attention", "hub"),
    "attribution": ("Attributions", "highlight"),
    "compare": ("Before and after", "compare"),
    "geometry": ("Geometry", "scatter_plot"),
    "probing": ("Layers", "layers"),
}


def page() -> None:
    """Draw the model's choice, the views' names, and the chosen view."""
    st.title("Inspect", anchor=False)
    found = [item for kind in ("pretrained", "fine_tuned") for item in choose_model.versions(kind)]  # type: ignore[arg-type]
    version = choose_model.choose("Model", found, "inspect-model")
    url.put(model=version.name, version=version.version)
    words = {name: name for name in VIEWS}
    write = url.follow("view", "inspect-view", words, "words")
    view = st.segmented_control(
        "View", list(VIEWS), format_func=lambda name: f":material/{VIEWS[name][1]}: {VIEWS[name][0]}", required=True,
        key="inspect-view", label_visibility="collapsed", on_change=write,
    )  # fmt: skip
    with problems.told():
        import_module(f"dashboard.components.inspect_{view}").show(version)


if __name__ == "__main__":
    page()
