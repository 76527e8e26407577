"""The newest reading and the newest check of every upload that somebody is looking at.

The table that a reading leaves on disk is the one the next check takes, so one desk serves an upload: it reads anew
when the wanted options are not those on disk, checks anew when anything that matters changed, and lets one visitor at a
time do so. Work is done in child processes; what stays here is their short answer.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.data import columns
from core.data.column_mapping import ColumnMapping
from core.jobs import uploads
from core.progress import Report, silent

if TYPE_CHECKING:
    from core.data.draft import CheckOptions
    from core.data.reading.facts import TableFacts
    from core.data.reading.options import ReadOptions
    from core.data.report import Preflight
    from core.jobs.uploads import Staged

Guess = tuple[ColumnMapping | None, str | None]
LONG = 2_000  # characters of a row, on average


@dataclass(frozen=True)
class File:
    """An upload together with how it is to be read and what its columns mean."""

    staged: Staged
    options: ReadOptions
    mapping: ColumnMapping


class Desk:
    """One upload: what was asked last, and the answer."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._options: ReadOptions | None = None
        self._facts: TableFacts | None = None
        self._guess: Guess = (None, None)
        self._asked: Any = None
        self._report: Preflight | None = None

    def read(self, staged: Staged, options: ReadOptions) -> TableFacts:
        """The table as `options` read it; raises UserProblem with the reader's sentence."""
        with self._lock:
            if self._facts is None or self._options != options:
                self._facts = self._report = None
                self._facts, self._options = uploads.parse(staged, options), options
                self._guess = guessed(self._facts, staged.table)
            return self._facts

    def guess(self, staged: Staged, options: ReadOptions) -> Guess:
        """What the columns seem to mean: a whole mapping, or at least which column is the text."""
        with self._lock:
            self.read(staged, options)
            return self._guess

    def check(
        self, main: File, test: File | None, options: CheckOptions, tokenizer: Path | None, report: Report = silent
    ) -> Preflight:
        """The pre-flight report of `main` (and `test`); raises UserProblem when no check is possible.

        report: hears how far a check is, in the caller's own thread; nothing where the answer is known already.
        """
        asked = (main.mapping, test, options, tokenizer)
        with self._lock:
            self.read(main.staged, main.options)
            if test is not None:
                of(test.staged.id).read(test.staged, test.options)
            if self._report is None or self._asked != asked:
                self._report = None
                self._report, self._asked = _check(main, test, options, tokenizer, report), asked
            return self._report


def _check(main: File, test: File | None, options: CheckOptions, tokenizer: Path | None, report: Report) -> Preflight:
    return uploads.check(
        main.staged,
        main.mapping,
        options,
        test_staged=test.staged if test else None,
        test_mapping=test.mapping if test else None,
        tokenizer=tokenizer,
        on_progress=report,
    )


def guessed(facts: TableFacts, table: Path) -> Guess:
    """Guess from some thousand rows; where rows are very long, from the preview alone, so that memory stays small."""
    seen = sum(len(cell) for row in facts.preview for cell in row)
    rows = table if seen <= LONG * len(facts.preview) else None
    mapping = columns.guess(facts, rows)
    return mapping, mapping.text if mapping else columns.guess_text(facts, rows)


@st.cache_resource(max_entries=32, show_spinner=False)
def of(upload_id: str) -> Desk:
    """The desk of one upload, shared by all who look at it."""
    return Desk()
