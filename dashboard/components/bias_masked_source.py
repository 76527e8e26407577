"""Where sentence pairs or blanks come from: the shipped pairs, or a person's own file with its columns named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.errors import UserProblem
from dashboard.components import blurred, desk, held, reading_form, url
from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.bias.inputs import Inputs
    from core.bias.measure import Measure
    from core.data.reading.facts import TableFacts
    from core.jobs.uploads import Staged

INPUT, SHIPPED, OWN, NONE = "pairs", "Shipped sentence pairs", "Own file", "none"
MEANING = {
    "sent_more": "More stereotyping sentence",
    "sent_less": "Less stereotyping sentence",
    "stereo_antistereo": "Direction (stereo, antistereo)",
    "bias_type": "Kind of bias",
    "context": "Context with BLANK",
    "stereotype": "Stereotype",
    "anti_stereotype": "Anti-stereotype",
    "unrelated": "Unrelated",
    "target": "Target term",
}


def choose(measure: Measure) -> Inputs | None:
    """Draw the choice; None while there is no file."""
    from core.bias.masked.pairs import COLUMNS

    if measure.columns == COLUMNS:
        start = OWN if url.asked(INPUT) else SHIPPED
        source = st.segmented_control(
            "Sentences", [SHIPPED, OWN], default=start, required=True, key="bias-masked-source"
        )  # fmt: skip
        if source == SHIPPED:
            return _shipped()
    return _own(measure)


def _shipped() -> Inputs:
    from core.bias.masked import sample

    inputs = sample.pairs()
    assert inputs.table is not None
    st.caption(
        f"{len(inputs.table)} pairs of {inputs.table['bias_type'].nunique()} kinds, written for this product: enough "
        "to see how it works, too few for a verdict on any one kind."
    )
    with st.expander("The pairs", key="bias-masked-shipped-pairs"):
        shown = inputs.table[["sent_more", "sent_less", "stereo_antistereo", "bias_type"]]
        if not blurred.asked("bias-masked-shipped"):
            shown = shown.assign(**blurred.table(shown[["sent_more", "sent_less"]]))
        st.dataframe(shown, key="bias-masked-shipped-rows", hide_index=True, height=260)
    return inputs


def _own(measure: Measure) -> Inputs | None:
    """The uploaded file under the measure's own column names."""
    from core.bias.masked.columns import wanted
    from core.bias.masked.given import given

    staged = held.file(INPUT)
    if staged is None:
        held.uploader("File with sentences", INPUT, help_text="CSV, TSV, Excel, Parquet, JSON lines.")
        need, more = measure.columns, wanted(measure.columns)[len(measure.columns) :]
        st.caption(
            f"Columns: {', '.join(f'`{name}`' for name in need)}; beside them, where there are any: "
            f"{', '.join(f'`{name}`' for name in more)}. Other names can be assigned. The published "
            f"{escape(measure.title)} file is read as it is."
        )
        return None
    with st.container(horizontal=True, vertical_alignment="center", key="held-pairs"):
        st.text(staged.name)
        st.button("Another file", key="drop-pairs", on_click=held.drop, args=(INPUT,), type="tertiary")
    facts = desk.of(staged.id).read(staged, reading_form.options(staged.id, staged.name))
    _whole(facts, staged.name)
    columns = _columns(measure, list(facts.columns), staged.id)
    return given(measure, _table(staged), staged.name, columns)


def _whole(facts: TableFacts, name: str) -> None:
    if facts.rejected:
        first = facts.rejected[0]
        raise UserProblem(
            f"{len(facts.rejected)} rows of {name} cannot be read; the first is line {first.line}: {first.reason}",
            "Every row must be whole.", "Mend the file, or read it differently.",
        )  # fmt: skip


def _columns(measure: Measure, have: list[str], key: str) -> dict[str, str]:
    """Wanted column -> the file's column, as the visitor says; guessed from the names at first."""
    from core.bias.masked.columns import guessed, wanted

    guess, found = guessed(have, measure.columns), {}
    names = wanted(measure.columns)
    for start in range(0, len(names), 3):
        for place, name in zip(st.columns(3), names[start : start + 3], strict=False):
            chosen = place.selectbox(
                MEANING[name], [NONE, *have], index=have.index(guess[name]) + 1 if name in guess else 0,
                key=f"bias-masked-{key}-{measure.name}-{name}", help=f"`{name}`",
            )  # fmt: skip
            if chosen != NONE:
                found[name] = chosen
    return found


def _table(staged: Staged) -> pd.DataFrame:
    from core.data.reading.facts import LINE_COLUMN

    return pd.read_parquet(staged.table).drop(columns=[LINE_COLUMN], errors="ignore").fillna("").astype(str)
