"""Target sets of one size: words of the larger set are left out at random, by a seed, and named."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from core.bias.word_sets import WordSet, WordTest


def balanced(test: WordTest, seed: int) -> tuple[WordTest, tuple[str, ...]]:
    """The test with targets as large as the smallest of them, and a sentence for each set that lost words."""
    size, rng, notes = min(map(len, test.targets)), np.random.default_rng(seed), []
    targets: list[WordSet] = []
    for one in test.targets:
        chosen = set(rng.choice(sorted(one.words), size=size, replace=False).tolist())  # whatever the order given
        gone = [word for word in one.words if word not in chosen]
        if gone:
            notes.append(f"{one.name}: {', '.join(gone)} left out at random (seed {seed}), so that sizes are equal.")
        targets.append(replace(one, words=tuple(word for word in one.words if word in chosen)))
    return replace(test, targets=tuple(targets)), tuple(notes)
