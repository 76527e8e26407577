"""A pre-training example made visible: what each position was, what the model sees, and what it is asked.

For a corpus the examples come from a stream; `examples_of` makes them from a text that somebody has at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from core.pretraining.example import Example, example_at, sequences
from core.pretraining.masking import FATES, IGNORED, Masking, mask
from core.pretraining.objective import Objective
from core.pretraining.piece_kinds import piece_kinds
from core.pretraining.sentence_pieces import SentencePieces

SEGMENTS = ("A", "B")


@dataclass(frozen=True)
class Explained:
    """One position: the `piece` that the model sees, the `original`, its `segment` A or B, and what became of it.

    `chosen` pieces are predicted, those that stayed as they were, too; `label` is what is wanted there, else None.
    """

    position: int
    piece: str
    original: str
    segment: str
    special: bool
    chosen: bool
    fate: str
    label: str | None
    label_id: int


@dataclass(frozen=True)
class Explanation:
    """An example for display; `pair_label` is one of the objective's, None where no pair is asked about.

    `seed` holds what reproduces it; `note` tells what is unusual about it, "" where nothing is.
    """

    pieces: tuple[Explained, ...]
    pair_label: str | None
    pair_label_id: int | None
    document: int
    seed: Mapping[str, Any]
    note: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def counts(self) -> dict[str, int]:
        """How many positions met which fate."""
        return {fate: sum(each.fate == fate for each in self.pieces) for fate in FATES}


def explain(example: Example, tokenizer: Any, objective: Objective) -> Explanation:
    """Say for every position of an example what it is."""
    seen = tokenizer.convert_ids_to_tokens(example.ids.tolist())
    original = tokenizer.convert_ids_to_tokens(example.original.tolist())
    special = {tokenizer.cls_token_id, tokenizer.sep_token_id, tokenizer.pad_token_id}
    pieces = tuple(
        Explained(
            position, seen[position], original[position], SEGMENTS[example.types[position]],
            int(example.original[position]) in special, bool(label != IGNORED), FATES[example.fates[position]],
            original[position] if label != IGNORED else None, int(label),
        )
        for position, label in enumerate(example.labels)
    )  # fmt: skip
    pair = None if example.pair_label is None else objective.pair_labels[example.pair_label]
    return Explanation(pieces, pair, example.pair_label, example.document, example.seed, _note(example))


def examples_of(
    documents: Sequence[Sequence[str]],
    tokenizer: Any,
    objective: Objective,
    *,
    max_length: int = 128,
    masking: Masking | None = None,
    short_share: float | None = None,
    seed: int = 42,
) -> Iterator[Example]:
    """Examples of documents given as lists of sentences, the same for the same seed."""
    kinds, masking = piece_kinds(tokenizer), masking or Masking()
    share = objective.short_share if short_share is None else short_share
    pieces = SentencePieces(tokenizer).documents(documents)
    rng = np.random.default_rng([seed % 2**63, 0])
    found = sequences(objective.build(pieces, rng, max_length, share), kinds)
    masked = mask(found.ids, found.starts, kinds, masking, np.random.default_rng([seed % 2**63, 1]))
    for place in range(len(found)):
        told = {"seed": seed, "example": place}
        yield example_at(found, masked, place, document=int(found.documents[place]), seed=told)


def _note(example: Example) -> str:
    if not example.same_document:
        return ""
    return "Segment B comes from elsewhere in the same document, because there was no other document to take it from."
