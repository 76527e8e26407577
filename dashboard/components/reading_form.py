"""How a file was read, in words, and the means to read it otherwise.

The reader detects; the visitor sees what it detected and may overrule any part of it, with the first rows as preview.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core.data.reading.options import DELIMITERS, ENCODINGS, ReadOptions
from dashboard.components.plain import escape
from dashboard.components.quantities import count, size

if TYPE_CHECKING:
    from core.data.reading.facts import TableFacts

FORMATS = {"csv": "CSV", "tsv": "TSV", "xlsx": "Excel", "parquet": "Parquet", "jsonl": "JSON lines", "json": "JSON"}
SIGNS = {",": "comma ,", ";": "semicolon ;", "\t": "tab", "|": "bar |", " ": "blank", "^": "caret ^", "~": "tilde ~"}
MARKS = {'"': 'double quote "', "'": "single quote '", "": "none"}
HEADERS = {True: "first row holds names", False: "no names, only rows"}
TEXTUAL = ("csv", "tsv")


def options(key: str) -> ReadOptions:
    """Draw the choices that overrule detection and return them; None stands for "detect"."""
    with st.expander("Read it differently", key=f"{key}-otherwise", icon=":material/tune:"):
        st.caption("What was detected can be wrong on short or odd files. The preview follows your choice.")
        left, middle, right = st.columns(3)
        with left:
            form = _choice("Format", FORMATS, f"{key}-format")
            header = _choice("Names of columns", HEADERS, f"{key}-header")
        with middle:
            encoding = _choice("Encoding", {name: name for name in ENCODINGS}, f"{key}-encoding")
        with right:
            signs = {sign: SIGNS.get(sign, repr(sign)) for sign in DELIMITERS}
            delimiter = _choice("Separator", signs, f"{key}-delimiter")
            quotechar = _choice("Quotes", MARKS, f"{key}-quote")
    return ReadOptions(format=form, encoding=encoding, delimiter=delimiter, quotechar=quotechar, header=header)


def _choice(label: str, names: dict[Any, str], key: str) -> Any:
    return st.selectbox(
        label,
        [None, *names],
        format_func=lambda value: "as detected" if value is None else names[value],
        key=key,
    )


def found(facts: TableFacts, key: str) -> None:
    """Show what was detected, what the reader wants to say about it, and the first rows."""
    with st.container(horizontal=True, gap="small", key=f"{key}-found"):
        for word in words(facts):
            st.badge(escape(word), color="gray")
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
    st.dataframe(frame, key=key, hide_index=True, height=min(36 + 35 * max(1, len(frame)), 250), lazy=False)
    shown = len(frame)
    st.caption("All rows." if shown >= facts.rows else f"The first {shown:,} of {count(facts.rows, 'row')}.")
