"""The newest extraction and the newest report of every upload of raw text that somebody is looking at.

The corpus that a check leaves on disk is the one that saving takes, so one desk serves an upload, and one visitor at
a time.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.jobs import corpora
from core.progress import Report, silent

if TYPE_CHECKING:
    from core.data.corpus.extraction.contract import Extracted
    from core.data.corpus.options import CorpusOptions
    from core.data.corpus.report import CorpusReport
    from core.jobs.staging import Staged

KEPT_PREVIEWS = 16


class RawDesk:
    """One upload of raw text: its sources, what was asked last, and the answer."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._extracted: tuple[Any, Extracted] | None = None
        self._previews: dict[Any, list[dict[str, Any]]] = {}
        self._report: tuple[Any, CorpusReport] | None = None

    def extract(self, staged: Staged, options: CorpusOptions, report: Report = silent) -> Extracted:
        """All files of the upload; read once for each column and encoding asked for."""
        asked = (options.column, options.encoding)
        with self._lock:
            if self._extracted is None or self._extracted[0] != asked:
                self._extracted = self._report = None
                self._previews.clear()
                self._extracted = asked, corpora.extract(staged, options, report)
            return self._extracted[1]

    def preview(self, staged: Staged, options: CorpusOptions) -> list[dict[str, Any]]:
        """The first documents as `options` cut them."""
        shape = replace(options, holdout=0.0, seed=0, drop_duplicates=False, drop_near_duplicates=False)
        with self._lock:
            extracted = self.extract(staged, options)
            if shape not in self._previews:
                while len(self._previews) >= KEPT_PREVIEWS:
                    self._previews.pop(next(iter(self._previews)))
                self._previews[shape] = corpora.preview(extracted, options)
            return self._previews[shape]

    def known(self, options: CorpusOptions, tokenizer: Path | None) -> bool:
        """Whether the report is there already."""
        return self._report is not None and self._report[0] == (options, tokenizer)

    def check(
        self, staged: Staged, options: CorpusOptions, tokenizer: Path | None, report: Report = silent
    ) -> CorpusReport:
        """The cleaning report; the corpus lies in the upload's folder afterwards."""
        with self._lock:
            if not self.known(options, tokenizer) or self._report is None:
                self._report = None
                self._report = (options, tokenizer), corpora.check(staged, options, tokenizer, report)
            return self._report[1]


@st.cache_resource(max_entries=32, show_spinner=False)
def of(upload_id: str) -> RawDesk:
    """The desk of one upload, shared by all who look at it."""
    return RawDesk()
