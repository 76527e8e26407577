"""A sentence ends at a full stop that a blank or the end follows, and nowhere else.

`3.5` and `e.g.this` are not cut; `Mr. Smith` is. A question goes on until the next full stop.
"""

from __future__ import annotations

import re

from core.data.corpus.sentences.contract import Splitter, stripped

END = re.compile(r"(?<=\.)\s+")


def split(paragraph: str, language: str) -> list[str]:
    """The sentences of a paragraph."""
    return stripped(END.split(paragraph))


SPLITTER = Splitter(
    name="full_stop",
    title="Full stop",
    summary="Only “.” before a blank ends a sentence.",
    split=split,
    order=1,
)
