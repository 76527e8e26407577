"""A sentence ends after `.`, `!`, `?` or `…` and the quotes and brackets that close behind them, before a blank.

The signs of Chinese and Japanese end a sentence without a blank. `Mr. Smith` is cut, and so is `"Stop!" he cried`.
"""

from __future__ import annotations

import re

from core.data.corpus.sentences.contract import Splitter, stripped

CLOSING = "\"'”’»›)\\]}_*"
END = re.compile(rf"[.!?…]+[{CLOSING}]*(?=\s|$)|[。！？]+[」』）”’]*")


def split(paragraph: str, language: str) -> list[str]:
    """The sentences of a paragraph."""
    pieces, start = [], 0
    for end in END.finditer(paragraph):
        pieces.append(paragraph[start : end.end()])
        start = end.end()
    return stripped([*pieces, paragraph[start:]])


SPLITTER = Splitter(
    name="closing_punctuation",
    title="Closing punctuation",
    summary="“.”, “!” or “?” and the quotes that close after it end a sentence.",
    split=split,
    order=2,
)
