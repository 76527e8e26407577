"""From parsed tables and a column mapping to the first draft: unreadable cells and blank texts or labels leave here.

A blank label cell is rejected; a row whose label list is empty (`[]`), or whose 0/1 columns are all 0, is kept and
has no label.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from core.data import labels
from core.data.canonical import is_blank
from core.data.column_mapping import ColumnMapping
from core.data.draft import CheckOptions, Draft, Rejected
from core.data.reading.facts import LINE_COLUMN, TableFacts
from core.data.split_names import split_name

EMPTY_TEXT, EMPTY_LABEL = "empty text", "empty label"


@dataclass(frozen=True)
class Source:
    """One file: "train" or "test", its parsed table, the reader's facts, and the mapping of its columns."""

    file: str
    table: Path
    facts: TableFacts
    mapping: ColumnMapping


def first_draft(sources: list[Source], options: CheckOptions) -> Draft:
    """All readable rows of the files, in their order, compared; the rest rejected with reasons."""
    taken = [_take(source) for source in sources]
    frame = pd.concat([frame for frame, _ in taken], ignore_index=True)
    problems = pd.concat([problem for _, problem in taken], ignore_index=True)
    read = tuple(Rejected(s.file, int(r.line), r.reason, None, r.raw) for s in sources for r in s.facts.rejected)
    draft = Draft(frame, read, sources[0].mapping.several, options)
    bad = problems.ne("").to_numpy()
    return reject_blank(draft.drop(bad, problems[bad].tolist())).compared()


def reject_blank(draft: Draft, reason: str = EMPTY_TEXT) -> Draft:
    """Without the rows whose text (or, in pairs, either text) shows nothing."""
    blank = draft.frame["text"].map(is_blank).to_numpy(dtype=bool)
    if "pair" in draft.frame:
        blank = blank | draft.frame["pair"].map(is_blank).to_numpy(dtype=bool)
    return draft.drop(blank, reason)


def _take(source: Source) -> tuple[pd.DataFrame, pd.Series]:
    mapping = source.mapping
    mapping.require(source.facts.columns, file=f"{source.file} file" if source.file == "test" else "file")
    wanted = [LINE_COLUMN, *dict.fromkeys(column for _, column in mapping.parts)]
    table = pq.read_table(source.table, columns=wanted).to_pandas()  # type: ignore[no-untyped-call]
    cells = {column: table[column].fillna("").tolist() for column in wanted[1:]}
    found, problems = _labels(cells, mapping, len(table))
    frame = pd.DataFrame({"position": np.arange(len(table)), "line": table[LINE_COLUMN]})
    frame["source"] = pd.Series([source.file] * len(table), dtype="str")
    frame["given"] = pd.Series(_given(source, cells, len(table)), dtype="str")
    frame["text"] = pd.Series(cells[mapping.text], dtype="str")
    frame["label"] = pd.Series(found, dtype="str")
    for name, column in (("pair", mapping.text_pair), ("id", mapping.id), ("group", mapping.group)):
        if column:
            frame[name] = pd.Series(cells[column], dtype="str")
    if mapping.weight:
        frame["weight"], problems = _weights(cells[mapping.weight], problems)
    return frame, pd.Series(problems, dtype=object)


def _given(source: Source, cells: dict[str, list[str]], rows: int) -> list[str]:
    if source.file == "test":
        return ["test"] * rows
    column = source.mapping.split
    return [split_name(cell) for cell in cells[column]] if column else [""] * rows


def _labels(cells: dict[str, list[str]], mapping: ColumnMapping, rows: int) -> tuple[list[str], list[str]]:
    if isinstance(mapping.label, tuple):
        columns = [cells[name] for name in mapping.label]
        read = [_from_columns(dict(zip(mapping.label, row, strict=True))) for row in zip(*columns, strict=True)]
    else:
        column = cells[mapping.label]
        distinct = {cell: _from_cell(cell, mapping) for cell in set(column)}
        read = [distinct[cell] for cell in column]
    return [name for name, _ in read], [problem for _, problem in read]


def _from_columns(row: dict[str, str]) -> tuple[str, str]:
    try:
        return labels.LABEL_JOINT.join(labels.from_columns(row)), ""
    except labels.UnreadableLabel as problem:
        return "", str(problem)


def _from_cell(cell: str, mapping: ColumnMapping) -> tuple[str, str]:
    if is_blank(cell):
        return "", EMPTY_LABEL
    if not mapping.multi_label:
        return cell, ""
    try:
        names = labels.several(cell, mapping.label_separator)
    except labels.UnreadableLabel as problem:
        return "", str(problem)
    return ("", EMPTY_LABEL) if names is None else (labels.LABEL_JOINT.join(names), "")


def _weights(cells: list[str], problems: list[str]) -> tuple[np.ndarray, list[str]]:
    numbers = pd.to_numeric(pd.Series(cells, dtype=object), errors="coerce").to_numpy(dtype=float)
    fine = np.isfinite(numbers) & (numbers >= 0)
    told = [
        problem or ("" if good else f"weight {cell[:40]!r} is not a number of 0 or more")
        for problem, good, cell in zip(problems, fine, cells, strict=True)
    ]
    return np.where(fine, numbers, 0.0), told
