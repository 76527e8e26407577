"""Inspect: look inside one model, a view at a time: `/inspect?model=NAME&version=3&view=attention`."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.components import model_views

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
    model_views.page("Inspect", VIEWS, ("pretrained", "fine_tuned"), lambda version: "words")


if __name__ == "__main__":
    page()
