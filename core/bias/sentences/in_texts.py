"""Sentences of given texts that hold a word of a list: whole words, at most so many a word, drawn by seed.

A word written with a capital is found only as it is written (the name Mark, not the mark); others in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from core.bias.sentences.filled import Sentence
from core.errors import Stopped
from core.inspection.occurrences import Find, searching
from core.progress import Progress, Report, ShouldStop, never, silent

TOLD_EVERY = 2_000
_WORD = re.compile(r"\w+")


@dataclass
class InTexts:
    """Sentences of a word, in the order of the texts: all `total` of them, or a uniform sample."""

    sentences: list[Sentence] = field(default_factory=list)
    total: int = 0


def in_texts(
    texts: Sequence[str], words: Sequence[str], *, most: int, seed: int = 0, report: Report = silent,
    should_stop: ShouldStop = never,
) -> dict[str, InTexts]:  # fmt: skip
    """Word -> its sentences; each distinct text counts once."""
    finds = {word: searching(word, match_case=word != word.lower()) for word in words}
    by_first = _by_first(words)
    found = {word: _Drawn(most, np.random.default_rng([seed, place])) for place, word in enumerate(words)}
    distinct = tuple(dict.fromkeys(texts))
    for number, text in enumerate(distinct):
        if number % TOLD_EVERY == 0:
            if should_stop():
                raise Stopped
            report(Progress("looking for the words", number, len(distinct)))
        for word in _candidates(text, by_first):
            for sentence in _sentences(text, word, finds[word]):
                found[word].offer(sentence)
    return {word: InTexts(drawn.kept(), drawn.total) for word, drawn in found.items()}


def _by_first(words: Sequence[str]) -> Mapping[str, list[str]]:
    """The words by their first run of letters in lower case; those that no blank sets off stand under ""."""
    found: dict[str, list[str]] = {}
    for word in words:
        first = _WORD.match(word)
        found.setdefault(first[0].lower() if first and first[0].isascii() else "", []).append(word)
    return found


def _candidates(text: str, by_first: Mapping[str, list[str]]) -> Iterator[str]:
    yield from by_first.get("", ())
    for token in {token.lower() for token in _WORD.findall(text)} & by_first.keys():
        if token:
            yield from by_first[token]


def _sentences(text: str, word: str, find: Find) -> Iterator[Sentence]:
    for one in find(text):
        yield Sentence(text, one.start, one.end, word)


class _Drawn:
    """A uniform sample of what is offered (reservoir, Vitter 1985, algorithm R)."""

    def __init__(self, most: int, random: np.random.Generator) -> None:
        self.most, self.random, self.total = most, random, 0
        self._kept: list[tuple[int, Sentence]] = []

    def offer(self, sentence: Sentence) -> None:
        self.total += 1
        place = len(self._kept) if len(self._kept) < self.most else int(self.random.integers(self.total))
        if place < self.most:
            self._kept[place : place + 1] = [(self.total, sentence)]

    def kept(self) -> list[Sentence]:
        return [sentence for _, sentence in sorted(self._kept, key=lambda one: one[0])]
