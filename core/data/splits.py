"""Which text goes to which split: stratified, seeded, and never the same text in two splits.

Distinct texts, not rows, are dealt out, so copies and spellings of one text travel together. One method serves one
label and several: iterative stratification (Sechidis, Tsoumakas, Vlahavas 2011, "On the stratification of multi-label
data", algorithm 1), which deals out the rarest label first. Unusual: where a label has enough texts, every split is
promised at least one of them; and what the user fixed is not dealt out.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

import numpy as np

Shares = Mapping[str, float]


def deal(labels: Sequence[tuple[str, ...]], free: np.ndarray, shares: Shares, seed: int) -> list[str]:
    """The split of each text (n,): "train", or a name in `shares` (name -> share of the texts, in (0, 1)).

    `labels` (n,) are the label names of each text; texts where `free` (n,) bool is false stay in training.
    """
    order = np.flatnonzero(np.asarray(free, dtype=bool))
    dealing = _Dealing(labels, np.random.default_rng(seed).permutation(order).tolist(), shares)
    if shares:
        dealing.run()
    return dealing.splits


def fewest(shares: Shares) -> int:
    """How many distinct texts a label needs so that every split can have one."""
    return 1 + len(shares)


class _Dealing:
    """The state of one dealing: what every split still wants of every label, and of texts in all."""

    def __init__(self, labels: Sequence[tuple[str, ...]], order: list[int], shares: Shares) -> None:
        self.labels, self.order = labels, order
        self.names = ("train", *shares)
        self.splits = ["train"] * len(labels)
        self.waiting: dict[str, list[int]] = {}
        for at in order:
            for label in labels[at]:
                self.waiting.setdefault(label, []).append(at)
        self.open = set(order)
        self.wants = {label: _wants(len(texts), shares) for label, texts in self.waiting.items()}
        self.wants_all = _wants(len(order), shares)
        self.left = {label: len(texts) for label, texts in self.waiting.items()}
        self.rarest = [(count, label) for label, count in self.left.items()]
        heapq.heapify(self.rarest)

    def run(self) -> None:
        while self.rarest:
            count, label = heapq.heappop(self.rarest)
            if self.left.get(label) == count:  # else it was counted again since, and the newer entry waits in the heap
                del self.left[label]
                self._deal(self.waiting[label], self.wants[label])
        self._deal(self.order, self.wants_all)

    def _deal(self, texts: Sequence[int], wants: list[float]) -> None:
        for at in texts:
            if at in self.open:
                self._place(at, self._neediest(wants))

    def _neediest(self, wants: list[float]) -> int:
        """The split that wants this label most; on a tie, the one that wants texts most, then the first."""
        return max(range(len(wants)), key=lambda split: (wants[split], self.wants_all[split], -split))

    def _place(self, at: int, split: int) -> None:
        self.splits[at] = self.names[split]
        self.open.discard(at)
        self.wants_all[split] -= 1
        for label in self.labels[at]:
            self.wants[label][split] -= 1
            if label in self.left:
                self.left[label] -= 1
                heapq.heappush(self.rarest, (self.left[label], label))


def _wants(texts: int, shares: Shares) -> list[float]:
    """Texts wanted by train and by each further split; at least one each where there are enough."""
    enough = texts >= fewest(shares)
    others = [max(1.0, texts * share) if enough else texts * share for share in shares.values()]
    return [texts - sum(others), *others]
