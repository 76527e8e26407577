"""Choose a measure of one family; the address names it: `/bias?view=words&measure=weat`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import url
from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.bias.measure import Family, Measure


def choose(family: Family, key: str, *, neutral: bool = False) -> Measure:
    """Draw the choice, what the measure asks and who made it; its neutral value too where `neutral` says so."""
    from core.bias.measures import MEASURES

    known = {name: one for name, one in MEASURES.items() if one.family == family}
    write = url.follow("measure", f"{key}-measure", {name: name for name in known}, next(iter(known)))
    name = st.selectbox(
        "Measure", list(known), format_func=lambda one: known[one].title, key=f"{key}-measure", on_change=write
    )
    one = known[name]
    said = (
        f" Neutral is {one.neutral:g}{' %' if one.high == 100 else ''}." if neutral and one.neutral is not None else ""
    )
    st.caption(f"{escape(one.summary)}{said} {escape(one.source)}.")
    return one
