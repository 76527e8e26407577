"""What is scored: the words of a text, or its sentences where words are too many to look at one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.data.corpus.sentences.closing_punctuation import END
from core.inspection.attribution.result import Unit
from core.inspection.reading import Reading

UNITS = ("word", "sentence")
MOST_WORDS = 200  # above this "auto" scores sentences: occlusion reads the text once a unit
WORD = re.compile(r"\w+|[^\w\s]")


def words_of(reading: Reading) -> tuple[Unit, ...]:
    """The words that the classifier sees, as its tokenizer splits them ("don't" is three)."""
    return tuple(Unit(word.text, word.part, word.start, word.end, word.pieces, word.cut) for word in reading.words)


def plain_words(texts: Sequence[str], seen: Sequence[int]) -> tuple[Unit, ...]:
    """Runs of letters and single signs of texts that no tokenizer reads."""
    return tuple(
        Unit(found[0], part, found.start(), found.end())
        for part, text in enumerate(texts)
        for found in WORD.finditer(text[: seen[part]])
    )


def chosen(texts: Sequence[str], words: tuple[Unit, ...], unit: str) -> tuple[str, tuple[Unit, ...]]:
    """The unit's name and the units; "auto" takes words up to `MOST_WORDS` of them, else sentences."""
    if unit == "sentence" or (unit == "auto" and len(words) > MOST_WORDS):
        return "sentence", sentences(texts, words)
    return "word", words


def sentences(texts: Sequence[str], words: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Words joined to sentences: each word belongs to the sentence in which it begins."""
    grouped: dict[tuple[int, int], list[Unit]] = {}
    ends = [[found.end() for found in END.finditer(text)] for text in texts]
    for word in words:
        number = sum(end <= word.start for end in ends[word.part])
        grouped.setdefault((word.part, number), []).append(word)
    return tuple(_joined(texts, group) for group in grouped.values())


def _joined(texts: Sequence[str], words: Sequence[Unit]) -> Unit:
    part, start, end = words[0].part, words[0].start, max(word.end for word in words)
    pieces = tuple(place for word in words for place in word.pieces)
    return Unit(texts[part][start:end], part, start, end, pieces, any(word.cut for word in words))
