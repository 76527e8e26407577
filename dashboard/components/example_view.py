"""One pre-training example for people: the pieces in colour as the model sees them, and every position in a table.

A piece is somebody's text: it goes through `escape` into coloured Markdown, and as it is into table cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import pandas as pd
import streamlit as st

from core.pretraining.explanation import Explained, Explanation
from dashboard.components.plain import escape

PAIRS = {
    "is next": "B follows A in the text",
    "random": "B was taken from elsewhere",
    "in order": "A and B stand in their order",
    "swapped": "A and B are swapped",
}
FATES = {
    "masked": ("orange", "masked: shown as [MASK]"),
    "random": ("red", "random: another piece in its place"),
    "kept": ("green", "kept: as it was, and asked for all the same"),
}
ASKED = {"masked": "masked", "random": "random piece", "kept": "kept"}


def show(example: Explanation, key: str) -> None:
    """Draw segments, legend, the pair's label and the table of positions."""
    for segment, pieces in groupby(example.pieces, lambda each: each.segment):
        st.markdown(f"**{segment}** {coloured(pieces)}")
    st.markdown(legend(example))
    if example.pair_label is not None:
        said = PAIRS.get(example.pair_label, "")
        st.markdown(f"**Pair label** {example.pair_label_id}: {escape(example.pair_label)}. {said}.")
    if example.note:
        st.caption(escape(example.note))
    st.dataframe(table(example), key=f"{key}-table", hide_index=True, height=320, alt="Every position of the example")


def coloured(pieces: Iterable[Explained]) -> str:
    """Pieces as the model sees them: chosen ones on a colour, special ones grey, the others plain."""
    return " ".join(_piece(each) for each in pieces)


def _piece(each: Explained) -> str:
    text = escape(each.piece)
    if each.chosen:
        return _marked(text, FATES[each.fate][0])
    return f":gray-background[{text}]" if each.special else text


def _marked(text: str, colour: str) -> str:
    """Bold and coloured on a pale ground of the same colour: told apart in light and in dark."""
    return f":{colour}-background[:{colour}[**{text}**]]"


def legend(example: Explanation) -> str:
    """What the colours mean, with how many pieces of each."""
    counts = example.counts
    parts = [f"{_marked(str(counts.get(fate, 0)), colour)} {escape(words)}" for fate, (colour, words) in FATES.items()]
    return " · ".join(parts)


def table(example: Explanation) -> pd.DataFrame:
    """One row a position."""
    return pd.DataFrame(
        [
            {
                "position": each.position,
                "segment": each.segment,
                "the model sees": each.piece,
                "in the text": each.original,
                "chosen": each.chosen,
                "what became of it": ASKED.get(each.fate, "") if each.chosen else "",
                "label": each.label or "",
            }
            for each in example.pieces
        ]
    )
