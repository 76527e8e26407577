"""How masks are filled: how many guesses, in which order, how wide the search, with or without ## pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import streamlit as st

ORDERS = {"best_first": "Most certain first", "left_to_right": "Left to right"}


@dataclass(frozen=True)
class Options:
    """What `core.inspection.fill_mask.filling.fill` takes."""

    top: int
    order: Literal["best_first", "left_to_right"]
    beam: int
    continuations: bool


def choose() -> Options:
    """Draw the options."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="fill-mask-options"):
        top = st.number_input("Guesses a mask", 1, 100, 10, key="fill-mask-top", width=130)
        order = st.segmented_control(
            "Several masks", list(ORDERS), format_func=ORDERS.__getitem__, default="best_first", required=True,
            key="fill-mask-order", help="Each mask is filled knowing those filled before it.",
        )  # fmt: skip
        beam = st.number_input(
            "Beam", 1, 20, 5, key="fill-mask-beam", width=110,
            help="How many fillings are kept at each step. More find better ones and take longer.",
        )  # fmt: skip
        whole = st.toggle("Whole words only", key="fill-mask-whole", help="Leaves out pieces that go on a word (##).")
    return Options(int(top), "left_to_right" if order == "left_to_right" else "best_first", int(beam), not whole)
