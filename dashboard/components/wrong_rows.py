"""Mistakes: the confusion matrix, and the rows behind whichever cell is clicked; the most confidently wrong come first.

The choice lives in one select box, so the keyboard reaches every cell; a click on the chart only sets that box.
"""

from __future__ import annotations

from typing import Literal

import pandas as pd
import streamlit as st

from dashboard.components import confusion_chart, headline, problems, quantities, scored_rows
from registry.records import DatasetVersion, Score

ALL_WRONG = ("", "")
SHOWN_ROWS = 500
LONG = 14  # letters of a label that a narrow column still shows
SURE = "probability of the predicted label"
SURE_OF_MISTAKE = "how sure the model was of its worst mistake in this text"
SEVERAL = (
    "Texts that lack a label or carry one too many, the most certain mistake first. With several labels a text there "
    "is no confusion matrix; the table above tells how each label does."
)
Cell = tuple[str, str]


def show(score: Score, dataset: DatasetVersion | None, key: str) -> None:
    """Draw the matrix (one label a row) and the table of rows."""
    labels = list(score.details.get("labels", ()))
    matrix = score.details.get("confusion") or []
    if not matrix or headline.several(score):
        st.caption(SEVERAL)
        _rows(score, dataset, [], key)
        return
    cells = confusion_chart.frame(matrix, labels)
    beside = len(labels) <= confusion_chart.FIGURES_UP_TO
    left, right = st.columns([5, 6], gap="large") if beside else (st.container(), st.container())
    with left:
        _matrix(cells, labels, key)
    with right:
        _rows(score, dataset, _options(cells), key)


def _matrix(cells: pd.DataFrame, labels: list[str], key: str) -> None:
    worst = confusion_chart.mistakes(cells)
    named = "; ".join(f"{row.given} as {row.predicted} {row.rows}" for row in worst.head(5).itertuples())
    st.altair_chart(
        confusion_chart.chart(cells, labels),
        key=f"{key}-matrix",
        on_select=lambda: _clicked(f"{key}-matrix", f"{key}-cell"),
        selection_mode=[confusion_chart.CLICKED],
        alt=f"Confusion matrix; most frequent mistakes: {named or 'none'}",
        width="stretch",
    )
    st.caption("Colour is the share of the given label's rows. Click a cell to list its rows.")


def _clicked(chart: str, box: str) -> None:
    """Carry a click on the chart over to the select box."""
    chosen = st.session_state[chart]["selection"].get(confusion_chart.CLICKED) or []
    st.session_state[box] = (chosen[0]["given"], chosen[0]["predicted"]) if chosen else ALL_WRONG


def _options(cells: pd.DataFrame) -> list[Cell]:
    worst = confusion_chart.mistakes(cells)
    right = cells[cells["given"] == cells["predicted"]]
    return [(str(row.given), str(row.predicted)) for part in (worst, right) for row in part.itertuples()]


def _rows(score: Score, dataset: DatasetVersion | None, cells: list[Cell], key: str) -> None:
    with problems.told():
        rows = scored_rows.read(score, dataset)
        chosen = ALL_WRONG
        if cells:
            chosen = st.selectbox("Rows", [ALL_WRONG, *cells], format_func=_title, key=f"{key}-cell")
        table(pick(rows, chosen), key, SURE_OF_MISTAKE if headline.several(score) else SURE)


def pick(rows: pd.DataFrame, cell: Cell) -> pd.DataFrame:
    """The rows of one cell, or all wrong rows; the most confident first."""
    if cell == ALL_WRONG:
        found = rows[~rows["right"]]
    else:
        found = rows[(rows["given"] == cell[0]) & (rows["predicted"] == cell[1])]
    return found.sort_values("score", ascending=False, kind="stable")


def _title(cell: Cell) -> str:
    if cell == ALL_WRONG:
        return "All wrong rows, the most confident first"
    return f"given {cell[0]} → predicted {cell[1]}" if cell[0] != cell[1] else f"rightly {cell[0]}"


def table(found: pd.DataFrame, key: str, sure: str = SURE) -> None:
    """List rows with their texts; cells show text as it is."""
    if found.empty:
        st.caption("There is no such row.")
        return
    shown = found.head(SHOWN_ROWS)
    width: Literal["small", "medium"] = "medium" if _longest(shown) > LONG else "small"
    columns = [name for name in ("given", "predicted", "score", "text", "text_pair", "line") if name in shown]
    st.dataframe(
        shown[columns],
        key=f"{key}-rows",
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(shown), 420),
        alt="Rows with their given and predicted labels",
        column_config={
            "text": st.column_config.TextColumn("text", width="large"),
            "given": st.column_config.TextColumn("given", width=width),
            "predicted": st.column_config.TextColumn("predicted", width=width),
            "score": st.column_config.NumberColumn("sure", format="%.3f", help=sure),
            "line": st.column_config.NumberColumn("line", format="%d", help="line in the uploaded file"),
        },
    )
    st.caption(
        f"{quantities.count(len(found), 'row')}."
        + (f" The first {SHOWN_ROWS} are shown." if len(found) > SHOWN_ROWS else "")
    )


def _longest(rows: pd.DataFrame) -> int:
    return int(max(rows[name].astype(str).str.len().max() for name in ("given", "predicted")))
