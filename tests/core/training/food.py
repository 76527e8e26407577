"""Sentences about food that a tiny model can learn in seconds."""

from __future__ import annotations

import numpy as np

from core.data.examples import Examples, LabelledData, ProblemType

GOOD = ("lovely", "tasty", "great", "fresh", "warm")
BAD = ("awful", "cold", "stale", "greasy", "bland")
OTHER = ("pizza", "soup", "salad", "the", "was", "and", "a", "very", "with", "bread", "rice", "tea")


def examples(rows: int, seed: int, problem_type: ProblemType = "single_label", pairs: bool = False) -> Examples:
    """Sentences whose label (0 bad, 1 good; or both as several labels) is told by one of their words."""
    rng = np.random.default_rng(seed)
    yes = rng.random((rows, 2)) < 0.5
    texts, targets = [], []
    for good, bad in yes:
        filling = list(rng.choice(OTHER, int(rng.integers(3, 9))))
        several = problem_type == "multi_label"
        told = [GOOD[rng.integers(5)]] * int(good) + [BAD[rng.integers(5)]] * int(bad if several else not good)
        texts.append(" ".join(rng.permutation(filling + told)))
        targets.append([float(bad), float(good)] if several else int(good))
    array = np.array(targets, dtype=np.float32 if problem_type == "multi_label" else np.int64)
    seconds = tuple("the tea was warm" for _ in texts) if pairs else None
    return Examples(tuple(texts), array, np.arange(rows, dtype=np.int64), seconds)


def food(
    train: int = 120, held: int = 60, problem_type: ProblemType = "single_label", pairs: bool = False
) -> LabelledData:
    """A whole dataset of such sentences, labels "bad" and "good"."""
    return LabelledData(
        ("bad", "good"),
        problem_type,
        examples(train, 1, problem_type, pairs),
        examples(held, 2, problem_type, pairs),
        examples(held, 3, problem_type, pairs),
    )
