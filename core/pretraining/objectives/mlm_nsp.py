"""Masked words and next sentences: does B follow A, or was it taken from elsewhere?

Source: Devlin et al. 2019, appendix A.2, and google-research/bert, create_pretraining_data.py. Where the text holds one
document only, the reference takes B from that document wherever it likes; here such a B neither overlaps A nor
touches it, and the pair says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from core.pretraining.objective import Objective, Sentence, Sentences, SequencePair, joined
from core.pretraining.segments import target_length, truncated

SPECIAL = 3  # [CLS], [SEP] and [SEP]
IS_NEXT, RANDOM = 0, 1


def build(
    documents: Sequence[Sentences],
    rng: np.random.Generator,
    max_length: int,
    short_share: float,
    numbers: Sequence[int] | np.ndarray | None = None,
) -> Iterator[SequencePair]:
    """Pairs with A and B of at most `max_length` - 3 pieces together."""
    elsewhere = _Elsewhere(documents, rng, numbers)
    room = max_length - SPECIAL
    for place, sentences in enumerate(documents):
        start = 0
        while start < len(sentences):
            target = target_length(room, short_share, rng)
            end = _chunk_end(sentences, start, target)
            pair, start = _pair(sentences, place, start, end, target, rng, elsewhere)
            if pair is not None:
                a, b = truncated(pair.a, pair.b, room, rng)
                yield SequencePair(a, b, pair.label, place, pair.same_document)


def _chunk_end(sentences: Sentences, start: int, target: int) -> int:
    """Behind the sentence with which the chunk reaches its target, or behind the last one."""
    length = 0
    for end in range(start, len(sentences)):
        length += len(sentences[end])
        if length >= target:
            return end + 1
    return len(sentences)


def _pair(
    sentences: Sentences, place: int, start: int, end: int, target: int, rng: np.random.Generator, others: _Elsewhere
) -> tuple[SequencePair | None, int]:
    """The pair of a chunk, and the sentence to go on from: unused sentences of a chunk are put back."""
    cut = start + (int(rng.integers(1, end - start)) if end - start > 1 else 1)
    a = joined(sentences[start:cut])
    if end - start == 1 or rng.random() < 0.5:
        b, same = others.draw(place, start, cut, target - len(a))
        if b:
            return SequencePair(a, b, RANDOM, place, same), cut
    if end == cut:
        return None, end  # the only sentence of the only document: nothing to pair it with
    return SequencePair(a, joined(sentences[cut:end]), IS_NEXT, place), end


class _Elsewhere:
    """Draws a random B: from a random other document, or where there is none from the same, away from A."""

    def __init__(
        self, documents: Sequence[Sentences], rng: np.random.Generator, numbers: Sequence[int] | np.ndarray | None
    ) -> None:
        self.documents, self.rng = documents, rng
        self.numbers = np.arange(len(documents)) if numbers is None else np.asarray(numbers)
        filled = np.fromiter((len(each) > 0 for each in documents), bool, len(documents))
        self._others = lru_cache(maxsize=8)(lambda number: np.flatnonzero(filled & (self.numbers != number)))

    def draw(self, place: int, start: int, cut: int, target: int) -> tuple[Sentence, bool]:
        """B for A = sentences `start` to `cut` of a document, at least one sentence; whether it is of the same."""
        others = self._others(int(self.numbers[place]))
        if len(others):
            sentences = self.documents[others[self.rng.integers(len(others))]]
            first = int(self.rng.integers(len(sentences)))
            return _from(sentences, first, len(sentences), target), False
        return self._of_the_same(self.documents[place], start, cut, target), True

    def _of_the_same(self, sentences: Sentences, start: int, cut: int, target: int) -> Sentence:
        before, behind = max(0, start - 1), max(0, len(sentences) - cut - 1)  # one sentence lies between A and B
        if not before + behind:
            return ()
        drawn = int(self.rng.integers(before + behind))
        if drawn < before:
            return _from(sentences, drawn, start - 1, target)
        return _from(sentences, cut + 1 + drawn - before, len(sentences), target)


def _from(sentences: Sentences, first: int, stop: int, target: int) -> Sentence:
    return joined(sentences[first : min(stop, _chunk_end(sentences, first, target))])


OBJECTIVE = Objective(
    name="mlm_nsp",
    title="Masked words and next sentences",
    summary="Also learns whether a second segment follows the first, as BERT did.",
    pair_labels=("is next", "random"),
    source="Devlin et al. 2019, section 3.1 and appendix A.2; google-research/bert, create_pretraining_data.py",
    build=build,
    short_share=0.1,
    order=2,
)
