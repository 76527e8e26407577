"""What the columns mean: the guess in dropdowns, for the visitor to confirm or change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.data.column_mapping import SEPARATORS, ColumnMapping

if TYPE_CHECKING:
    from core.data.reading.facts import TableFacts

OPTIONAL = {
    "text_pair": ("Second text", "For tasks on two texts, such as question and answer."),
    "id": ("Row id", "Your own name for a row. It comes back with every prediction."),
    "split": ("Split", "Rows that already say train, validation or test keep their place."),
    "group": ("Group", "A property of the row to compare later, such as the dialect of its writer."),
    "weight": ("Weight", "How much a row counts in training."),
}
SHOWN, LONGEST = 3, 140  # rows that show how the columns read, characters of a text in them

NOT = ("", "0")  # cells of a label's own column that need no mention


def choose(facts: TableFacts, guess: ColumnMapping | None, text: str | None, key: str) -> ColumnMapping | None:
    """Draw the dropdowns, filled with `guess`, or with `text` alone; None until text and label are chosen."""
    left, right = st.columns(2)
    text = _column(left, "Text", facts, guess.text if guess else text, f"{key}-text", "The text to classify.")
    slot = right.container()
    several = right.toggle(
        "A text can have several labels",
        value=bool(guess and guess.several),
        key=f"{key}-several",
        help="Either one column that lists the labels, such as spam|urgent, or one column of 0 and 1 for each label.",
    )
    label = _several(slot, facts, guess, key) if several else _single(slot, facts, guess, key)
    separator = _separator(right, guess, key) if several and isinstance(label, str) else "|"
    rest = _rest(facts, guess, key)
    if text is None or not label:
        st.info("Choose the column that holds the text and the column that holds its label.")
        return None
    return replace(ColumnMapping(text, label, multi_label=several, label_separator=separator), **rest)


def _single(slot: Any, facts: TableFacts, guess: ColumnMapping | None, key: str) -> str | None:
    given = guess.label if guess and isinstance(guess.label, str) else None
    return _column(slot, "Label", facts, given, f"{key}-label", "The right answer for the text.")


def _several(slot: Any, facts: TableFacts, guess: ColumnMapping | None, key: str) -> str | tuple[str, ...] | None:
    given = [name for name in guess.label_columns if name in facts.columns] if guess else []
    chosen = slot.multiselect("Label columns", list(facts.columns), default=given, key=f"{key}-labels")
    return chosen[0] if len(chosen) == 1 else tuple(chosen) or None


def _separator(place: Any, guess: ColumnMapping | None, key: str) -> str:
    given = guess.label_separator if guess and guess.label_separator in SEPARATORS else "|"
    chosen: str = place.selectbox(
        "Sign between two labels",
        SEPARATORS,
        index=SEPARATORS.index(given),
        key=f"{key}-separator",
        help='A list such as ["spam", "urgent"] is understood too.',
    )
    return chosen


def _column(place: Any, label: str, facts: TableFacts, guess: str | None, key: str, help_text: str) -> str | None:
    columns = list(facts.columns)
    index = columns.index(guess) if guess in columns else None
    chosen: str | None = place.selectbox(
        label, columns, index=index, key=key, help=help_text, placeholder="Choose a column"
    )
    return chosen


def _rest(facts: TableFacts, guess: ColumnMapping | None, key: str) -> dict[str, Any]:
    given: dict[str, str | None] = {name: getattr(guess, name, None) for name in OPTIONAL}
    used = [title.lower() for name, (title, _) in OPTIONAL.items() if given[name]]
    chosen: dict[str, Any] = {}
    with st.expander("More columns: " + (", ".join(used) or "optional"), key=f"{key}-more"):
        for place, (name, (title, help_text)) in zip(st.columns(len(OPTIONAL)), OPTIONAL.items(), strict=True):
            chosen[name] = _optional(place, title, facts, given[name], f"{key}-{name}", help_text)
    return chosen


def _optional(place: Any, title: str, facts: TableFacts, guess: str | None, key: str, help_text: str) -> str | None:
    options = [None, *facts.columns]
    chosen: str | None = place.selectbox(
        title,
        options,
        index=options.index(guess) if guess in options else 0,
        key=key,
        help=help_text,
        format_func=lambda name: "none" if name is None else name,
    )
    return chosen


def example(facts: TableFacts, mapping: ColumnMapping, key: str) -> None:
    """Show how the first rows read: the text, an arrow, its labels."""
    with st.container(border=True, gap="xsmall", key=key):
        st.caption("This is how the first rows read:")
        for row in facts.preview[:SHOWN]:
            st.text(sentence(dict(zip(facts.columns, row, strict=True)), mapping), width="stretch")


def sentence(row: Mapping[str, str], mapping: ColumnMapping) -> str:
    """One row in words, such as "I hate pizza  →  negative"."""
    texts = [row[mapping.text]] + ([row[mapping.text_pair]] if mapping.text_pair else [])
    if isinstance(mapping.label, str):
        labels = row[mapping.label] or "(no label)"
    else:
        said = [name if row[name] == "1" else f"{name}: {row[name]}" for name in mapping.label if row[name] not in NOT]
        labels = ", ".join(said) or "(no label)"
    return f"{' + '.join(_cut(text) or '(no text)' for text in texts)}  →  {_cut(labels)}"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
