"""Which words moved most at one layer, their neighbours before and after, and the words that were read differently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import exports, quantities

if TYPE_CHECKING:
    from core.inspection.before_after.result import BeforeAfter
    from dashboard.components.inspect_compare import Answer

NAMES = {
    "word": "word", "shift": "shift", "neighbours": "neighbours kept", "nearest_before": "nearest before",
    "nearest_after": "nearest after", "text": "sentence",
}  # fmt: skip


def show(answer: Answer) -> None:
    """Draw the layer's choice and the table, most moved first."""
    found = answer.found
    places = list(range(len(found.pairs)))
    pair = st.select_slider(
        "Layer", places, places[-1], format_func=found.name, key=f"compare-layer-{len(places)}",
        disabled=len(places) < 2,
    )  # fmt: skip
    headers, rows = found.word_table(int(pair))
    table = pd.DataFrame(rows, columns=list(headers))
    by = "their cosine with themselves" if found.shift is not None else "the neighbours they lost"
    st.caption(
        f"{quantities.count(len(rows), 'word')}, most moved first by {by}. A word keeps "
        f"{found.overlap[:, pair].mean():.2f} of its {found.k} nearest, by chance {found.overlap_chance:.2f}."
    )
    shown = table[list(NAMES)].rename(columns=NAMES).dropna(axis=1, how="all")
    st.dataframe(shown.round(4), key="compare-words-table", hide_index=True, width="stretch", height=420,
                 alt="Words, most moved first")  # fmt: skip
    exports.exports(f"compare-words-{found.name(int(pair))}".replace(" ", "-"), "compare-words", table)
    differing(found)


def differing(found: BeforeAfter) -> None:
    """Words that the two tokenizers cut differently."""
    words = found.differing
    if not words:
        st.caption("Both models cut every word into the same pieces.")
        return
    with st.expander(f"Read differently ({len(words):,})", icon=":material/content_cut:", key="compare-differing"):
        st.caption("The same characters, cut at other places. Their vectors are means over other pieces.")
        rows = {(word.occurrence.word, " ".join(word.before), " ".join(word.after)) for word in words}
        st.dataframe(
            pd.DataFrame(sorted(rows), columns=["word", "pieces before", "pieces after"]),
            key="compare-differing-table", hide_index=True, width="stretch", alt="Words that are read differently",
        )  # fmt: skip
