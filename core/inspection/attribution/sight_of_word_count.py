"""A text as a word count sees it: terms, no order but that of neighbours; words are taken out by blanking them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from core.errors import Stopped
from core.inference.classifier import Classifier
from core.inference.scorers.tfidf import CHARACTERS, TfidfScorer, joined_texts
from core.inspection.attribution import units as scored
from core.progress import Progress, Report, ShouldStop, never, silent

CHUNK = 64


class SightOfWordCount:
    """See `Sight`; `joined` is the text and its pair as the scorer reads them, `begins[part]` where each begins."""

    def __init__(self, classifier: Classifier, text: str, pair: str | None, unit: str) -> None:
        assert isinstance(classifier.scorer, TfidfScorer)
        self.classifier, self.kind, self.scorer = classifier, "tfidf", classifier.scorer
        self.texts = (text,) if pair is None else (text, pair)
        self.joined = joined_texts([text], None if pair is None else [pair])[0][:CHARACTERS]
        self.begins = (0, len(text) + 1)[: len(self.texts)]
        limits = [max(0, CHARACTERS - begin) for begin in self.begins]
        self.seen = tuple(min(len(part), limit) for part, limit in zip(self.texts, limits, strict=True))
        self.pieces: tuple[str, ...] = ()
        self.unit, self.units = scored.chosen(self.texts, scored.plain_words(self.texts, self.seen), unit)
        self.notes = self._notes(unit)
        self.logits = self._logits([self.joined])[0]

    def without(
        self,
        dropped: Sequence[Collection[int]],
        replacement: str = "delete",
        *,
        report: Report = silent,
        should_stop: ShouldStop = never,
        phase: str = "occlusion",
    ) -> np.ndarray:
        """Logits (n, C) float64 with these units blanked; Stopped when asked to stop."""
        found = [np.zeros((0, len(self.classifier.labels)))]
        for start in range(0, len(dropped), CHUNK):
            if should_stop() is not None:
                raise Stopped(f"{phase} was stopped after {start} of {len(dropped)} altered texts")
            chunk = dropped[start : start + CHUNK]
            found.append(self._logits([self._blanked(units) for units in chunk]))
            report(Progress(phase, start + len(chunk), len(dropped)))
        return np.concatenate(found)

    def owners(self) -> np.ndarray:
        """(characters of `joined`,) int64: number of the unit that a character belongs to, or -1."""
        owners = np.full(len(self.joined), -1, dtype=np.int64)
        for number, unit in enumerate(self.units):
            begin = self.begins[unit.part]
            owners[begin + unit.start : begin + unit.end] = number
        return owners

    def _blanked(self, units: Collection[int]) -> str:
        letters = list(self.joined)
        for number in units:
            unit = self.units[number]
            begin = self.begins[unit.part] + unit.start
            letters[begin : begin + len(unit.text)] = " " * len(unit.text)
        return "".join(letters)

    def _logits(self, texts: Sequence[str]) -> np.ndarray:
        return self.scorer.logits(texts).values.astype(np.float64)

    def _notes(self, asked: str) -> tuple[str, ...]:
        found = ["This classifier counts words: it knows no order beyond neighbours, and no BERT is in it."]
        if any(seen < len(text) for seen, text in zip(self.seen, self.texts, strict=True)):
            found.append(f"It reads {CHARACTERS:,} characters and no more.")
        if asked == "auto" and self.unit == "sentence":
            found.append(f"The text has more than {scored.MOST_WORDS} words, so sentences are scored, not words.")
        if len(self.units) == 1:
            found.append(f"There is one {self.unit} only: it has nothing to be compared with.")
        return tuple(found)
