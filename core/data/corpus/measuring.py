"""What is measured on the sentences that would be saved, one passage after the other, in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from core.data.corpus.store import CorpusSplit, Document

REPLACED = "\ufffd"
LONG = 128  # words; a longer sentence is told as very long
SHOWN = 5  # of the longest sentences
CUT = 300  # characters shown of a long sentence
SAMPLE = 5_000  # sentences measured in word pieces
BINS = 32
PREVIEW_DOCUMENTS, PREVIEW_SENTENCES, PREVIEW_CHARACTERS = 8, 12, 1_000


class Measures:
    """Counts, the lengths, a sample drawn with the seed, and the first documents."""

    def __init__(self, seed: int) -> None:
        self.sentences = self.words = self.characters = self.replaced = 0
        self.splits: Counter[str] = Counter()
        self._documents: dict[str, int] = {}
        self._last: dict[str, int] = {}
        self._lengths: Counter[int] = Counter()
        self.longest: list[dict[str, Any]] = []
        self.preview: list[dict[str, Any]] = []
        self._sample: list[str] = []
        self._random = np.random.default_rng(seed)

    def add(self, split: CorpusSplit, document: Document) -> None:
        """Count a passage of a document."""
        if self._last.get(split) != document.number:
            self._last[split] = document.number
            self._documents[split] = self._documents.get(split, 0) + 1
        self.splits[split] += len(document.sentences)
        self._show(split, document)
        draws = self._random.random(len(document.sentences))
        for sentence, draw in zip(document.sentences, draws.tolist(), strict=True):
            self._count(sentence, document, draw)

    def _count(self, sentence: str, document: Document, draw: float) -> None:
        words = len(sentence.split())
        self.sentences += 1
        self.words += words
        self.characters += len(sentence)
        self.replaced += sentence.count(REPLACED)
        self._lengths[words] += 1
        if words > LONG:
            self._keep_longest({"document": document.number, "name": document.name, "words": words}, sentence)
        if len(self._sample) < SAMPLE:
            self._sample.append(sentence)
        elif (place := int(draw * self.sentences)) < SAMPLE:  # reservoir: every sentence is as likely as any other
            self._sample[place] = sentence

    def _keep_longest(self, told: dict[str, Any], sentence: str) -> None:
        shown = sentence if len(sentence) <= CUT else sentence[:CUT] + "…"
        self.longest = sorted([*self.longest, {**told, "sentence": shown}], key=lambda one: -one["words"])[:SHOWN]

    def _show(self, split: CorpusSplit, document: Document) -> None:
        if len(self.preview) < PREVIEW_DOCUMENTS and document.number not in {one["document"] for one in self.preview}:
            self.preview.append(shown(document, split))

    @property
    def long_sentences(self) -> int:
        """Sentences of more than `LONG` words."""
        return sum(count for words, count in self._lengths.items() if words > LONG)

    def documents(self, split: CorpusSplit) -> int:
        """Documents of which at least a passage lies in the split."""
        return self._documents.get(split, 0)

    def lengths(self, tokenizer: Path | None) -> dict[str, Any]:
        """Histograms: `words` of all sentences, `pieces` of a sample (None without a tokenizer)."""
        pieces = self._pieces(tokenizer) if tokenizer and self._sample else None
        return {"words": histogram(self._lengths), "pieces": pieces}

    def _pieces(self, tokenizer: Path) -> dict[str, Any]:
        from tokenizers import Tokenizer

        reader = Tokenizer.from_file(str(tokenizer))
        reader.no_truncation()
        reader.no_padding()
        sizes: Counter[int] = Counter()
        for start in range(0, len(self._sample), 500):
            encoded = reader.encode_batch(self._sample[start : start + 500], add_special_tokens=False)
            sizes.update(len(item.ids) for item in encoded)
        return {**histogram(sizes), "sampled": len(self._sample) < self.sentences}


def shown(document: Document, split: str = "train") -> dict[str, Any]:
    """The beginning of a document, ready for JSON."""
    first = [
        sentence if len(sentence) <= PREVIEW_CHARACTERS else sentence[:PREVIEW_CHARACTERS] + "…"
        for sentence in document.sentences[:PREVIEW_SENTENCES]
    ]
    more = len(document.sentences) > PREVIEW_SENTENCES
    return {"document": document.number, "name": document.name, "split": split, "sentences": first, "more": more}


def histogram(lengths: Counter[int]) -> dict[str, Any]:
    """Bins of equal width (`from` <= length < `to`), median, mean, longest; the last bin takes all that is longer."""
    total = sum(lengths.values())
    if not total:
        return {"bins": [], "measured": 0, "median": 0, "mean": 0.0, "longest": 0}
    values = np.array(sorted(lengths))
    counts = np.array([lengths[int(value)] for value in values])
    passed = np.cumsum(counts)
    edge = int(values[np.searchsorted(passed, 0.99 * total)])
    width = max(1, -(-(edge + 1) // (BINS - 1)))
    return {
        "bins": _bins(values, counts, width),
        "measured": total,
        "median": int(values[np.searchsorted(passed, 0.5 * total)]),
        "mean": round(float((values * counts).sum() / total), 2),
        "longest": int(values[-1]),
    }


def _bins(values: np.ndarray, counts: np.ndarray, width: int) -> Sequence[dict[str, int]]:
    places = np.minimum(values // width, BINS - 1)
    sums = np.bincount(places, counts, minlength=int(places.max()) + 1).astype(int)
    longest = int(values[-1]) + 1
    last = len(sums) - 1
    return [
        {
            "from": place * width,
            "to": max(longest, (place + 1) * width) if place == last else (place + 1) * width,
            "count": int(number),
        }
        for place, number in enumerate(sums)
    ]
