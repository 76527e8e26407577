"""How a result came to be: its lists, settings and seed, who measured it, when, in which run."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from dashboard.components import blurred, navigation, quantities, url
from dashboard.components.plain import escape
from registry.records import BiasResult

if TYPE_CHECKING:
    from core.bias.measure import Measure


def show(result: BiasResult, measure: Measure, *, hidden: bool) -> None:
    """Draw it folded; what is inside is sent when it is opened, lists that can hurt covered."""
    fold = st.expander("How it was made", key=f"made-{result.id}", icon=":material/build:", on_change="rerun")
    if fold.open:
        with fold:
            _facts(result, measure)
            _lists(result, hidden=hidden)


def _facts(result: BiasResult, measure: Measure) -> None:
    when = f"{result.created_at:%Y-%m-%d %H:%M} UTC ({quantities.ago(result.created_at)})"
    st.markdown(f"Measured {escape(when)} by {escape(result.created_by)}, version {measure.version} of the measure.")
    rows = [{"setting": title, "value": str(value)} for title, value in settings(result, measure)]
    if rows:
        st.dataframe(pd.DataFrame(rows), key=f"settings-{result.id}", hide_index=True, width="stretch", alt="Settings")
    st.caption(f"Identity {result.identity[:16]}…: results compare where it is equal.")
    if result.run:
        navigation.link(navigation.RUNS, "The run", icon=":material/timeline:", params=url.run(result.run))


def settings(result: BiasResult, measure: Measure) -> list[tuple[str, Any]]:
    """Each setting under the title that its form shows."""
    titles = {one.name: one.metadata.get("title", one.name) for one in fields(measure.config)}
    return [(str(titles.get(name, name)), value) for name, value in result.settings.items()]


def _lists(result: BiasResult, *, hidden: bool) -> None:
    """The word sets in full, or how many rows there were, and where they are from."""
    given = result.inputs
    source = f", {given['source']}" if given.get("source") else ""
    st.markdown(f"**{escape(str(given['name']))}**{escape(source)}")
    if given.get("rows") is not None:
        st.markdown(f"{given['rows']:,} rows, SHA-256 {str(given['digest'])[:16]}…")
    words = given.get("words") or {}
    for side in ("targets", "attributes"):
        for name, members in (words.get(side) or {}).items():
            said = ", ".join(members)
            st.text(f"{name} ({side[:-1]}, {len(members)}): {blurred.words(said) if hidden else said}")
