"""What a pre-training objective is: a declaration, and one function that builds sequences from documents.

An objective is one file in core/pretraining/objectives/ that ends with `OBJECTIVE = Objective(...)`. Every objective
masks words (core/pretraining/masking.py); what differs is how sequences are cut from documents and what is asked of a
pair of segments.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

Sentence = Sequence[int]  # piece ids without special pieces
Sentences = Sequence[Sentence]


@dataclass(frozen=True, slots=True)
class SequencePair:
    """Segment A, segment B or (), what the pair is (a place in `pair_labels`, or None), and where A comes from.

    `document` is a place in the documents given; `same_document` is true where a random B had to be taken from the
    document of A, because there was no other.
    """

    a: Sentence
    b: Sentence = ()
    label: int | None = None
    document: int = 0
    same_document: bool = False


class Build(Protocol):
    """Cut sequences from documents; with special pieces none is longer than `max_length`.

    `short_share` of the sequences aim at a shorter length. `numbers` names documents: rows of equal number are passages
    of one document (None: every row is a document of its own).
    """

    def __call__(
        self,
        documents: Sequence[Sentences],
        rng: np.random.Generator,
        max_length: int,
        short_share: float,
        numbers: Sequence[int] | np.ndarray | None = None,
    ) -> Iterator[SequencePair]: ...


@dataclass(frozen=True)
class Objective:
    """An objective's declaration. `pair_labels` are the classes of a pair by their number, () where none is asked.

    `short_share` is the share of shorter sequences that the source names; `order` is its place in lists.
    """

    name: str
    title: str
    summary: str
    pair_labels: tuple[str, ...]
    source: str
    build: Build
    short_share: float = 0.0
    order: int = 99


def joined(sentences: Iterable[Sentence]) -> array[int]:
    """Sentences one behind the other."""
    found = array("i")
    for sentence in sentences:
        found.extend(sentence)
    return found
