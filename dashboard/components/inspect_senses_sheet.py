"""The sentences of the sense view: typed, in a table, from a file, or a ready example; measured when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from dashboard.components import problems, quantities
from dashboard.components.plain import escape

if TYPE_CHECKING:
    from core.inspection.senses.sheet import Labelled, Sheet

Read = Callable[[str], "Sheet"]  # word of sentences without a mark -> what was read
TYPED, TABLE, FILE = "Typed", "Table", "CSV file"
TEXT, WORD, ROWS, EDITION, ASKED, SOURCE, EXAMPLE = (
    f"senses-{name}" for name in ("typed", "word", "rows", "edition", "asked", "source", "example")
)
EVERY = "all words"
PLACE = """money: She asked the [[bank]] for a loan.
money: My wages arrive at the [[bank]] on Friday.
river: The otter climbed the muddy [[bank]].
river: Reeds grew along the [[bank]]."""
FILE_MB = 20
SHOWN = 8  # problems that are listed


def choose() -> tuple[tuple[Labelled, ...], str]:
    """Draw the ways to give sentences; the rows that were asked for last, none before, and the rule for pieces."""
    _examples()
    st.session_state.setdefault(SOURCE, TYPED)
    source = st.segmented_control(
        "Sentences", [TYPED, TABLE, FILE], required=True, key=SOURCE, label_visibility="collapsed",
        persist_state="session",
    )  # fmt: skip
    read = {TABLE: _table, FILE: _file}.get(source or TYPED, _typed)()
    asked: tuple[Labelled, ...] = st.session_state.get(ASKED, ())
    with st.container(horizontal=True, vertical_alignment="bottom", key="senses-how"):
        word, pooling = _how()
        place = st.empty()
    with problems.told():
        found = read(word)
        go = place.button(
            "Measure", type="primary", icon=":material/play_arrow:", key="senses-go", disabled=not found.rows
        )
        asked = st.session_state[ASKED] = found.rows if go else asked
        _told(found)
        if asked and found.rows != asked:
            st.caption(":material/info: Below are the sentences measured last. Press Measure for those above.")
    return asked, pooling


def _examples() -> None:
    from core.inspection.homonym_examples import EXAMPLES

    with st.container(horizontal=True, vertical_alignment="bottom", key="senses-examples"):
        word = st.selectbox("Ready example", [*EXAMPLES, EVERY], key=EXAMPLE, width=200)
        st.button(
            "Use it", icon=":material/science:", key="senses-use", on_click=_use, args=(word,),
            help="Sentences written for this product; they take the place of those below.",
        )  # fmt: skip


def _use(word: str) -> None:
    from core.inspection.homonym_examples import EXAMPLES
    from core.inspection.senses import writing

    rows = writing.examples(list(EXAMPLES) if word == EVERY else [word]).rows
    st.session_state[TEXT], st.session_state[SOURCE] = writing.lines(rows), TYPED
    st.session_state[ROWS] = pd.DataFrame(
        {"word": [row.word for row in rows], "sense": [row.sense for row in rows],
         "sentence": [writing.marked(row) for row in rows]}
    )  # fmt: skip
    st.session_state[EDITION] = st.session_state.get(EDITION, 0) + 1
    st.session_state[ASKED] = rows


def _how() -> tuple[str, str]:
    """The word of sentences without a mark, and the rule for words of several pieces."""
    word = st.text_input(
        "Word", key=WORD, width=240, placeholder="bank", persist_state="session",
        help="Marks the word in sentences that have no [[mark]]. Forms that differ, such as banks, need one.",
    )  # fmt: skip
    pooling = st.segmented_control(
        "Pieces of a word", ["mean", "first", "last"], default="mean", required=True, key="senses-pooling",
        help="Only words of several pieces differ: the mean of their vectors, the first or the last.",
    )  # fmt: skip
    return word, pooling or "mean"


def _typed() -> Read:
    from core.inspection.senses import writing

    text = st.text_area(
        "One sentence a line", key=TEXT, height=240, placeholder=PLACE, persist_state="session",
        help="`sense: sentence with the [[word]]`; three to ten a sense. A line `# word` begins another word, "
        "a line without a sense takes part in the clusters alone.",
    )  # fmt: skip
    return lambda word: writing.typed(text or "", word)


def _table() -> Read:
    from core.inspection.senses import writing

    empty = pd.DataFrame({name: pd.Series([], dtype="str") for name in ("word", "sense", "sentence")})
    rows = st.data_editor(
        st.session_state.get(ROWS, empty), key=f"senses-editor-{st.session_state.get(EDITION, 0)}", num_rows="dynamic",
        hide_index=True, width="stretch", height=300,
        column_config={
            "word": st.column_config.TextColumn(width="small", help="Whose senses compete; marks bare sentences too."),
            "sense": st.column_config.TextColumn(width="small"),
            "sentence": st.column_config.TextColumn(width="large", help="The word as [[word]], or as named before."),
        },
    )  # fmt: skip
    records: list[dict[str, Any]] = rows.to_dict("records")
    return lambda word: writing.table(records, word)


def _file() -> Read:
    from core.errors import UserProblem
    from core.inspection.senses import writing
    from core.inspection.senses.sheet import Sheet

    file = st.file_uploader(
        "CSV with columns sense and sentence", ["csv", "tsv", "txt"], key="senses-file", max_upload_size=FILE_MB,
        help="UTF-8. Columns start and end (characters from 0, end excluded) mark the word, or [[word]] in the text, "
        "or a column word, or the box.",
    )  # fmt: skip

    def read(word: str) -> Sheet:
        if file is None:
            return Sheet(())
        if file.size > FILE_MB * 1_000_000:
            raise UserProblem(f"The file has {quantities.size(file.size)}.", f"At most {FILE_MB} MB are read.")
        return writing.csv_file(file.getvalue(), word)

    return read


def _told(found: Sheet) -> None:
    """What was understood, and what was not."""
    from core.inspection.senses.curve import senses

    told = [*found.problems, *found.notes]
    if told:
        more = [f"and {len(told) - SHOWN:,} more"] if len(told) > SHOWN else []
        st.warning("  \n".join(map(escape, [*told[:SHOWN], *more])), icon=":material/edit_note:")
    if not found.rows:
        st.info("No sentence yet. Write three or more for each sense, or use a ready example.", icon=":material/edit:")
        return
    counts = [
        f"{word}: " + ", ".join(f"{sense or 'no sense'} {count}" for sense, count in of.items())
        for word, of in senses(found.rows).items()
    ]
    shown = "; ".join(counts[:4]) + (f"; and {len(counts) - 4} more words" if len(counts) > 4 else "")
    st.caption(escape(f"{quantities.count(len(found.rows), 'sentence')}. {shown}."))
