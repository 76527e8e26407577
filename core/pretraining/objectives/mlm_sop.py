"""Masked words and sentence order: two consecutive segments, half of them swapped.

Source: Lan et al. 2020 (ALBERT), section 3.1. Unusual: their code pairs a chunk of one sentence with random text; here
a chunk always has two sentences (a lone last one is paired with the one before it), and the only sentence of a
document is cut in two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from core.pretraining.objective import Objective, Sentence, Sentences, SequencePair, joined
from core.pretraining.segments import target_length, truncated

SPECIAL = 3  # [CLS], [SEP] and [SEP]
IN_ORDER, SWAPPED = 0, 1


def build(
    documents: Sequence[Sentences],
    rng: np.random.Generator,
    max_length: int,
    short_share: float,
    numbers: Sequence[int] | np.ndarray | None = None,
) -> Iterator[SequencePair]:
    """Pairs with A and B of at most `max_length` - 3 pieces together; a document of one piece gives none."""
    room = max_length - SPECIAL
    for place, sentences in enumerate(documents):
        for first, second in _consecutive(sentences, rng, room, short_share):
            first, second = truncated(first, second, room, rng)
            swapped = rng.random() < 0.5
            a, b = (second, first) if swapped else (first, second)
            yield SequencePair(a, b, SWAPPED if swapped else IN_ORDER, place)


def _consecutive(
    sentences: Sentences, rng: np.random.Generator, room: int, short_share: float
) -> Iterator[tuple[Sentence, Sentence]]:
    if len(sentences) == 1:
        yield from _halves(sentences[0], rng)
        return
    start = 0
    while start < len(sentences):
        start = min(start, len(sentences) - 2)
        end = _chunk_end(sentences, start, target_length(room, short_share, rng))
        cut = int(rng.integers(start + 1, end))
        yield joined(sentences[start:cut]), joined(sentences[cut:end])
        start = end


def _chunk_end(sentences: Sentences, start: int, target: int) -> int:
    """Behind the sentence with which the chunk reaches its target, at least two sentences, at most all."""
    length = len(sentences[start])
    for end in range(start + 1, len(sentences)):
        length += len(sentences[end])
        if length >= target:
            return end + 1
    return len(sentences)


def _halves(sentence: Sentence, rng: np.random.Generator) -> Iterator[tuple[Sentence, Sentence]]:
    if len(sentence) > 1:
        cut = int(rng.integers(1, len(sentence)))
        yield sentence[:cut], sentence[cut:]


OBJECTIVE = Objective(
    name="mlm_sop",
    title="Masked words and sentence order",
    summary="Also learns whether two neighbouring segments stand in their order, as ALBERT did.",
    pair_labels=("in order", "swapped"),
    source="Lan et al. 2020, section 3.1",
    build=build,
    short_share=0.1,
    order=3,
)
