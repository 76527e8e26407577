"""How a file was read, in words, and the means to read it otherwise.

The reader detects; the visitor sees what it detected and may overrule any part of it, with the first rows as preview.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from core.data.reading.options import ENCODINGS, ReadOptions
from dashboard.components.plain import escape
from dashboard.components.quantities import count, size

if TYPE_CHECKING:
    from core.data.reading.facts import TableFacts

FORMATS = {"csv": "CSV", "tsv": "TSV", "xlsx": "Excel", "parquet": "Parquet", "jsonl": "JSON lines", "json": "JSON"}
SIGNS = {",": "comma ,", ";": "semicolon ;", "\t": "tab", "|": "bar |", " ": "blank", "^": "caret ^", "~": "tilde ~"}
MARKS = {'"': 'double quote "', "'": "single quote '", "": "none"}
DETECTED = "as detected"
CELLS = "What is over stays in the last cell. This mends texts with commas that nobody put in quotes."
HEADERS = {True: "first row holds names", False: "no names, only rows"}
TEXTUAL = ("csv", "tsv")


def options(key: str, file_name: str) -> ReadOptions:
    """Draw the choices that overrule detection and return them; None stands for "detect"."""
    with st.expander("Read it differently", key=f"{key}-otherwise", icon=":material/tune:"):
        st.caption("What was detected can be wrong on short or odd files. The preview follows your choice.")
        left, middle, right = st.columns(3)
        return ReadOptions(
            format=_choice(left, "Format", FORMATS, f"{key}-format"),
            encoding=_choice(middle, "Encoding", {name: name for name in ENCODINGS}, f"{key}-encoding"),
            delimiter=_choice(right, "Separator", SIGNS, f"{key}-delimiter"),
            header=_choice(left, "Names of columns", HEADERS, f"{key}-header"),
            skip_lines=_number(middle, "Lines before the table", 0, f"{key}-skip", "They are left out."),
            quotechar=_choice(right, "Quotes", MARKS, f"{key}-quote"),
            columns=_number(left, "Cells in a line", 2, f"{key}-cells", CELLS),
            sheet=st.session_state.get(f"{key}-sheet"),
            member=_member(middle, file_name, f"{key}-member"),
        )


def _choice(place: DeltaGenerator, label: str, names: dict[Any, str], key: str) -> Any:
    def said(value: Any) -> str:
        return DETECTED if value is None else names[value]

    return place.selectbox(label, [None, *names], format_func=said, key=key)


def _number(place: DeltaGenerator, label: str, least: int, key: str, help_text: str) -> int | None:
    return place.number_input(
        label, min_value=least, max_value=10_000, value=None, step=1, key=key, placeholder=DETECTED, help=help_text
    )


def _member(place: DeltaGenerator, file_name: str, key: str) -> str | None:
    if not file_name.lower().endswith(".zip"):
        return None
    return place.text_input("File in the archive", key=key, placeholder=DETECTED) or None


def found(facts: TableFacts, key: str) -> None:
    """Show what was detected, what the reader wants to say about it, and the first rows."""
    with st.container(horizontal=True, gap="small", key=f"{key}-found"):
        for word in words(facts):
            st.badge(escape(word), color="gray")
    if len(facts.sheets) > 1:
        sheets = {name: name for name in facts.sheets}
        _choice(st.container(width=320), "Sheet", sheets, f"{key}-sheet")
    for note in facts.notes:
        st.caption(f":material/info: {escape(note)}")
    preview(facts, f"{key}-preview")


def words(facts: TableFacts) -> list[str]:
    """What was detected, one short phrase each."""
    said = [f"{facts.rows_in:,} rows", count(len(facts.columns), "column"), size(facts.size)]
    said.append(FORMATS.get(facts.format, facts.format))
    if facts.format not in TEXTUAL:
        return said
    said.append((facts.encoding or "").upper().replace("_", "-") + (" with byte-order mark" if facts.bom else ""))
    said.append("separator: " + SIGNS.get(facts.delimiter or "", repr(facts.delimiter)))
    said.append("quotes: " + MARKS.get(facts.quotechar or "", str(facts.quotechar)))
    said.append(HEADERS[bool(facts.header)])
    return said


def preview(facts: TableFacts, key: str) -> None:
    """Show the first rows as they were read."""
    frame = pd.DataFrame(list(facts.preview), columns=list(facts.columns))
    st.dataframe(frame, key=key, hide_index=True, height=min(38 + 35 * max(1, len(frame)), 213), lazy=False)
    shown = len(frame)
    st.caption(
        f"All {count(facts.rows, 'row')}."
        if shown >= facts.rows
        else f"The first {shown:,} of {count(facts.rows, 'row')}."
    )
