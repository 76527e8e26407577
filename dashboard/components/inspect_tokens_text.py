"""A text, and a second one, with its pieces marked on its own characters; every position in a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components import exports, inspect_tokens_marked, quantities, two_texts
from dashboard.components.plain import escape
from dashboard.components.two_texts import Examples
from registry.records import ModelVersion

if TYPE_CHECKING:
    from core.inspection.reading import Reading
    from core.inspection.subject import Subject
    from core.inspection.tokens import Row

SPECIAL = "tokens-special"
EXAMPLES: Examples = {
    "Split words": ("The sommelier re-corked an unlabelled amontillado, didn't she?", ""),
    "Capitals, accents, emoji": ("Élodie's CAFÉ in Jerez 🍷 is closed on Mondays.", ""),
    "A typed [MASK]": ("Type [MASK] for a word that is to be guessed.", ""),
    "Two texts": ("Where is the cask?", "It lies in the vault."),
}


def show(version: ModelVersion, subject: Subject) -> None:
    """Draw the texts, what became of them, and what was lost."""
    text, pair = two_texts.ask(
        "tokens", EXAMPLES, height=130, placeholder="Type any text",
        second_help="The model reads both as one input, with a separator between them.",
    )  # fmt: skip
    mask = subject.tokenizer.mask_token or "[MASK]"
    special = st.toggle(
        "Read typed special pieces as such", key=SPECIAL, persist_state="session",
        help=f"Off: {escape(mask)} in your text is read as these characters. On: as the piece with that meaning.",
    )  # fmt: skip
    if not text.strip() and not pair:
        st.info("Type a text, or click a ready example.", icon=":material/edit:")
        return
    _shown(version, subject, subject.read(text, pair or None, specials_as_text=not special), special)


def _shown(version: ModelVersion, subject: Subject, reading: Reading, special: bool) -> None:
    from core.inspection.charts.tokens import pieces_chart, pieces_frame
    from core.inspection.tokens import rows, stretches, told

    found = rows(reading, subject.tokenizer)
    _numbers(found, reading, subject.max_length)
    for part in range(len(reading.texts)):
        title = f"**Text {part + 1}**  \n" if len(reading.texts) > 1 else ""
        st.markdown(title + inspect_tokens_marked.marked(stretches(reading, part), reading))
    st.caption(inspect_tokens_marked.LEGEND)
    for sentence in told(reading, subject.tokenizer, specials_as_text=not special):
        st.caption(f":material/info: {escape(sentence)}")
    table = pieces_frame(found)
    shown = table.drop(columns=["line", "left", "right"])
    st.dataframe(shown, key="tokens-table", hide_index=True, height=360, alt="Every position of the input")
    exports.exports(f"tokens-{version.name}-{version.version}", "tokens-text-out", shown, pieces_chart(table))


def _numbers(found: Sequence[Row], reading: Reading, longest: int) -> None:
    split = sum(len(word.pieces) > 1 for word in reading.words)
    values = {
        "Pieces": f"{len(found):,} of {longest:,}",
        "Words": f"{len(reading.words):,}",
        "Split words": f"{split:,} ({quantities.share(split / max(1, len(reading.words)))})",
        "Unknown pieces": f"{sum(row.kind == 'unknown' for row in found):,}",
    }
    helps = {
        "Pieces": "With the special ones that the model adds; the second number is the most that it reads.",
        "Words": "What the tokenizer splits off first: punctuation stands by itself, don't is three words.",
    }
    with st.container(horizontal=True, key="tokens-numbers"):
        for name, value in values.items():
            st.metric(name, value, help=helps.get(name), width=170)
