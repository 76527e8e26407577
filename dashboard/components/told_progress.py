"""What work inside the current run is doing, told in place while the page waits for it.

Work that outlives the page is a run and told by run_progress. A bar is drawn only where steps were counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from core.progress import Progress, Report
from dashboard.components.plain import escape


@contextmanager
def told(spinner: str) -> Iterator[Report]:
    """Show `spinner` with its time and, below it, every report; both go when the block ends."""
    with st.spinner(spinner, show_time=True):
        place = st.empty()

        def tell(progress: Progress) -> None:
            if progress.steps:
                place.progress(min(1.0, progress.step / progress.steps), text=escape(words(progress)))
            else:
                place.caption(escape(words(progress)))

        try:
            yield tell
        finally:
            place.empty()


def words(progress: Progress) -> str:
    """The phase, and how many of how many where that is counted."""
    return progress.phase + (f": {progress.step:,} of {progress.steps:,}" if progress.steps else " …")
