"""Why a classifier gave its answer, below that answer on the Classify page; computed only when somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import attribution_text, inspected, loaded_model, navigation, problems, told_progress, url
from dashboard.components.plain import escape
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.attribution import Attribution


PREFILL = "attribution-prefill"  # the text that the Inspect page opens with


def show(version: ModelVersion, text: str, pair: str | None) -> None:
    """An expander with one button; the answer stays until another text is classified."""
    key, asked = f"why-{version.id}", (text, pair)
    with st.expander("Why?", icon=":material/highlight:", key=f"{key}-expander"), problems.told():
        held = st.session_state.get(key)
        place = st.empty()
        if (held is None or held[0] != asked) and place.button(
            "Show the words that made it", key=f"{key}-go", icon=":material/highlight:"
        ):
            place.empty()
            held = st.session_state[key] = (asked, _found(version, text, pair))
        if held is not None and held[0] == asked:
            _drawn(version, held[1], asked, key)


def _found(version: ModelVersion, text: str, pair: str | None) -> Attribution:
    from core.inspection.attribution import attribute

    classifier = loaded_model.load(version.id)
    with told_progress.told("Reading it without each word …") as report, inspected.TURN:
        return attribute(classifier, text, pair, report=report)


def _drawn(version: ModelVersion, found: Attribution, asked: tuple[str, str | None], key: str) -> None:
    from core.inspection.attribution.methods import METHODS

    st.caption(
        f"What speaks for **{escape(found.label)}** (orange) and against it (blue), by "
        f"{METHODS[found.method].title.lower()}: {METHODS[found.method].summary}"
    )
    attribution_text.show(found, key)
    for note in found.notes:
        st.caption(f":material/info: {escape(note)}")
    st.session_state[PREFILL] = asked
    navigation.link(
        navigation.INSPECT, "Other methods, and how far to trust them", icon=":material/biotech:",
        params={**url.model(version.name, version.version), "view": "attribution"},
    )  # fmt: skip
