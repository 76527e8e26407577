"""What sentence pairs share: the length a sequence aims at, and the cut of a pair that is too long.

Source: Devlin et al. 2019, google-research/bert, create_pretraining_data.py (`truncate_seq_pair`). Unusual: the
reference draws the target length once a document; here it is drawn for every sequence, because a book is one document
and would as a whole come in short sequences.
"""

from __future__ import annotations

import numpy as np

from core.pretraining.objective import Sentence


def target_length(room: int, short_share: float, rng: np.random.Generator) -> int:
    """`room` pieces, or for `short_share` of the calls anything from 2 to `room`."""
    if short_share and rng.random() < short_share:
        return int(rng.integers(min(2, room), room + 1))
    return room


def truncated(a: Sentence, b: Sentence, room: int, rng: np.random.Generator) -> tuple[Sentence, Sentence]:
    """Both cut to `room` pieces together: the longer loses one at a time (B where equal), front or back at random."""
    keep_a, keep_b = kept(len(a), len(b), room)
    return _cut(a, keep_a, rng), _cut(b, keep_b, rng)


def kept(a: int, b: int, room: int) -> tuple[int, int]:
    """How many pieces of two segments with `a` and `b` pieces are left."""
    if a + b <= room:
        return a, b
    half = room // 2
    if a <= half:
        return a, room - a
    if b < room - half:
        return room - b, b
    return room - half, half


def _cut(segment: Sentence, keep: int, rng: np.random.Generator) -> Sentence:
    """So many fair coins tell how many pieces go at the front: as the reference, without a step a piece."""
    lost = len(segment) - keep
    if not lost:
        return segment
    front = int(rng.binomial(lost, 0.5))
    return segment[front : front + keep]
