"""Bias: measure how one model treats groups, reduce it, and read the whole: `/bias?model=NAME&version=3&view=words`."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.components import model_views
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
    model_views.page("Bias", VIEWS, KINDS, lambda version: "classifiers" if version.kind == "fine_tuned" else "words")


if __name__ == "__main__":
    page()
