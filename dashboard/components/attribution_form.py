"""What is explained and how: text, label, methods, and the options that few need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import classify_text, problems
from dashboard.components.attribution_why import PREFILL
from dashboard.components.plain import visible
from dashboard.components.services import registry
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.attribution.method import Options

UNITS = {"auto": "By itself", "word": "Words", "sentence": "Sentences"}
LIKELIEST = None
USUAL = 2  # methods chosen at first


@dataclass(frozen=True)
class Asked:
    """One question; equal questions have equal answers."""

    text: str
    pair: str | None
    methods: tuple[str, ...]
    label: str | None
    contrast: bool
    unit: str
    baseline: str
    replacement: str

    @property
    def options(self) -> Options:
        from core.inspection.attribution.method import Options

        return Options(self.baseline, self.replacement)


def ask(version: ModelVersion, kind: str) -> Asked:
    """Draw the form for a classifier of that kind of scorer."""
    text, pair = _texts(version)
    methods, label = _choices(version, kind)
    contrast, unit, baseline, replacement = _options(version, kind)
    return Asked(text, pair, methods, label, contrast, unit, baseline, replacement)


def _texts(version: ModelVersion) -> tuple[str, str | None]:
    first, second = f"attribution-text-{version.id}", f"attribution-pair-{version.id}"
    given = st.session_state.pop(PREFILL, None)
    if given is not None:
        st.session_state[first], st.session_state[second] = given[0], given[1] or ""
    text = st.text_area("Text", key=first, height=110, placeholder="I hate pizza")
    pair = None
    if classify_text.takes_pairs(version):
        pair = st.text_area("Second text", key=second, height=80)
    st.button(
        "Try an example", icon=":material/lightbulb:", type="tertiary", key=f"attribution-example-{version.id}",
        on_click=_example, args=(version,), help="One of the texts that this model's own proof was made with.",
    )  # fmt: skip
    return text or "", pair


def _example(version: ModelVersion) -> None:
    """Fill in a middling long text that was kept with the model."""
    from core.inference import golden

    with problems.told():
        rows = golden.read(registry().artifacts.local(version.artifact))
        usual = sorted(rows, key=lambda row: abs(len(row["text"]) - 70))
        chosen = usual[0] if usual else {"text": "I hate pizza, but the soup was lovely."}
        st.session_state[PREFILL] = (chosen["text"], chosen.get("text_pair"))


def _choices(version: ModelVersion, kind: str) -> tuple[tuple[str, ...], str | None]:
    from core.inspection.attribution.explain import methods_for
    from core.inspection.attribution.methods import METHODS

    names = methods_for(kind)
    chosen = st.pills(
        "Methods", names, selection_mode="multi", default=names[:USUAL], format_func=lambda name: METHODS[name].title,
        key=f"attribution-methods-{version.id}",
    )  # fmt: skip
    for name in chosen:
        st.caption(f"**{METHODS[name].title}.** {METHODS[name].summary} ({METHODS[name].source})")
    label = st.selectbox(
        "Label to explain", [LIKELIEST, *version.labels], key=f"attribution-label-{version.id}",
        format_func=lambda name: "the likeliest" if name is LIKELIEST else visible(name),
    )  # fmt: skip
    return tuple(name for name in names if name in chosen), label


def _options(version: ModelVersion, kind: str) -> tuple[bool, str, str, str]:
    from core.inspection.attribution.method import BASELINES, REPLACEMENTS

    with st.expander("Options", icon=":material/tune:", key=f"attribution-options-{version.id}"):
        contrast = st.checkbox(
            "Against the best other label", key=f"attribution-contrast-{version.id}",
            help="Explain how far the label is above the next one, instead of the label's own logit.",
        )  # fmt: skip
        unit = st.segmented_control(
            "Score", list(UNITS), format_func=UNITS.__getitem__, default="auto", required=True,
            key=f"attribution-unit-{version.id}", help="By itself: words up to 200 of them, else sentences.",
        )  # fmt: skip
        if kind == "tfidf":
            return contrast, unit or "auto", "pad", "delete"
        replacement = st.segmented_control(
            "Occlusion: hidden words", list(REPLACEMENTS), format_func=REPLACEMENTS.__getitem__, default="mask",
            required=True, key=f"attribution-replacement-{version.id}",
        )  # fmt: skip
        baseline = st.segmented_control(
            "Integrated gradients start from", list(BASELINES), format_func=BASELINES.__getitem__, default="pad",
            required=True, key=f"attribution-baseline-{version.id}",
        )  # fmt: skip
    return contrast, unit or "auto", baseline or "pad", replacement or "mask"
