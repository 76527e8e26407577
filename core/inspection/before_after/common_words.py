"""The words that two tokenizers both read, matched through the characters they cover.

Where one splits finer than the other ("don't" as one word or as three), the smallest stretch of characters at whose
ends both begin and end is one word for both. Punctuation is left out: every sentence has it, and it says little.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.inspection.reading import Reading
from core.inspection.word_vectors import Occurrence


@dataclass(frozen=True)
class CommonWord:
    """A word of text number `row` with its pieces in both models; `alike` where both cut it at the same characters."""

    row: int
    occurrence: Occurrence
    before: tuple[str, ...]
    after: tuple[str, ...]
    alike: bool


@dataclass(frozen=True)
class CommonWords:
    """Words in order, and how many were left out: `unread` by one of the two models, `unseen` beyond its sight.

    `cut` counts the texts that are longer than what one of the two sees.
    """

    words: tuple[CommonWord, ...]
    unread: int
    unseen: int
    cut: int

    @property
    def differing(self) -> tuple[CommonWord, ...]:
        """Words that the two read differently."""
        return tuple(word for word in self.words if not word.alike)


def common_words(before: Sequence[Reading], after: Sequence[Reading]) -> CommonWords:
    """Match the words of the same texts as two models read them."""
    words: list[CommonWord] = []
    unread = unseen = 0
    for row, (first, second) in enumerate(zip(before, after, strict=True)):
        seen = min(first.seen[0], second.seen[0])
        cut = min([word.start for reading in (first, second) for word in reading.words if word.cut] + [seen])
        for start, end, both in stretches(first, second):
            if _punctuation(first.texts[0][start:end]):
                continue
            if end > cut:
                unseen += 1
            elif not both:
                unread += 1
            else:
                words.append(_word(row, first, second, start, end))
    truncated = sum(first.truncated or second.truncated for first, second in zip(before, after, strict=True))
    return CommonWords(tuple(words), unread, unseen, truncated)


def stretches(first: Reading, second: Reading) -> Iterator[tuple[int, int, bool]]:
    """Start and end of every stretch of overlapping words, and whether both readings have a word in it."""
    spans = sorted(
        (word.start, word.end, which)
        for which, reading in enumerate((first, second))
        for word in reading.words
        if word.end > word.start
    )
    start, end, found = -1, -1, set[int]()
    for left, right, which in spans:
        if left >= end and found:
            yield start, end, len(found) == 2
            found = set()
        start, end = (min(start, left), max(end, right)) if found else (left, right)
        found.add(which)
    if found:
        yield start, end, len(found) == 2


def _word(row: int, first: Reading, second: Reading, start: int, end: int) -> CommonWord:
    cuts, names = [], []
    for reading in (first, second):
        pieces = [reading.pieces[place] for place in reading.at(start, end)]
        cuts.append([(piece.start, piece.end, piece.unknown) for piece in pieces])
        names.append(tuple(piece.piece for piece in pieces))
    return CommonWord(row, Occurrence(first.texts[0], start, end), names[0], names[1], cuts[0] == cuts[1])


def _punctuation(text: str) -> bool:
    return all(unicodedata.category(letter).startswith("P") for letter in text)
