"""A result of a bias measure: the figure on its axis with the neutral value, its chance, what it says and does not say,
what was left out, the rows behind it, and the same measure on other model versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.components import exports
from dashboard.components.plain import escape
from dashboard.components.services import registry
from registry.records import BiasResult

if TYPE_CHECKING:
    from core.bias.found import Found
    from core.bias.measure import Measure


def show(result: BiasResult) -> None:
    """Draw one result, its tables read from the store."""
    from core.bias import found as found_files
    from core.bias.measures import MEASURES

    found = found_files.read(registry().artifacts.local(result.artifact))
    measure = MEASURES[result.measure]
    _headline(result, found, measure)
    _charts(result, found)
    _figures(found, result.id)
    _left_out(found)
    _reading(measure)
    _tables(result, found)


def _headline(result: BiasResult, found: Found, measure: Measure) -> None:
    from core.bias import told

    head = found.headline
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"card-{result.id}"):
        st.metric(escape(head.title), told.figure(head) if head.value is not None else "–", width=320)
        if head.neutral is not None:
            st.metric("Neutral", f"{head.neutral:g}", width=120)
        st.metric("Measured on", f"{head.n:,} {escape(head.of)}", width=260)
    way = told.direction(measure, head.value, result.inputs)
    for sentence in (way, head.note, "" if head.chance is None else told.chance(head.chance)):
        if sentence:
            st.markdown(escape(sentence))


def _charts(result: BiasResult, found: Found) -> None:
    from core.bias.charts import charts_of

    for number, drawn in enumerate(charts_of(result.measure, found, result.inputs)):
        st.markdown(f"**{escape(drawn.title)}**")
        key = f"chart-{result.id}-{number}"
        st.altair_chart(drawn.chart, key=key, alt=drawn.alt, width="stretch")
        exports.exports(f"{result.measure}-{number}", key, pd.DataFrame(), drawn.chart)


def _figures(found: Found, key: str) -> None:
    if found.figures:
        rows = [
            (one.title, one.value, one.low, one.high, one.neutral, one.n, one.of, one.note) for one in found.figures
        ]
        names = ["figure", "value", "low", "high", "neutral", "n", "of", "note"]
        st.dataframe(pd.DataFrame(rows, columns=names), key=f"figures-{key}", hide_index=True)


def _left_out(found: Found) -> None:
    for warning in found.warnings:
        st.warning(escape(warning), icon=":material/info:")
    for name, words in found.lost.items():
        st.warning(f"No vector for {escape(', '.join(words))} ({escape(name)}).", icon=":material/info:")


def _reading(measure: Measure) -> None:
    st.markdown(f"**It says:** {escape(measure.says)}")
    for one in measure.criticisms:
        st.markdown(f"**It does not say:** {escape(one.sentence)} ({escape(one.source)})")


def _tables(result: BiasResult, found: Found) -> None:
    for name, table in found.tables.items():
        with st.expander(name, key=f"table-{result.id}-{name}"):
            st.dataframe(table, key=f"rows-{result.id}-{name}", hide_index=True)
            exports.exports(f"{result.measure}-{name}", f"file-{result.id}-{name}", table)
