"""Masks filled: together with the joint score beside each by itself, and the guesses of one mask as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import exports, quantities
from dashboard.components.inspect_fill_mask_options import Options
from dashboard.components.plain import escape
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.fill_mask.filling import Answered

HOW = {"best_first": "the most certain mask first", "left_to_right": "from left to right"}


def show(version: ModelVersion, found: Answered, options: Options) -> None:
    """Draw what was found."""
    from core.inspection.charts.fill_mask import guesses_chart, guesses_frame

    if found.apart is not None:
        _together(version, found, options)
    table = guesses_frame(found)
    mask = _mask(len(found.masks))
    shown = table[table["mask"] == mask]
    best = ", ".join(f"{row.piece} {row.probability:.1%}" for row in shown.head(5).itertuples())
    st.altair_chart(
        guesses_chart(shown).properties(width="container"), key="fill-mask-chart", alt=f"Mask {mask}: {best}"
    )
    hidden = quantities.share(found.hidden[mask - 1])
    left_out = "special and unused pieces" + ("" if options.continuations else ", and pieces that go on a word")
    st.caption(
        f"Probabilities are over the whole vocabulary. Not offered: {left_out}; together they have {hidden} here."
        + (" Every other mask is still masked here." if len(found.masks) > 1 else "")
    )
    exports.exports(f"fill-mask-{version.name}", "fill-mask-out", table, guesses_chart(table))


def _mask(masks: int) -> int:
    if masks == 1:
        return 1
    chosen = st.segmented_control(
        "Each mask by itself", range(1, masks + 1), format_func=lambda number: f"Mask {number}", default=1,
        required=True, key=f"fill-mask-which-{masks}",
    )  # fmt: skip
    return int(chosen or 1)


def _together(version: ModelVersion, found: Answered, options: Options) -> None:
    from core.inspection.charts.fill_mask import together_frame

    best, apart = found.together[0], found.apart
    st.markdown(f"**Filled together** {escape(best.text)}")
    order = " ".join(map(str, best.order))
    st.caption(
        f"The score is the sum of ln p of the pieces, each mask filled knowing those before it, {HOW[options.order]} "
        f"(masks {order}), with {options.beam} fillings kept at each step. Another order gives another sum, and the "
        "search may miss a better filling."
    )
    if apart is not None and found.differs:
        st.markdown(f"**Each by itself** {escape(apart.text)}")
        st.caption(
            f"In the same order this scores {apart.log_probability:.3f}, together {best.log_probability:.3f}: "
            "masks are not independent."
        )
    else:
        st.caption("Each mask by itself gives the same pieces here.")
    table: pd.DataFrame = together_frame(found)
    st.dataframe(
        table, key="fill-mask-together", hide_index=True, alt="Fillings, the best first",
        column_config={"ln p": st.column_config.NumberColumn(format="%.3f")},
    )  # fmt: skip
    exports.exports(f"filled-together-{version.name}", "fill-mask-together-out", table)
