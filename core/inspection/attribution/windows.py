"""A text longer than a classifier's sight, part by part: what it would answer if it read each part alone.

Its real answer comes from the first part only. The others say what stands behind the cut and was never looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.inference.classifier import Classifier
from core.inference.scorers.tfidf import CHARACTERS
from core.inspection.reading import read

MOST = 200  # parts; what lies behind them is not listed


@dataclass(frozen=True)
class Window:
    """Characters start <= c < end of the text, and what the classifier answers to them."""

    start: int
    end: int
    label: str
    score: float


def spans(classifier: Classifier, text: str) -> list[tuple[int, int]]:
    """Parts that the classifier sees whole, one behind the other, at most MOST; blanks between them are in none.

    No part ends inside a word, unless the word is longer than all the classifier sees.
    """
    found: list[tuple[int, int]] = []
    start = _next(text, 0)
    while start < len(text) and len(found) < MOST:
        end = start + max(1, _sight(classifier, text[start:]))
        found.append((start, end))
        start = _next(text, end)
    return found


def windows(classifier: Classifier, text: str) -> list[Window]:
    """Every part with its answer; one part where the classifier sees the whole text."""
    places = spans(classifier, text)
    if not places:
        return []
    answers = classifier.predict([text[start:end] for start, end in places])
    return [
        Window(start, end, label if isinstance(label, str) else " + ".join(label) or "no label", float(score))
        for (start, end), label, score in zip(places, answers.labels(), answers.scores(), strict=True)
    ]


def _sight(classifier: Classifier, text: str) -> int:
    """How many characters of a text are seen, without a word that is cut."""
    if classifier.scorer.kind == "tfidf":
        return min(len(text), CHARACTERS)
    reader: Any = getattr(classifier.scorer, "encoder", classifier.scorer)
    reading = read(reader.tokenizer, text, max_length=reader.max_length, specials_as_text=False)
    cut = [word.start for word in reading.words if word.cut and word.start > 0]
    return min(cut, default=reading.seen[0])


def _next(text: str, start: int) -> int:
    """The first character from `start` on that is no blank."""
    while start < len(text) and text[start].isspace():
        start += 1
    return start
