"""Which row goes to which split: stratified, seeded, and never the same text in two splits.

Distinct texts, not rows, are dealt out, so copies and spellings of one text travel together. One method serves one label
and several: iterative stratification (Sechidis, Tsoumakas, Vlahavas 2011, "On the stratification of multi-label data",
algorithm 1), which deals out the rarest label first. Unusual: where a label has enough texts, every split is promised at
least one of them; and what the user fixed stays fixed.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Shares = Mapping[str, float]


@dataclass(frozen=True)
class Group:
    """A distinct text: its labels, and whether it must stay in training."""

    labels: tuple[str, ...]
    train_only: bool = False


def deal(groups: Sequence[Group], shares: Shares, seed: int) -> list[str]:
    """The split of each group (n,): "train" or a name in `shares` (name -> share of all groups, in (0, 1))."""
    free = [at for at, group in enumerate(groups) if not group.train_only]
    order = np.random.default_rng(seed).permutation(len(free))
    dealt = _Dealing(groups, [free[at] for at in order], shares)
    dealt.run()
    return dealt.splits


def fewest(shares: Shares) -> int:
    """How many distinct texts a label needs so that every split can have one."""
    return 1 + len(shares)


class _Dealing:
    """The state of one dealing: what every split still wants of every label, and of texts in all."""

    def __init__(self, groups: Sequence[Group], order: Sequence[int], shares: Shares) -> None:
        self.groups, self.order = groups, order
        self.names = ("train", *shares)
        self.splits = ["train"] * len(groups)
        self.waiting: dict[str, list[int]] = {}
        for at in order:
            for label in groups[at].labels:
                self.waiting.setdefault(label, []).append(at)
        self.open = set(order)
        self.wants = {label: _wants(len(members), shares) for label, members in self.waiting.items()}
        self.wants_all = _wants(len(order), shares)
        self.remaining = {label: len(members) for label, members in self.waiting.items()}
        self.rarest = [(count, label) for label, count in self.remaining.items()]
        heapq.heapify(self.rarest)

    def run(self) -> None:
        while self.rarest:
            count, label = heapq.heappop(self.rarest)
            if self.remaining.get(label) != count:
                continue  # counted again since; the newer entry waits in the heap
            del self.remaining[label]
            for at in self.waiting[label]:
                if at in self.open:
                    self._place(at, self.wants[label])
        for at in self.order:
            if at in self.open:
                self._place(at, self.wants_all)

    def _place(self, at: int, wants: list[float]) -> None:
        chosen = max(range(len(self.names)), key=lambda split: (wants[split], self.wants_all[split], -split))
        self.splits[at] = self.names[chosen]
        self.open.discard(at)
        self.wants_all[chosen] -= 1
        for label in self.groups[at].labels:
            self.wants[label][chosen] -= 1
            if label in self.remaining:
                self.remaining[label] -= 1
                heapq.heappush(self.rarest, (self.remaining[label], label))


def _wants(texts: int, shares: Shares) -> list[float]:
    """Texts wanted by train and by each further split; at least one each where there are enough."""
    enough = texts >= fewest(shares)
    others = [max(1.0, texts * share) if enough else texts * share for share in shares.values()]
    return [texts - sum(others), *others]
