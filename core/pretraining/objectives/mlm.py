"""Masked words alone: full sentences of one document, as many as fit.

Source: Liu et al. 2019 (RoBERTa), DOC-SENTENCES: no sequence crosses the end of a document. Unusual: a sentence longer
than a sequence is cut into several, so that nothing is lost.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

import numpy as np

from core.pretraining.objective import Objective, Sentences, SequencePair
from core.pretraining.segments import target_length

SPECIAL = 2  # [CLS] and [SEP]


def build(
    documents: Sequence[Sentences],
    rng: np.random.Generator,
    max_length: int,
    short_share: float,
    numbers: Sequence[int] | np.ndarray | None = None,
) -> Iterator[SequencePair]:
    """Sequences of at most `max_length` - 2 pieces, sentence by sentence."""
    for place, sentences in enumerate(documents):
        for pieces in _packed(sentences, rng, max_length - SPECIAL, short_share):
            yield SequencePair(pieces, document=place)


def _packed(sentences: Sentences, rng: np.random.Generator, room: int, short_share: float) -> Iterator[array[int]]:
    pieces, target = array("i"), target_length(room, short_share, rng)
    for sentence in sentences:
        if pieces and len(pieces) + len(sentence) > target:
            yield pieces
            pieces, target = array("i"), target_length(room, short_share, rng)
        pieces.extend(sentence)
        while len(pieces) > room:
            yield pieces[:room]
            pieces = pieces[room:]
    if pieces:
        yield pieces


OBJECTIVE = Objective(
    name="mlm",
    title="Masked words",
    summary="Learns to fill masked words from both sides.",
    pair_labels=(),
    source="Devlin et al. 2019, section 3.1, task 1; sequences as DOC-SENTENCES in Liu et al. 2019, section 4.2",
    build=build,
    order=1,
)
