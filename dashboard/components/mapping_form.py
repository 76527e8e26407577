"""What the columns mean: the guess in dropdowns, for the visitor to confirm or change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core.data.column_mapping import ColumnMapping

if TYPE_CHECKING:
    from core.data.reading.facts import TableFacts

OPTIONAL = {
    "text_pair": ("Second text", "For tasks on two texts, such as question and answer."),
    "id": ("Row id", "Your own name for a row. It comes back with every prediction."),
    "split": ("Split", "Rows that already say train, validation or test keep their place."),
    "group": ("Group", "A property of the row to compare later, such as the dialect of its writer."),
    "weight": ("Weight", "How much a row counts in training."),
}
SHOWN = 5  # rows that show how the chosen columns read


def choose(facts: TableFacts, guess: ColumnMapping | None, key: str) -> ColumnMapping | None:
    """Draw the dropdowns, filled with `guess`; None until text and label are chosen."""
    left, right = st.columns(2)
    text = _column(left, "Text", facts, guess and guess.text, f"{key}-text", "The text to classify.")
    slot = right.container()
    several = right.toggle(
        "A text can have several labels",
        value=bool(guess and guess.multi_label),
        key=f"{key}-several",
        help="Either one column that lists the labels, such as spam|urgent, or one column of 0 and 1 for each label.",
    )
    label = _several(slot, facts, guess, key) if several else _single(slot, facts, guess, key)
    rest = _rest(facts, guess, key)
    if text is None or not label:
        st.info("Choose the column that holds the text and the column that holds its label.")
        return None
    return ColumnMapping(text=text, label=label, multi_label=several, **rest)


def _single(slot: Any, facts: TableFacts, guess: ColumnMapping | None, key: str) -> str | None:
    given = guess.label if guess and isinstance(guess.label, str) else None
    return _column(slot, "Label", facts, given, f"{key}-label", "The right answer for the text.")


def _several(slot: Any, facts: TableFacts, guess: ColumnMapping | None, key: str) -> str | tuple[str, ...] | None:
    given = () if guess is None else (guess.label,) if isinstance(guess.label, str) else guess.label
    chosen = slot.multiselect(
        "Label columns",
        list(facts.columns),
        default=[name for name in given if name in facts.columns],
        key=f"{key}-labels",
    )
    return chosen[0] if len(chosen) == 1 else tuple(chosen) or None


def _column(place: Any, label: str, facts: TableFacts, guess: str | None, key: str, help_text: str) -> str | None:
    columns = list(facts.columns)
    index = columns.index(guess) if guess in columns else None
    chosen: str | None = place.selectbox(
        label, columns, index=index, key=key, help=help_text, placeholder="Choose a column"
    )
    return chosen


def _rest(facts: TableFacts, guess: ColumnMapping | None, key: str) -> dict[str, str | None]:
    given = {name: getattr(guess, name, None) for name in OPTIONAL}
    used = [title.lower() for name, (title, _) in OPTIONAL.items() if given[name]]
    chosen: dict[str, str | None] = {}
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
    """Show the first rows as the chosen columns read them."""
    labels = (mapping.label,) if isinstance(mapping.label, str) else mapping.label
    named = {"text": mapping.text} | ({"second text": mapping.text_pair} if mapping.text_pair else {})
    named |= {"label": labels[0]} if len(labels) == 1 else {f"label: {name}": name for name in labels}
    frame = pd.DataFrame(list(facts.preview)[:SHOWN], columns=list(facts.columns))
    st.dataframe(
        pd.DataFrame({title: frame[column] for title, column in named.items()}),
        key=key,
        hide_index=True,
        column_config={"text": st.column_config.TextColumn(width="large")},
    )
