"""A corpus read by several processes: each takes row groups of its own, and their batches come in turn.

The turns are fixed, so the order of all batches is the same every time, and a run that was killed goes on with exactly
the next one. Worth it where a graphics card waits for text; on two cores the training process reads by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from core.pretraining.batch import Batch
from core.pretraining.place import Place
from core.pretraining.stream import ExampleStream


@dataclass(frozen=True)
class Turns:
    """Where every reader stands, None at its start, and whose turn it is."""

    places: tuple[Place | None, ...]
    turn: int

    @classmethod
    def of(cls, start: Turns | Mapping[str, Any] | None, readers: int) -> Turns:
        """From what a checkpoint kept; ValueError where that was written by another number of readers."""
        if start is None:
            return cls((None,) * readers, 0)
        if not isinstance(start, Turns):
            places = [
                place if place is None or isinstance(place, Place) else Place(**place) for place in start["places"]
            ]
            start = cls(tuple(places), int(start["turn"]))
        if len(start.places) != readers:
            raise ValueError(f"{len(start.places)} readers left this place, not {readers}")
        return start


class Readers:
    """`streams` are the shards of one stream, in their order."""

    def __init__(self, streams: Sequence[ExampleStream]) -> None:
        self.streams = list(streams)

    def batches(
        self, epoch: int, tokens_a_batch: int, start: Turns | Mapping[str, Any] | None = None
    ) -> Iterator[tuple[Batch, Turns]]:
        """Batches of an epoch from `start` on, each with the turns behind it."""
        at = Turns.of(start, len(self.streams))
        shards = _Shards(self.streams, epoch, tokens_a_batch, at)
        # started anew instead of forked: a process with threads of BLAS and of the tokenizer must not be forked
        loader = DataLoader(shards, batch_size=None, num_workers=len(self.streams), multiprocessing_context="spawn")
        for shard, batch, place in loader:
            places = (*at.places[:shard], place, *at.places[shard + 1 :])
            at = replace(at, places=places, turn=(shard + 1) % len(places))
            yield batch, at


class _Shards(IterableDataset[Any]):
    """A worker's part: worker 0 reads the shard whose turn it is, the next ones follow."""

    def __init__(self, streams: Sequence[ExampleStream], epoch: int, tokens_a_batch: int, at: Turns) -> None:
        self.streams, self.epoch, self.tokens_a_batch, self.at = streams, epoch, tokens_a_batch, at

    def __iter__(self) -> Iterator[tuple[int, Batch, Place]]:
        worker = get_worker_info()
        torch.set_num_threads(1)  # reading computes no tensors
        shard = (self.at.turn + (worker.id if worker else 0)) % len(self.streams)
        for batch, place in self.streams[shard].batches(self.epoch, self.tokens_a_batch, self.at.places[shard]):
            yield shard, batch, place
