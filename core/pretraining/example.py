"""Pre-training examples: [CLS] A [SEP] or [CLS] A [SEP] B [SEP] with masks and labels, many in flat arrays.

Flat means one behind the other without padding: a buffer of thousands takes 14 bytes a piece and is masked in one go.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.pretraining.masking import Masked
from core.pretraining.objective import SequencePair
from core.pretraining.piece_kinds import PieceKinds


@dataclass(frozen=True)
class Example:
    """One example of T pieces.

    `ids`, `original` (T,) int32 with and without masks, `types` (T,) int8 segment 0 or 1, `labels` (T,) int32, `fates`
    (T,) int8 (places in masking.FATES), `pair_label` or None, `document` its number in the corpus, `same_document`
    true where a random B comes from the document of A, `seed` what reproduces it.
    """

    ids: np.ndarray
    original: np.ndarray
    types: np.ndarray
    labels: np.ndarray
    fates: np.ndarray
    pair_label: int | None
    document: int
    same_document: bool
    seed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def positions(self) -> np.ndarray:
        """(T,) the position of every piece, as BERT counts them."""
        return np.arange(len(self.ids))


@dataclass(frozen=True)
class Sequences:
    """n sequences without masks: `ids`, `types` (M,), `starts` (n + 1,), `pair_labels` (n,) or None, `documents` (n,)
    places in what they were built from, `same_document` (n,) bool."""

    ids: np.ndarray
    types: np.ndarray
    starts: np.ndarray
    pair_labels: np.ndarray | None
    documents: np.ndarray
    same_document: np.ndarray

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def lengths(self) -> np.ndarray:
        """(n,) pieces of each, special ones included."""
        return np.diff(self.starts)


def sequences(pairs: Iterable[SequencePair], kinds: PieceKinds) -> Sequences:
    """Lay out pairs with their special pieces: segment 0 is [CLS] A [SEP], segment 1 is B [SEP]."""
    ids, types, starts = array("i"), bytearray(), [0]
    labels: list[int | None] = []
    documents: list[int] = []
    same: list[bool] = []
    for pair in pairs:
        ids.append(kinds.cls)
        ids.extend(pair.a)
        ids.append(kinds.sep)
        types.extend(bytes(len(pair.a) + 2))
        if len(pair.b):
            ids.extend(pair.b)
            ids.append(kinds.sep)
            types.extend(b"\x01" * (len(pair.b) + 1))
        starts.append(len(ids))
        labels.append(pair.label)
        documents.append(pair.document)
        same.append(pair.same_document)
    paired = bool(labels) and labels[0] is not None
    return Sequences(
        np.array(ids, dtype=np.int32),
        np.frombuffer(bytes(types), dtype=np.int8),
        np.array(starts, dtype=np.int64),
        np.array(labels, dtype=np.int64) if paired else None,
        np.array(documents, dtype=np.int64),
        np.array(same, dtype=bool),
    )


def example_at(
    found: Sequences, masked: Masked, place: int, *, document: int = 0, seed: Mapping[str, Any] | None = None
) -> Example:
    """One of many sequences, as arrays of its own."""
    at = slice(int(found.starts[place]), int(found.starts[place + 1]))
    label = None if found.pair_labels is None else int(found.pair_labels[place])
    return Example(
        masked.ids[at].copy(), found.ids[at].copy(), found.types[at].copy(), masked.labels[at].copy(),
        masked.fates[at].copy(), label, document, bool(found.same_document[place]), dict(seed or {}),
    )  # fmt: skip
