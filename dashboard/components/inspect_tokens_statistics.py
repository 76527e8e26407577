"""Pieces a word over a dataset or pasted text: the measures, their distribution, the words that are split most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import exports, inspect_tokens_source, inspected, problems, quantities, told_progress
from dashboard.components.inspect_tokens_source import Source
from dashboard.components.plain import escape
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.pieces_per_word import Fertility
    from core.inspection.subject import Subject

FOUND = "tokens-statistics-found"


def show(version: ModelVersion, subject: Subject) -> None:
    """Draw the choice of texts and, when it was measured, what was found."""
    source = inspect_tokens_source.choose("tokens-statistics")
    if source is None:
        return
    asked = (version.id, source.key)
    if st.button("Count pieces", type="primary", icon=":material/calculate:", key="tokens-statistics-go"):
        with problems.told():
            st.session_state[FOUND] = (asked, measure(subject, source))
    held = st.session_state.get(FOUND)
    if held is None or held[0] != asked:
        st.info("Nothing is counted yet for this choice: press the button. No model runs, only the tokenizer.")
        return
    _shown(version, held[1])


def measure(subject: Subject, source: Source) -> Fertility:
    """Count, telling how far it is."""
    from core.inspection.pieces_per_word import fertility, sampled

    with told_progress.told("Counting pieces …") as report, inspected.TURN:
        texts, found = sampled(source.texts(), most=source.most, report=report)
        return fertility(subject.tokenizer, texts, found=found, report=report)


def _shown(version: ModelVersion, found: Fertility) -> None:
    from core.inspection.charts import tokens as charts

    numbers(found)
    measured = {version.spec: found}
    table = charts.distribution_frame(measured)
    chart = charts.distribution_chart(table)
    st.altair_chart(
        chart.properties(width="container"), key="tokens-statistics-chart", alt=charts.distribution_words(measured)
    )
    exports.exports(f"pieces-a-word-{version.name}", "tokens-statistics-out", table, chart)
    st.markdown("**Words that are split most often**")
    split = most_split(found)
    if split.empty:
        st.caption("No word is split.")
        return
    st.dataframe(split, key="tokens-split", hide_index=True, height=320, alt="Split words, the most frequent first")
    exports.exports(f"split-words-{version.name}", "tokens-split-out", split)


def numbers(found: Fertility) -> None:
    """The measures in a row, with their intervals below."""
    values = {
        "Pieces a word": (quantities.score(found.value.value), found.value),
        "Split words": (quantities.share(found.split.value or 0), found.split),
        "Unknown words": (quantities.share(found.unknown.value or 0), found.unknown),
    }
    with st.container(horizontal=True, key="tokens-statistics-numbers"):
        for name, (value, interval) in values.items():
            bounds = f"95 % interval {interval.low:.4f} to {interval.high:.4f}" if interval.low is not None else None
            st.metric(name, value, help=bounds or interval.reason, width=170)
        st.metric("Texts too long", quantities.share(found.longer), width=170, help=f"Over {found.limit:,} pieces.")
    sample = "" if found.texts == found.found else f", a random sample of {found.found:,}"
    st.caption(
        escape(
            f"{quantities.count(found.words, 'word')} in {quantities.count(found.texts, 'text')}{sample}. "
            f"{_too_long(found.cut)} longer than the {found.limit:,} pieces that the model reads"
            + ("; the end counts here, though the model does not see it." if found.cut else ".")
        )
    )


def _too_long(count: int) -> str:
    return {0: "None is", 1: "One is"}.get(count, f"{count:,} are")


def most_split(found: Fertility) -> pd.DataFrame:
    """Split words with their pieces, the most frequent first."""
    return pd.DataFrame(
        [(each.text, each.count, len(each.pieces), " ".join(each.pieces)) for each in found.most_split],
        columns=["word", "times", "number of pieces", "pieces"],
    )
