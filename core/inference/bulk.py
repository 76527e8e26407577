"""Classifying a whole table: streamed in constant memory, resumable, rows out = rows in.

`table` is what core.data.reading wrote (strings, with the line numbers beside); the result is a CSV for people.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.errors import Stopped, UserProblem
from core.inference.classifier import Classifier, Precision
from core.inference.output import PredictionFile, Tally, our_columns, prediction_cells, renamed
from core.inference.recent import RecentPredictions
from core.inference.table import CHUNK_ROWS, Chunk, TableStream
from core.progress import Progress, Report, ShouldStop, never, silent


@dataclass(frozen=True)
class BulkOptions:
    """Which columns are read and how the result is written; `model` is the name that stands in every row."""

    text_column: str
    pair_column: str | None = None
    model: str = ""
    spreadsheet_safe: bool = True
    bom: bool = False
    chunk_rows: int = CHUNK_ROWS
    precision: Precision = "auto"


@dataclass(frozen=True)
class BulkResult:
    """What was done: rows written of those in the table, what they were called, and how long it took.

    `renamed` names input columns that had to give way to ours. `stopped`: a person asked to keep what there was.
    """

    rows: int
    table_rows: int
    counts: Mapping[str, int]
    empty: int
    truncated: int
    needs_review: int
    renamed: Mapping[str, str]
    precision: str
    seconds: float
    rows_per_second: float
    stopped: bool

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def classify_file(
    classifier: Classifier,
    table: Path,
    destination: Path,
    options: BulkOptions,
    *,
    report: Report = silent,
    should_stop: ShouldStop = never,
) -> BulkResult:
    """Predict every row of `table` into the CSV `destination`; goes on where an earlier call was cut off.

    Asked to stop with "keep_best" it finishes the file with the rows so far; with "discard" it raises Stopped and
    leaves the unfinished file for a later call.
    """
    stream = TableStream(table)
    text, pair = _place(stream, options.text_column), None
    if options.pair_column is not None:
        pair = _place(stream, options.pair_column)
    ours = our_columns(classifier.labels)
    names = renamed(stream.columns, ours)
    file = PredictionFile(
        destination, _identity(classifier, table, stream, options), guard=options.spreadsheet_safe, bom=options.bom
    )
    tally = file.open([*(names.get(column, column) for column in stream.columns), *ours])
    watch, recent = _Watch(stream.rows, tally.rows, report), RecentPredictions(classifier, options.precision)
    stopped = False
    for chunk in stream.chunks(tally.rows, options.chunk_rows):
        if stopped := _asked(should_stop, tally):
            break
        cells = _predicted(recent, chunk[text], None if pair is None else chunk[pair], options.model, tally)
        file.append([*chunk, *cells], tally)
        watch.tell(tally)
    file.finish()
    return BulkResult(
        tally.rows, stream.rows, tally.counts, tally.empty, tally.truncated, tally.needs_review, names,
        classifier.precision() if options.precision == "auto" else options.precision,
        watch.seconds(), watch.rate(tally.rows), stopped,
    )  # fmt: skip


def _predicted(recent: RecentPredictions, texts: list[str], pairs: list[str] | None, model: str, tally: Tally) -> Chunk:
    rows = [row for row, text in enumerate(texts) if text.strip()]
    predictions = recent.predict([texts[row] for row in rows], None if pairs is None else [pairs[row] for row in rows])
    cells = prediction_cells(predictions, rows, len(texts), model)
    chosen = (cells[0][row] for row in rows)
    empty = len(texts) - len(rows)
    tally.add(chosen, empty, int(predictions.truncated.sum()), int(predictions.needs_review().sum()) + empty)
    return cells


def _place(stream: TableStream, column: str) -> int:
    if column in stream.columns:
        return stream.columns.index(column)
    raise UserProblem(
        f"The table has no column {column!r}.", f"Its columns are: {', '.join(map(repr, stream.columns))}."
    )


def _asked(should_stop: ShouldStop, tally: Tally) -> bool:
    mode = should_stop()
    if mode == "discard":
        raise Stopped(f"classification was stopped after {tally.rows} rows")
    return mode is not None


def _identity(classifier: Classifier, table: Path, stream: TableStream, options: BulkOptions) -> dict[str, Any]:
    """What must be the same for an unfinished file to be gone on with."""
    return {
        "table": [table.stat().st_size, stream.rows, list(stream.columns)],
        "options": asdict(options),
        "labels": list(classifier.labels),
        "rules": [classifier.temperature, classifier.review_below, list(classifier.thresholds or ())],
    }


class _Watch:
    """Rate and seconds left, counted from where this call began."""

    def __init__(self, total: int, before: int, report: Report) -> None:
        self.total, self.before, self.report = total, before, report
        self.begun = time.monotonic()

    def seconds(self) -> float:
        return max(time.monotonic() - self.begun, 1e-6)

    def rate(self, rows: int) -> float:
        return (rows - self.before) / self.seconds()

    def tell(self, tally: Tally) -> None:
        rate = self.rate(tally.rows)
        left = (self.total - tally.rows) / rate if rate else None
        self.report(Progress("classify", tally.rows, self.total, rate=rate, seconds_left=left))
