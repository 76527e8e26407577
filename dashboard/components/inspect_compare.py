"""Before and after: the chosen model and a second one on the same sentences; what changed between them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.components import (
    compare_attention,
    compare_decisions,
    compare_layers,
    compare_model,
    compare_reasons,
    compare_sentences,
    compare_words,
    inspected,
    problems,
    told_progress,
)
from dashboard.components.compare_model import Pair
from dashboard.components.plain import escape
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.before_after.result import BeforeAfter

FOUND = "compare-found"


@dataclass(frozen=True)
class Answer:
    """What was compared: the two models, whether cosines were asked for, the texts, and the result."""

    pair: Pair
    cosines: bool
    texts: tuple[str, ...]
    found: BeforeAfter


TABS: Mapping[str, Callable[[Any], None]] = {
    "Layers": compare_layers.show,
    "Words": compare_words.show,
    "Attention": compare_attention.show,
    "Decisions": compare_decisions.show,
    "Reasons": compare_reasons.show,
}


def show(version: ModelVersion) -> None:
    """Draw the second model's choice, the sentences, the button, and the last answer."""
    st.caption(
        "Two models read the same sentences. CKA says how alike the vectors of all words are in a layer, whatever "
        "their axes; neighbours say which words lie near each other. Both tell that something changed, and neither "
        "whether it changed for the better: for that, compare scores on test rows. Few words make models look more "
        "alike than they are, so chance stands beside every figure."
    )
    chosen = compare_model.choose(version)
    if chosen is None:
        return
    texts = compare_sentences.choose()
    pair, cosines = chosen
    if st.button("Compare", type="primary", icon=":material/compare:", key="compare-go", disabled=not texts):
        with problems.told():
            st.session_state[FOUND] = _compare(pair, cosines, texts)
    answer: Answer | None = st.session_state.get(FOUND)
    if answer is None or answer.pair != pair:
        st.info(
            "Nothing has been compared yet. The sentences are read by both models when you press the button.",
            icon=":material/compare:",
        )
        return
    if (answer.texts, answer.cosines) != (texts, cosines):
        st.info("Below is the answer for other sentences. Press the button to compare these.")
    _draw(answer)


def _compare(pair: Pair, cosines: bool, texts: tuple[str, ...]) -> Answer:
    """Both models read the texts; a click on Stop ends it, and what was read stays in the cache."""
    from core.inspection.before_after.comparing import compare

    before, after = (inspected.subject(version.id) for version in (pair.before, pair.after))
    place = st.empty()
    place.button("Stop", icon=":material/stop_circle:", key="compare-stop")
    with told_progress.told("Reading the sentences …") as report, inspected.TURN:
        found = compare(
            before, after, texts, related=pair.related or cosines, cache=inspected.cache(), report=report
        )  # fmt: skip
    place.empty()
    return Answer(pair, cosines, texts, found)


def _draw(answer: Answer) -> None:
    from core.inspection.before_after.verdict import verdicts

    st.subheader(escape(f"{answer.pair.before.spec} → {answer.pair.after.spec}"), anchor=False)
    st.markdown("\n".join(f"- {escape(each)}" for each in verdicts(answer.found)))
    for note in answer.found.notes:
        st.caption(f":material/info: {escape(note)}")
    for tab, draw in zip(st.tabs(list(TABS), key="compare-tabs"), TABS.values(), strict=True):
        with tab, problems.told():
            draw(answer)
