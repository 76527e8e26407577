"""Which head, between what, and how it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components.attention_heads import MEAN, keys

if TYPE_CHECKING:
    from core.inspection.attention.view import Span
    from core.inspection.attention.weights import Attention

DIRECTIONS = {
    "all": "Within and between both texts",
    "first_to_second": "From the first text to the second",
    "second_to_first": "From the second text to the first",
}
DRAWN = ("Matrix", "Lines")


@dataclass(frozen=True)
class Asked:
    """The choices of a visitor; `head` is None for the mean of the layer's heads."""

    layer: int
    head: int | None
    drawn: str
    by_pieces: bool
    specials: bool
    direction: str


def ask(version_id: str, attention: Attention) -> Asked:
    """Draw the fields."""
    of_layer, of_head = keys(version_id)
    first, second, third = st.columns([1, 1, 2], vertical_alignment="bottom")
    with first:
        layer = st.selectbox("Layer", range(1, attention.layers + 1), key=of_layer)
    with second:
        head = st.selectbox("Head", range(attention.heads + 1), format_func=_head, key=of_head)
    with third:
        drawn = st.segmented_control("Drawn as", DRAWN, default="Matrix", required=True, key="attention-drawn")
    with st.container(horizontal=True, key="attention-toggles"):
        by_pieces = st.toggle(
            "Pieces instead of words", key="attention-pieces",
            help="Attention to a split word is the sum over its pieces, attention from it the mean over them.",
        )  # fmt: skip
        specials = st.toggle("Special pieces, such as [CLS] and [SEP]", key="attention-specials")
    direction = "all"
    if len(attention.reading.texts) == 2:
        direction = st.segmented_control(
            "Direction", list(DIRECTIONS), format_func=DIRECTIONS.__getitem__, default="all", required=True,
            key="attention-direction",
        ) or "all"  # fmt: skip
    return Asked(layer, head or None, drawn or DRAWN[0], by_pieces, specials, direction)


def spans(size: tuple[int, int], asked: Asked) -> tuple[Span | None, Span | None]:
    """Sliders over rows and columns where there are more than can be drawn with all their words."""
    from core.inspection.charts.attention_lines import SIDE

    if max(size) <= SIDE:
        return None, None
    unit = "pieces" if asked.by_pieces else "words"
    first, second = st.columns(2)
    with first:
        rows = _span(f"From {unit}", size[0], SIDE, asked, "rows")
    with second:
        columns = _span(f"To {unit}", size[1], SIDE, asked, "columns")
    return rows, columns


def _span(title: str, most: int, side: int, asked: Asked, name: str) -> Span | None:
    if most < 2:
        return None
    last = min(most, side) if asked.drawn == "Lines" else most
    chosen: Span = st.slider(
        title, 1, most, (1, last), key=f"attention-{name}-{asked.drawn}-{most}",
        help=f"Choose {side} or fewer on both sides to see every word.",
    )  # fmt: skip
    return chosen


def _head(number: int) -> str:
    return "Mean of all heads" if number == MEAN else str(number)
