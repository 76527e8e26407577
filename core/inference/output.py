"""The file of predictions: every input column in its order, then ours; written in pieces that survive a crash.

Beside the growing file lies a state file with the rows done and the byte where they end. Whatever a crash left behind
that byte is cut off, and the work goes on there.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from core.data.spreadsheet import guarded
from core.inference.classifier import Predictions
from core.inference.table import Chunk

_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?")
BOM = b"\xef\xbb\xbf"


@dataclass
class Tally:
    """What has been written so far: rows, bytes, and counts for the summary."""

    rows: int = 0
    offset: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    empty: int = 0
    truncated: int = 0
    needs_review: int = 0

    def add(self, labels: Iterable[str], empty: int, truncated: int, needs_review: int) -> None:
        counts = Counter(self.counts)
        counts.update(labels)
        self.counts = dict(counts)
        self.empty += empty
        self.truncated += truncated
        self.needs_review += needs_review


def safe(cell: str) -> str:
    """The cell guarded against being run as a formula; plain numbers such as -5 stay numbers."""
    return cell if _NUMBER.fullmatch(cell) else guarded(cell)


def our_columns(labels: Sequence[str]) -> list[str]:
    """The columns that are appended: prediction, score, prob_<label>..., needs_review, truncated, model."""
    return ["prediction", "score", *(f"prob_{label}" for label in labels), "needs_review", "truncated", "model"]


def renamed(columns: Sequence[str], ours: Sequence[str]) -> dict[str, str]:
    """New names for input columns that bear one of our names, so that ours can always be found."""
    taken, new = {*columns, *ours}, {}
    for column in columns:
        if column in ours:
            name, number = f"input_{column}", 2
            while name in taken:
                name, number = f"input_{column}_{number}", number + 1
            new[column] = name
            taken.add(name)
    return new


def prediction_cells(predictions: Predictions, rows: Sequence[int], size: int, model: str) -> list[list[str]]:
    """Our columns for `size` rows; `predictions` are for `rows`, the others get no prediction and ask for review."""
    labels = ["|".join(label) if isinstance(label, tuple) else label for label in predictions.labels()]
    numbers = [predictions.scores(), *predictions.probabilities.T]
    filled = [labels, *([f"{number:.6f}" for number in column.tolist()] for column in numbers)]
    flags = [_flags(predictions.needs_review()), _flags(predictions.truncated)]
    blank = [""] * len(filled) + ["true", "false"]
    if len(rows) == size:
        return [*filled, *flags, [model] * size]
    columns = [_spread(column, rows, size, empty) for column, empty in zip([*filled, *flags], blank, strict=True)]
    return [*columns, [model] * size]


class PredictionFile:
    """The growing file `<destination>.part` and its state; `identity` says for which work the state is good."""

    def __init__(self, destination: Path, identity: Mapping[str, Any], *, guard: bool, bom: bool) -> None:
        self.destination, self.identity, self.guard, self.bom = destination, dict(identity), guard, bom
        self.part = destination.with_name(destination.name + ".part")
        self.state = destination.with_name(destination.name + ".state.json")

    def open(self, header: Sequence[str]) -> Tally:
        """Go on where the state says, or begin with the header."""
        tally = self._resumed()
        if tally is not None:
            with self.part.open("r+b") as stream:
                stream.truncate(tally.offset)
            return tally
        data = (BOM if self.bom else b"") + self._encoded([[safe(name) if self.guard else name] for name in header])
        self.part.parent.mkdir(parents=True, exist_ok=True)
        self.part.write_bytes(data)
        self._save(tally := Tally(offset=len(data)))
        return tally

    def append(self, columns: Chunk, tally: Tally) -> None:
        """Write rows after those that are there, then the state: first the file reaches the disk, then its length."""
        data = self._encoded([[*map(safe, column)] for column in columns] if self.guard else columns)
        with self.part.open("ab") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        tally.rows += len(columns[0])
        tally.offset += len(data)
        self._save(tally)

    def finish(self) -> None:
        """Give the file its name and forget the state."""
        self.part.replace(self.destination)
        self.state.unlink(missing_ok=True)

    def _encoded(self, columns: Chunk) -> bytes:
        text = io.StringIO()
        csv.writer(text, lineterminator="\r\n").writerows(zip(*columns, strict=True))
        return text.getvalue().encode("utf-8", "replace")

    def _resumed(self) -> Tally | None:
        try:
            state = json.loads(self.state.read_text(encoding="utf-8"))
            tally = Tally(**state["tally"])
            fits = state["identity"] == json.loads(json.dumps(self.identity))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        whole = self.part.is_file() and self.part.stat().st_size >= tally.offset
        return tally if fits and whole else None

    def _save(self, tally: Tally) -> None:
        fresh = self.state.with_name(self.state.name + ".new")
        fresh.write_text(json.dumps({"identity": self.identity, "tally": asdict(tally)}), encoding="utf-8")
        fresh.replace(self.state)


def _flags(values: Any) -> list[str]:
    return ["true" if value else "false" for value in values.tolist()]


def _spread(column: Sequence[str], rows: Sequence[int], size: int, empty: str) -> list[str]:
    out = [empty] * size
    for row, cell in zip(rows, column, strict=True):
        out[row] = cell
    return out
