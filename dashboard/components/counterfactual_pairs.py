"""The pairs of a counterfactual test as sentences, the changed words marked, the largest shift first."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import blurred
from dashboard.components.kept import kept
from dashboard.components.plain import escape
from dashboard.components.quantities import count
from dashboard.components.services import registry
from registry.records import BiasResult

PIECES = re.compile(r"\w+(?:[’'-]\w+)*|\s+|.", re.DOTALL)
PAGE, CONTEXT = 10, 12  # pairs at first; words shown around a change of a long text
ALL = "all groups"


def show(result: BiasResult) -> None:
    """Filters and the pairs."""
    from core.bias import found as found_files
    from core.bias.counterfactual.tables import PAIRS

    found = kept(f"bias-{result.id}", result.id, lambda: found_files.read(registry().artifacts.local(result.artifact)))
    table = found.tables.get(PAIRS)
    if table is None or not len(table):
        return
    hidden = found.offends and not blurred.asked(f"pairs-{result.id}")
    chosen = _filtered(table, result.id)
    st.caption(
        f"{count(len(chosen), 'pair')} of {len(table):,}, the largest shift first. Read them before the figures: a "
        "pair that nobody would write says nothing about people."
    )
    shown = int(st.session_state.get(f"pairs-shown-{result.id}", PAGE))
    for row in chosen.head(shown).to_dict("records"):
        _pair(row, hidden)
    if len(chosen) > shown and st.button("More pairs", key=f"pairs-more-{result.id}", icon=":material/expand_more:"):
        st.session_state[f"pairs-shown-{result.id}"] = shown + PAGE
        st.rerun()


def _filtered(table: pd.DataFrame, key: str) -> pd.DataFrame:
    names = sorted({*table["from"], *table["to"]})
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"pairs-filter-{key}"):
        flips = st.toggle(f"Only flips ({int(table['flipped'].sum()):,})", key=f"pairs-flips-{key}")
        group = st.selectbox("Group", [ALL, *names], key=f"pairs-group-{key}", width=240)
    if flips:
        table = table[table["flipped"]]
    return table if group == ALL else table[(table["from"] == group) | (table["to"] == group)]


def _pair(row: dict[Any, Any], hidden: bool) -> None:
    first, second = marked(str(row["original"]), str(row["counterfactual"]), hidden)
    if row.get("original, second text"):
        more = marked(str(row["original, second text"]), str(row["counterfactual, second text"]), hidden)
        first, second = f"{first} ‖ {more[0]}", f"{second} ‖ {more[1]}"
    flip = " **the decision flips**" if row["flipped"] else ""
    way = f"{escape(str(row['from']))} → {escape(str(row['to']))}" if row["from"] != "both" else "both exchanged"
    truth = f", labelled {escape(str(row['true label']))}" if row.get("true label") else ""
    st.markdown(
        f"{first}  \n{second}  \n:gray[{escape(str(row['label']))} {row['p before']:.3f} → {row['p after']:.3f} "
        f"({row['shift']:+.3f}) · {way} · row {escape(str(row['row']))}{truth}]{flip}"
    )


def marked(first: str, second: str, hidden: bool = False) -> tuple[str, str]:
    """Both texts as Markdown with the words that differ on a coloured ground; covered where `hidden`."""
    left, right = PIECES.findall(first), PIECES.findall(second)
    out: tuple[list[str], list[str]] = ([], [])
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        for side, (pieces, colour) in enumerate(((left[a:b], "orange"), (right[c:d], "blue"))):
            out[side].append(_stretch(pieces, "" if kind == "equal" else colour, hidden))
    return "".join(out[0]), "".join(out[1])


def _stretch(pieces: list[str], colour: str, hidden: bool) -> str:
    text = "".join(pieces)
    if not text.strip():
        return " " if text else ""
    if not colour and len(pieces) > 4 * CONTEXT:
        text = f"{''.join(pieces[: 2 * CONTEXT])} … {''.join(pieces[-2 * CONTEXT :])}"
    shown = escape(blurred.words(text) if hidden else text, 2_000)
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}:{colour}-background[**{shown}**]{after}" if colour else f"{before}{shown}{after}"
