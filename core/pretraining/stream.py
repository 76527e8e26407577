"""From a corpus to pre-training batches: streaming, and the same again from any place.

Row groups are shuffled and taken a few at a time into a buffer; in the buffer sentences become pieces, pieces become
sequences, sequences are masked, sorted by length into batches, and batches are shuffled. All of it is a pure function
of seed, epoch and the buffer's number, so nothing is kept and a Place is enough to go on with exactly the next batch.

A random B of a next-sentence pair comes from the documents of the same buffer. With static masks the buffers hold the
same groups in every epoch, so that sequences and masks are the same, too; their order still changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from core.data.corpus.store import Corpus, CorpusSplit, Group, documents_of
from core.errors import UserProblem
from core.pretraining.batch import Batch, collate, even_batches
from core.pretraining.counting import Count, examples_in, group_bytes
from core.pretraining.example import Example, Sequences, example_at, sequences
from core.pretraining.masking import Masked, Masking, mask
from core.pretraining.objective import Objective
from core.pretraining.piece_kinds import PieceKinds, piece_kinds
from core.pretraining.place import Place
from core.pretraining.sentence_pieces import SentencePieces

GROUPS_A_BUFFER = 4
SHORTEST = 5  # [CLS] A [SEP] B [SEP]
_GROUPS, _BUFFERS, _PAIRS, _MASKS, _BATCHES = range(5)  # what a generator is for


@dataclass(frozen=True)
class Cut:
    """Sequences without masks, the numbers (n,) of their documents in the corpus, and how many documents gave none."""

    sequences: Sequences
    documents: np.ndarray
    without: int


@dataclass(frozen=True)
class Buffer:
    """Some groups as examples: sequences, their masks, and the numbers (n,) of their documents in the corpus."""

    sequences: Sequences
    masked: Masked
    documents: np.ndarray

    def __len__(self) -> int:
        return len(self.sequences)


class ExampleStream:
    """Examples of a split of a corpus; `shard` of `shards` readers sees its own row groups only.

    `short_share` None takes the objective's own.
    """

    def __init__(
        self,
        corpus: Corpus,
        tokenizer: Any,
        objective: Objective,
        *,
        split: CorpusSplit = "train",
        max_length: int = 128,
        masking: Masking | None = None,
        short_share: float | None = None,
        seed: int = 42,
        shard: int = 0,
        shards: int = 1,
        groups_a_buffer: int = GROUPS_A_BUFFER,
    ) -> None:
        if max_length < SHORTEST:
            raise UserProblem(f"max_length is {max_length}.", f"It must be at least {SHORTEST}.")
        if not 0 <= shard < shards:
            raise ValueError(f"shard {shard} of {shards}")
        self.corpus, self.tokenizer, self.objective, self.split = corpus, tokenizer, objective, split
        self.max_length, self.masking, self.seed = max_length, masking or Masking(), seed
        self.short_share = objective.short_share if short_share is None else short_share
        self.shard, self.shards, self.groups_a_buffer = shard, shards, groups_a_buffer
        self.kinds: PieceKinds = piece_kinds(tokenizer)

    def batches(
        self, epoch: int, tokens_a_batch: int, start: Place | Mapping[str, int] | None = None
    ) -> Iterator[tuple[Batch, Place]]:
        """Batches of an epoch from `start` on, each with the place behind it."""
        at = self._start(epoch, tokens_a_batch, start)
        buffers = self.buffers(epoch)
        for number in range(at.buffer, len(buffers)):
            buffer = self.buffer(epoch, number)
            places = self._batches(buffer, epoch, number, tokens_a_batch)
            for batch in range(at.batch if number == at.buffer else 0, len(places)):
                ends = batch + 1 == len(places)
                behind = (number + 1, 0) if ends else (number, batch + 1)
                found = collate(buffer.sequences, buffer.masked, places[batch], self.kinds.pad)
                yield found, Place(epoch, *behind, self.max_length, tokens_a_batch)
            del buffer  # before the next one is made

    def examples(self, epoch: int, buffer: int = 0) -> Iterator[Example]:
        """The examples of one buffer, in the order of the text."""
        found = self.buffer(epoch, buffer)
        for place in range(len(found)):
            seed = {"seed": self.seed, "epoch": epoch, "buffer": buffer, "example": place}
            yield example_at(
                found.sequences, found.masked, place, document=int(found.documents[place]), seed=seed
            )  # fmt: skip

    def buffers(self, epoch: int) -> list[list[int]]:
        """The numbers of the row groups in every buffer of this shard, in the epoch's order."""
        drawn = self._generator(epoch, _GROUPS, static=self.masking.static).permutation(len(self._groups))
        mine = [int(group) for group in drawn[self.shard :: self.shards]]
        size = self.groups_a_buffer
        filled = [sorted(mine[start : start + size]) for start in range(0, len(mine), size)]
        return [filled[place] for place in self._generator(epoch, _BUFFERS).permutation(len(filled))]

    def buffer(self, epoch: int, number: int) -> Buffer:
        """One buffer with its masks: the same for the same seed, epoch and number."""
        groups = self.buffers(epoch)[number]
        cut = self.cut(epoch, groups)
        rng = self._generator(epoch, _MASKS, *groups, static=self.masking.static)
        masked = mask(cut.sequences.ids, cut.sequences.starts, self.kinds, self.masking, rng)
        return Buffer(cut.sequences, masked, cut.documents)

    def count(self) -> Count:
        """Examples and tokens of one epoch of this shard, from all or some of its buffers."""
        return examples_in(self)

    def tokens_an_epoch(self) -> int:
        """Tokens of one epoch, special ones included: exact for a small corpus, else an estimate."""
        return self.count().tokens

    def bytes_of(self, groups: Sequence[int]) -> int:
        """Size of row groups, uncompressed, told from the footers."""
        return sum(self._sizes[group] for group in groups)

    def cut(self, epoch: int, groups: Sequence[int]) -> Cut:
        """The sequences of some row groups, without the work of masking."""
        documents = [each for group in groups for each in documents_of(self._groups[group])]
        pieces = self._pieces.documents([each.sentences for each in documents])
        numbers = np.array([each.number for each in documents], dtype=np.int64)
        rng = self._generator(epoch, _PAIRS, *groups, static=self.masking.static)
        pairs = self.objective.build(pieces, rng, self.max_length, self.short_share, numbers)
        found = sequences(pairs, self.kinds)
        told = numbers[found.documents]
        return Cut(found, told, len(np.unique(numbers)) - len(np.unique(told)))

    def _batches(self, buffer: Buffer, epoch: int, number: int, tokens_a_batch: int) -> list[np.ndarray]:
        rng = self._generator(epoch, _BATCHES, number, tokens_a_batch)
        return even_batches(buffer.sequences.lengths, tokens_a_batch, rng)

    def _start(self, epoch: int, tokens_a_batch: int, start: Place | Mapping[str, int] | None) -> Place:
        here = Place(epoch, 0, 0, self.max_length, tokens_a_batch)
        if start is None:
            return here
        at = start if isinstance(start, Place) else Place(**start)
        if (at.epoch, at.max_length, at.tokens_a_batch) != (epoch, self.max_length, tokens_a_batch):
            raise ValueError(f"the place {at} is of another epoch, length or batch size than {here}")
        return at

    def _generator(self, epoch: int, purpose: int, *numbers: int, static: bool = False) -> np.random.Generator:
        """A generator for one purpose: seed and epoch (none where static) and numbers decide all it draws."""
        return np.random.default_rng([self.seed % 2**63, 0 if static else epoch + 1, purpose, *numbers])

    @cached_property
    def _groups(self) -> tuple[Group, ...]:
        return self.corpus.groups(self.split)

    @cached_property
    def _sizes(self) -> list[int]:
        return [group_bytes(group) for group in self._groups]

    @cached_property
    def _pieces(self) -> SentencePieces:
        return SentencePieces(self.tokenizer)
