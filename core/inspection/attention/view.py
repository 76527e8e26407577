"""What is drawn of one matrix, and how much attention goes to what is not drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.errors import UserProblem
from core.inspection.attention import words
from core.inspection.attention.weights import Attention
from core.inspection.attention.words import Unit

DIRECTIONS: Mapping[str, tuple[int | None, int | None]] = {
    "all": (None, None),
    "first_to_second": (0, 1),
    "second_to_first": (1, 0),
}  # the parts that rows and columns are taken from
Span = tuple[int, int]  # first and last, both counted from 1 and both included


@dataclass(frozen=True)
class View:
    """`weights` (R, C) float32 from `rows` to `columns`, as the model paid them: rows are not scaled up to 1 again.

    `row_places` and `column_places` number the units of the whole input from 1. `to_specials` and `elsewhere` (R,) are
    the shares of each row that go to special pieces, and to other words, that are not drawn.
    """

    rows: tuple[Unit, ...]
    columns: tuple[Unit, ...]
    row_places: np.ndarray
    column_places: np.ndarray
    weights: np.ndarray
    to_specials: np.ndarray
    elsewhere: np.ndarray
    pair: bool

    @property
    def hidden(self) -> float:
        """Mean share, over the rows, of attention to all that is not drawn."""
        return float((self.to_specials + self.elsewhere).mean())

    def strongest(self, row: int) -> tuple[Unit, float]:
        """The column that a row looks at most, and the share."""
        column = int(self.weights[row].argmax())
        return self.columns[column], float(self.weights[row, column])


def view(
    attention: Attention,
    layer: int,
    head: int | None = None,
    *,
    by_pieces: bool = False,
    specials: bool = False,
    direction: str = "all",
    rows: Span | None = None,
    columns: Span | None = None,
) -> View:
    """One head, or the mean of a layer's heads, between words (or pieces).

    `direction` is one of DIRECTIONS; one that needs a pair is a UserProblem without it. `rows` and `columns` zoom into
    a part of what is left of both after direction and `specials`.
    """
    reading = attention.reading
    units = words.pieces(reading) if by_pieces else words.words(reading)
    matrix = words.merged(attention.matrix(layer, head), units)
    across, down = _chosen(units, direction, specials, len(reading.texts) == 2)
    row, column = _zoomed(across, rows), _zoomed(down, columns)
    shown = matrix[np.ix_(row, column)]
    unseen = np.array([unit.special for unit in units], dtype=bool)
    unseen[column] = False
    to_specials = matrix[np.ix_(row, np.flatnonzero(unseen))].sum(axis=1)
    elsewhere = np.clip(1 - shown.sum(axis=1) - to_specials, 0, 1)
    left, top = (tuple(units[place] for place in places) for places in (row, column))
    return View(left, top, row + 1, column + 1, shown, to_specials, elsewhere, len(reading.texts) == 2)


def size(attention: Attention, *, by_pieces: bool, specials: bool, direction: str) -> tuple[int, int]:
    """How many rows and columns there are to draw before any zoom."""
    units = words.pieces(attention.reading) if by_pieces else words.words(attention.reading)
    across, down = _chosen(units, direction, specials, len(attention.reading.texts) == 2)
    return len(across), len(down)


def _chosen(units: tuple[Unit, ...], direction: str, specials: bool, pair: bool) -> tuple[np.ndarray, np.ndarray]:
    if direction not in DIRECTIONS or (direction != "all" and not pair):
        raise UserProblem(
            f"There is no direction {direction!r} here.", "Attention from one text to the other needs two texts.",
            "Write a second text, or ask for all.",
        )  # fmt: skip
    across, down = (
        np.array(
            [place for place, unit in enumerate(units) if (specials or not unit.special) and part in (None, unit.part)],
            dtype=np.int64,
        )
        for part in DIRECTIONS[direction]
    )
    return across, down


def _zoomed(places: np.ndarray, span: Span | None) -> np.ndarray:
    if span is None:
        return places
    first, last = span
    if not 1 <= first <= last <= len(places):
        raise UserProblem(f"There are no words {first} to {last}.", f"They are counted from 1 to {len(places)}.")
    return places[first - 1 : last]
