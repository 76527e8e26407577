"""What a mitigation did: each measure before and after, whether the bias turned round, what can still be found again,
and what it cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import bias_lab_chart, exports
from dashboard.components.plain import escape

MOST = 4000  # characters of a note: every pair that was dropped is named
HIDES = "Removing a direction hides more than it removes"
HIDES_SOURCE = "Gonen and Goldberg 2019"
WAYS = {
    "towards": "→ towards neutral", "away": "← away from neutral", "unchanged": "= unchanged", "unknown": "? not known",
}  # fmt: skip


def show(said: Mapping[str, Any], key: str) -> None:
    """Draw the facts that a version keeps under "mitigation"."""
    changes = said["changes"]
    _flags(said)
    _table(changes, key)
    drawn = bias_lab_chart.chart(changes)
    if drawn is not None:
        st.altair_chart(drawn, key=f"{key}-chart", alt=bias_lab_chart.described(changes), width="stretch")
    exports.exports(f"before-and-after-{said['name']}", key, frame(changes), drawn)
    st.markdown(f"**{HIDES}** ({HIDES_SOURCE}).")
    _score(said.get("score"))
    for note in said["notes"]:
        st.markdown(f"- {escape(note, MOST)}")
    with st.expander("Settings and figures of the method", key=f"{key}-settings"):
        st.json({"settings": said["settings"], "figures": said["facts"], "words": said["inputs"]["name"]})


def frame(changes: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """One row a measure, in words."""
    rows = [
        {
            "measure": one["title"], "inputs": one["inputs"], "before": one["before"], "after": one["after"],
            "neutral": one["neutral"], "went": went(one), "given its words": "yes" if one["tuned"] else "no",
            "p before": one["p_before"], "p after": one["p_after"], "measured on": one["sample"], "note": one["note"],
        }
        for one in changes
    ]  # fmt: skip
    return pd.DataFrame(rows)


def went(one: Mapping[str, Any]) -> str:
    """The way in a few words, over-correction with its size."""
    if one["over"] is not None:
        return f"↷ over-corrected by {one['over']:.3f}"
    return WAYS[one["way"]]


def _table(changes: Sequence[Mapping[str, Any]], key: str) -> None:
    table = frame(changes)
    number = st.column_config.NumberColumn(format="%.3f")
    small = dict.fromkeys(("before", "after", "neutral"), number)
    tiny = {name: st.column_config.NumberColumn(format="%.2g") for name in ("p before", "p after")}
    hidden = [name for name in ("note", "measured on") if not table[name].str.strip().any()]
    st.dataframe(table.drop(columns=hidden), key=f"{key}-rows", hide_index=True, column_config={**small, **tiny})


def _flags(said: Mapping[str, Any]) -> None:
    """What a reader must not miss, as sentences."""
    over = [one for one in said["changes"] if one["over"] is not None]
    if over:
        named = ", ".join(f"{one['inputs']} by {one['over']:.2f}" for one in over)
        st.warning(f"Over-corrected, the bias turned round: {escape(named)}.", icon=":material/undo:")
    away = [one["inputs"] for one in said["changes"] if one["way"] == "away" and one["over"] is None]
    if away:
        st.warning(f"Further from neutral than before: {escape(', '.join(away))}.", icon=":material/trending_up:")
    found = said.get("recoverable")
    if found:
        st.info(escape(_again(found)), icon=":material/manage_search:")


def _again(found: Mapping[str, Any]) -> str:
    from core.bias.mitigation_card import again

    return again(found)


def _score(score: Mapping[str, Any] | None) -> None:
    if not score:
        return
    if "problem" in score:
        st.caption(escape(score["problem"]))
        return
    before, after, difference = score["before"]["value"], score["after"]["value"], score["difference"]
    st.markdown(
        f"**Task score** on {score['rows']:,} test rows of {escape(score['dataset'])}: macro-F1 {before:.3f} before, "
        f"{after:.3f} after. {escape(score['verdict'])}"
    )
    if difference["low"] is not None:
        st.caption(
            f"Difference {difference['value']:+.3f}, 95 % interval {difference['low']:+.3f} to "
            f"{difference['high']:+.3f}, on the same resampled rows."
        )
